package csp.sandbox.scenario;

import static csp.onboarding.invitation.CustomerInvitationStatus.ACCEPTED;
import static csp.onboarding.invitation.CustomerInvitationStatus.PENDING;
import static java.nio.charset.StandardCharsets.UTF_8;

import csp.commerce.subscription.BillingCycle;
import csp.commerce.subscription.Product;
import csp.commerce.subscription.Subscription;
import csp.directory.relationship.CustomerRelationship;
import csp.sandbox.scenario.Scenario.TransferStatus;
import csp.sandbox.scenario.Scenario.TransferType;
import csp.shared.link.LinkToken;
import csp.transfer.newcommerce.NewCommerceTransfer;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * The values that a document may leave out (design §3) and that depend on others; the rest is said at the component. They are stored,
 * so an export shows them.
 */
final class Defaults {

    private static final int USUAL_TRANSFER_TYPE = 5; // W65

    private final Instant now;

    /** @param now by the service's clock */
    Defaults(Instant now) {
        this.now = now;
    }

    /**
     * The entry with what can be known without the rest of the world.
     *
     * @param owner the complete entry that holds it; null for the document
     */
    Entry complete(Kind kind, Entry given, Entry owner) {
        var e = filled(given);
        return switch (kind) {
            case PARTNERS ->
                e.or("domain", e.get("tenantId") + ".example")
                        .or("currency", currencyOf(e.get("country")))
                        .or("offerings", List.of());
            case CUSTOMERS -> e.or("domain", e.get("tenantId") + ".example");
            case PARTNER_USERS, CUSTOMER_USERS ->
                e.or("userPrincipalName", e.get("objectId") + "@" + owner.get("domain"))
                        .or("roles", List.of());
            case RELATIONSHIPS -> e.or("delegatedAdmin", e.is("kind", CustomerRelationship.Kind.DIRECT_RESELLER));
            case SUBSCRIPTIONS -> subscription(e);
            case TRANSFERS -> transfer(e);
            case ENROLMENTS -> enrolment(e, owner);
            case NOTIFICATIONS -> e.or("createdTime", now.truncatedTo(ChronoUnit.MICROS));
            case PARTNERSHIP_INVITATIONS -> validFromCreation(e);
            case CUSTOMER_INVITATIONS ->
                validFromCreation(e)
                        .or("reseller", owner.get("tenantId"))
                        .or("state", e.has("customer") ? ACCEPTED : PENDING);
            case EXTENSION_CONSENTS -> e.or("recordedTime", now).or("givenAt", e.get("recordedTime"));
            case PARTNERSHIPS, WEBHOOKS, AGREEMENTS, APPLICATIONS, INCENTIVES, ORDERS, OFFERS -> e;
        };
    }

    /** With what its form alone says. */
    private static Entry filled(Entry given) {
        var e = given.copy();
        for (var property : e.shape().properties()) {
            e.or(property.name(), property.is().columns() ? new Entry(property.type()) : property.byDefault());
            if (property.is().columns()) {
                e.set(property.name(), filled(e.get(property.name())));
            }
        }
        return e;
    }

    private Entry transfer(Entry e) {
        e.or("createdTime", now.truncatedTo(ChronoUnit.MICROS))
                .or("lastModifiedTime", e.get("createdTime"))
                .or("lastModifiedUser", e.get("source"));
        if (e.is("type", TransferType.LEGACY)) {
            return e.or("status", TransferStatus.ACTIVE);
        }
        e.or("status", TransferStatus.PENDING)
                .or("transferType", USUAL_TRANSFER_TYPE)
                .or("customerEmailId", "")
                .or("targetPartnerEmailId", e.get("target"));
        if (e.is("status", TransferStatus.ACTIVE)) {
            return e; // refused with its lines
        }
        var status = NewCommerceGoods.statusOf(e);
        return e.or(
                        "expirationTime",
                        status.isAccepted() ? null : NewCommerceTransfer.endOfLastDay(e.time("createdTime")))
                .or("completedTime", status.isCompleted() ? e.get("lastModifiedTime") : null);
    }

    /** A form that was sent in without a contact has that of the partner's profile. */
    private Entry enrolment(Entry e, Entry partner) {
        if (e.has("submittedTime")) {
            e.or("primaryContact", partner.get("primaryContact"))
                    .or("primaryContact", new Entry(csp.directory.partner.Contact.class));
        }
        return e.or("startedTime", e.get("submittedTime")).or("startedTime", now);
    }

    private Entry validFromCreation(Entry e) {
        e.or("createdTime", now);
        return e.or("expirationTime", e.time("createdTime").plus(LinkToken.VALID));
    }

    private Entry subscription(Entry e) {
        Product product = e.constant("product");
        var isAzure = product.name().startsWith("AZURE_");
        var hasNoTerm = product.isUsageBased() || product == Product.MARKETPLACE_SAAS;
        e.or("offerName", e.has("friendlyName") ? e.get("friendlyName") : e.get("offerId"))
                .or("friendlyName", e.get("offerName"))
                .or("billingCycle", isAzure ? BillingCycle.MONTHLY : BillingCycle.ANNUAL)
                .or("termDuration", hasNoTerm ? null : "P1Y")
                .or("azureSubscriptionId", product == Product.AZURE_PAYG ? e.get("id") : null)
                .or("creationDate", now.truncatedTo(ChronoUnit.SECONDS))
                .or("autoRenewEnabled", !isAzure);
        return e.or(
                "commitmentEndDate",
                product.isUsageBased()
                        ? Subscription.NEVER
                        : after(e.time("creationDate"), e.has("termDuration") ? e.get("termDuration") : "P1Y"));
    }

    /** The same id for the same name, so that a document without it makes the same world everywhere. */
    static String idFrom(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(UTF_8)).toString();
    }

    private static String currencyOf(String country) {
        var currency = Currency.getInstance(new Locale("", country));
        return currency == null ? "USD" : currency.getCurrencyCode();
    }

    private static Instant after(Instant start, String term) {
        var end = start.atZone(ZoneOffset.UTC).plus(Period.parse(term)).toInstant();
        return end.isAfter(Subscription.NEVER) ? Subscription.NEVER : end;
    }
}
