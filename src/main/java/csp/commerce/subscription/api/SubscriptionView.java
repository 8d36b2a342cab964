package csp.commerce.subscription.api;

import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.ChronoUnit.MILLIS;
import static java.util.Locale.ROOT;

import csp.commerce.subscription.Product;
import csp.commerce.subscription.Subscription;
import csp.shared.http.Attributes;
import csp.shared.http.Link;
import csp.shared.http.WireTime;
import csp.shared.id.Guid;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A subscription on the wire, in the recorded key order (storefront.md §3, W2). A legacy one, licence-based or Azure pay-as-you-go,
 * has an offer and an etag and its ids in upper case (W4); every other one has the new-commerce form with product, sku and
 * availability, and its ids in lower case.
 */
final class SubscriptionView {

    private static final String CONTRACT_TYPE = "subscription";
    private static final String OBJECT_TYPE = "Subscription";

    public String id;
    public String offerId;
    /** The Azure subscription behind it, which survives a transfer; a legacy licence has its own id here (W3). */
    public String entitlementId;

    public String offerName;
    public String friendlyName;
    public ProductType productType;
    public int quantity;
    public String unitType;
    public String parentSubscriptionId;
    public boolean hasPurchasableAddons;
    /** UTC; up to three fractional digits for a legacy subscription, seven for another. */
    public String creationDate;

    public String effectiveStartDate;
    /** Midnight UTC. */
    public String commitmentEndDate;
    /** When read by id only, and not for a subscription without end. */
    public String commitmentEndDateTime;

    public String status;
    public boolean autoRenewEnabled;
    public boolean isTrial;
    public String billingType;
    public String billingCycle;
    public String termDuration;
    public String renewalTermDuration;
    public Boolean isMicrosoftProduct;
    /** What a partner can do with it in the portal; legacy only, as are the suspension reasons. */
    public List<String> actions;
    /** PartnerID of the reseller; absent from a legacy subscription without one, empty in a new-commerce one. */
    public String partnerId;

    public List<String> suspensionReasons;
    public boolean attentionNeeded;
    public boolean actionTaken;
    public String contractType;
    public Links links;
    public String publisherName;
    public String orderId;
    public Attributes attributes;

    record ProductType(String id, String displayName) {}

    record Links(Link offer, Link product, Link sku, Link availability, Link parentSubscription, Link self) {}

    /** The subscription read by id, also as the answer to a change. */
    static SubscriptionView of(Subscription subscription, String country) {
        return subscription.product().isLegacy()
                ? legacy(subscription, country, true)
                : newCommerce(subscription, country, true);
    }

    /** The subscription as an item of a list. */
    static SubscriptionView listed(Subscription subscription, String country) {
        return subscription.product().isLegacy()
                ? legacy(subscription, country, false)
                : newCommerce(subscription, country, false);
    }

    private static SubscriptionView legacy(Subscription s, String country, boolean byId) {
        var commitmentEnd = WireTime.wholeSeconds(s.commitmentEndDate().truncatedTo(DAYS));
        var id = upperCase(s.id());
        var parentId = s.isAddon() ? upperCase(s.parentSubscriptionId()) : null;
        var links = new Links(
                Link.get("/offers/%s?country=%s".formatted(s.offerId(), country)),
                null,
                null,
                null,
                s.isAddon() ? Link.get(uriOf(s, parentId)) : null,
                Link.get(uriOf(s, id)));
        var view = new SubscriptionView();
        view.id = id;
        view.offerId = s.offerId();
        view.entitlementId = s.azureSubscriptionId() == null ? id : upperCase(s.azureSubscriptionId());
        view.offerName = s.offerName();
        view.friendlyName = s.friendlyName();
        view.quantity = s.quantity();
        view.unitType = unitType(s.product());
        view.parentSubscriptionId = parentId;
        view.hasPurchasableAddons = s.product() == Product.LICENSE && !s.isAddon();
        view.creationDate = WireTime.trimmed(s.creationDate().truncatedTo(MILLIS));
        view.effectiveStartDate = WireTime.wholeSeconds(s.creationDate().truncatedTo(DAYS));
        view.commitmentEndDate = commitmentEnd;
        view.commitmentEndDateTime = byId && !s.product().isUsageBased() ? commitmentEnd : null;
        view.status = s.status().wireName();
        view.autoRenewEnabled = s.isAutoRenewEnabled();
        view.billingType = billingType(s.product());
        view.billingCycle = s.billingCycle().wireName();
        view.actions = List.of("Cancel", "Edit");
        view.partnerId = s.partnerIdOnRecord();
        view.suspensionReasons = s.isSuspendedByPartner() ? List.of("CustomerCancellation") : null;
        view.contractType = CONTRACT_TYPE;
        view.links = links;
        view.orderId = legacyOrderId(s);
        view.attributes = new Attributes(s.etag(), OBJECT_TYPE);
        return view;
    }

    private static SubscriptionView newCommerce(Subscription s, String country, boolean byId) {
        var endDay = s.commitmentEndDate().truncatedTo(DAYS);
        var parentId = s.isAddon() ? s.parentSubscriptionId().toString() : null;
        var view = new SubscriptionView();
        view.id = s.id().toString();
        view.offerId = s.offerId();
        view.entitlementId =
                s.azureSubscriptionId() == null ? null : s.azureSubscriptionId().toString();
        view.offerName = s.offerName();
        view.friendlyName = s.friendlyName();
        view.productType = productType(s.product());
        view.quantity = s.quantity();
        view.unitType = unitType(s.product());
        view.parentSubscriptionId = parentId;
        view.creationDate = WireTime.trimmed(s.creationDate());
        view.effectiveStartDate = WireTime.trimmed(s.creationDate());
        view.commitmentEndDate = WireTime.wholeSeconds(endDay);
        view.commitmentEndDateTime = byId ? WireTime.wholeSeconds(lastSecondOf(endDay)) : null;
        view.status = s.status().wireName();
        view.autoRenewEnabled = s.isAutoRenewEnabled();
        view.billingType = billingType(s.product());
        view.billingCycle = s.billingCycle().wireName();
        view.termDuration = orEmpty(s.termDuration());
        view.renewalTermDuration = "";
        view.isMicrosoftProduct = s.product() != Product.MARKETPLACE_SAAS;
        view.partnerId = orEmpty(s.partnerIdOnRecord());
        view.contractType = CONTRACT_TYPE;
        view.links = newCommerceLinks(s, parentId, country);
        view.publisherName = "Microsoft Corporation";
        view.orderId = s.orderId();
        view.attributes = Attributes.of(OBJECT_TYPE);
        return view;
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

    /** An order id that is no GUID has a letter case of its own. */
    private static String legacyOrderId(Subscription subscription) {
        return Guid.read(subscription.orderId())
                .map(SubscriptionView::upperCase)
                .orElse(subscription.orderId());
    }

    private static String upperCase(UUID id) {
        return id.toString().toUpperCase(ROOT);
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
