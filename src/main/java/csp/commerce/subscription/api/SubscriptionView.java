package csp.commerce.subscription.api;

import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.ChronoUnit.MILLIS;
import static java.util.Locale.ROOT;

import csp.commerce.subscription.Product;
import csp.commerce.subscription.Subscription;
import csp.shared.http.Attributes;
import csp.shared.http.Link;
import csp.shared.http.PathIds;
import csp.shared.http.WireTime;
import java.time.Instant;
import java.util.function.UnaryOperator;

/**
 * A subscription on the wire, in the recorded key order (storefront.md §3). A legacy one, licence-based or Azure pay-as-you-go,
 * has an offer and an etag; every other one has the new-commerce form with product, sku and availability.
 *
 * @param id a legacy id is upper case when read by id and lower case in a list, as are all ids of such a subscription but the
 *        offer's; new-commerce ids are lower case
 * @param creationDate UTC; up to three fractional digits for a legacy subscription, seven for another
 * @param commitmentEndDate midnight UTC
 * @param commitmentEndDateTime when read by id only, and not for a subscription without end
 * @param partnerId PartnerID of the reseller; absent from a legacy subscription without one, empty in a new-commerce one
 */
record SubscriptionView(
        String id,
        String entitlementId,
        String offerId,
        String offerName,
        String friendlyName,
        ProductType productType,
        int quantity,
        String unitType,
        String parentSubscriptionId,
        Boolean hasPurchasableAddons,
        String creationDate,
        String effectiveStartDate,
        String commitmentEndDate,
        String commitmentEndDateTime,
        String status,
        boolean autoRenewEnabled,
        Boolean isTrial,
        String billingType,
        String billingCycle,
        String termDuration,
        String renewalTermDuration,
        Boolean isMicrosoftProduct,
        String partnerId,
        Boolean attentionNeeded,
        Boolean actionTaken,
        String contractType,
        Links links,
        String publisherName,
        String orderId,
        Attributes attributes) {

    private static final String CONTRACT_TYPE = "subscription";
    private static final String OBJECT_TYPE = "Subscription";

    record ProductType(String id, String displayName) {}

    record Links(Link offer, Link product, Link sku, Link availability, Link parentSubscription, Link self) {}

    /** The subscription read by id, also as the answer to a change. */
    static SubscriptionView of(Subscription subscription, String country) {
        return subscription.product().isLegacy()
                ? legacy(subscription, country, id -> id.toUpperCase(ROOT), true)
                : newCommerce(subscription, country, true);
    }

    /** The subscription as an item of a list. */
    static SubscriptionView listed(Subscription subscription, String country) {
        return subscription.product().isLegacy()
                ? legacy(subscription, country, id -> id.toLowerCase(ROOT), false)
                : newCommerce(subscription, country, false);
    }

    private static SubscriptionView legacy(
            Subscription s, String country, UnaryOperator<String> letterCase, boolean byId) {
        var commitmentEnd = WireTime.wholeSeconds(s.commitmentEndDate().truncatedTo(DAYS));
        var self = uriOf(s, letterCase.apply(s.id().toString()));
        var parentId = s.isAddon() ? letterCase.apply(s.parentSubscriptionId().toString()) : null;
        var links = new Links(
                Link.get("/offers/%s?country=%s".formatted(s.offerId(), country)),
                null,
                null,
                null,
                s.isAddon() ? Link.get(uriOf(s, parentId)) : null,
                Link.get(self));
        return new SubscriptionView(
                letterCase.apply(s.id().toString()),
                entitlementId(s, letterCase),
                s.offerId(),
                s.offerName(),
                s.friendlyName(),
                null,
                s.quantity(),
                unitType(s.product()),
                parentId,
                null,
                WireTime.trimmed(s.creationDate().truncatedTo(MILLIS)),
                WireTime.wholeSeconds(s.creationDate().truncatedTo(DAYS)),
                commitmentEnd,
                byId && !s.product().isUsageBased() ? commitmentEnd : null,
                s.status().wireName(),
                s.isAutoRenewEnabled(),
                null,
                billingType(s.product()),
                null,
                null,
                null,
                null,
                s.partnerIdOnRecord(),
                null,
                null,
                CONTRACT_TYPE,
                links,
                null,
                orderId(s, letterCase),
                new Attributes(s.etag(), OBJECT_TYPE));
    }

    private static SubscriptionView newCommerce(Subscription s, String country, boolean byId) {
        var endDay = s.commitmentEndDate().truncatedTo(DAYS);
        var parentId = s.isAddon() ? s.parentSubscriptionId().toString() : null;
        return new SubscriptionView(
                s.id().toString(),
                entitlementId(s, UnaryOperator.identity()),
                s.offerId(),
                s.offerName(),
                s.friendlyName(),
                productType(s.product()),
                s.quantity(),
                unitType(s.product()),
                parentId,
                false,
                WireTime.trimmed(s.creationDate()),
                WireTime.trimmed(s.creationDate()),
                WireTime.wholeSeconds(endDay),
                byId ? WireTime.wholeSeconds(lastSecondOf(endDay)) : null,
                s.status().wireName(),
                s.isAutoRenewEnabled(),
                false,
                billingType(s.product()),
                s.billingCycle().wireName(),
                orEmpty(s.termDuration()),
                "",
                s.product() != Product.MARKETPLACE_SAAS,
                orEmpty(s.partnerIdOnRecord()),
                false,
                false,
                CONTRACT_TYPE,
                newCommerceLinks(s, parentId, country),
                "Microsoft Corporation",
                s.orderId(),
                Attributes.of(OBJECT_TYPE));
    }

    /** The offer of new commerce is product, sku and availability in one. */
    private static Links newCommerceLinks(Subscription s, String parentId, String country) {
        var parts = s.offerId().split(":", 3);
        var product = "/products/" + parts[0];
        var sku = parts.length > 1 ? product + "/skus/" + parts[1] : null;
        var availability = parts.length > 2 ? sku + "/availabilities/" + parts[2] : null;
        return new Links(
                null,
                inCountry(product, country),
                inCountry(sku, country),
                inCountry(availability, country),
                parentId == null ? null : Link.get(uriOf(s, parentId)),
                Link.get(uriOf(s, s.id().toString())));
    }

    private static Link inCountry(String uri, String country) {
        return uri == null ? null : Link.get(uri + "?country=" + country);
    }

    private static String uriOf(Subscription subscription, String id) {
        return "/customers/%s/subscriptions/%s".formatted(subscription.customerId(), id);
    }

    private static String entitlementId(Subscription subscription, UnaryOperator<String> letterCase) {
        return subscription.azureSubscriptionId() == null
                ? null
                : letterCase.apply(subscription.azureSubscriptionId().toString());
    }

    /** An order id that is no GUID has a letter case of its own. */
    private static String orderId(Subscription subscription, UnaryOperator<String> letterCase) {
        return PathIds.guid(subscription.orderId())
                .map(id -> letterCase.apply(id.toString()))
                .orElse(subscription.orderId());
    }

    private static Instant lastSecondOf(Instant day) {
        return day.plus(1, DAYS).minusSeconds(1);
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }

    private static ProductType productType(Product product) {
        var type =
                switch (product) {
                    case LICENSE, AZURE_PAYG -> null;
                    case AZURE_PLAN -> "AzurePlan";
                    case AZURE_RESERVATION -> "AzureReservation";
                    case AZURE_SAVINGS_PLAN -> "AzureSavingsPlan";
                    case TERM_BASED -> "Software";
                    case MARKETPLACE_SAAS -> "SaaS";
                    case NEW_COMMERCE_LICENSE -> "OnlineServicesNCE";
                };
        return new ProductType(type, type);
    }

    private static String unitType(Product product) {
        return switch (product) {
            case LICENSE, TERM_BASED, MARKETPLACE_SAAS, NEW_COMMERCE_LICENSE -> "Licenses";
            case AZURE_PAYG, AZURE_PLAN -> "Usage-based";
            case AZURE_RESERVATION, AZURE_SAVINGS_PLAN -> "none";
        };
    }

    private static String billingType(Product product) {
        return switch (product) {
            case LICENSE, TERM_BASED, MARKETPLACE_SAAS, NEW_COMMERCE_LICENSE -> "license";
            case AZURE_PAYG, AZURE_PLAN -> "usage";
            case AZURE_RESERVATION, AZURE_SAVINGS_PLAN -> "none";
        };
    }
}
