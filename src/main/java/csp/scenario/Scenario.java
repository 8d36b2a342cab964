package csp.scenario;

import static java.util.Locale.ROOT;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;

import csp.scenario.Rule.Is;
import csp.scenario.Rule.Required;
import csp.scenario.Rule.Secret;
import csp.shared.http.Role;

/**
 * A world in one document (design §3). The component names are the property names. Null is a property that the document left
 * out; {@link Defaults} fills those in.
 */
record Scenario(List<Partner> partners, List<Partnership> partnerships, List<Customer> customers) {

    private static final Pattern GUID = Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");

    Scenario {
        partners = orEmpty(partners);
        partnerships = orEmpty(partnerships);
        customers = orEmpty(customers);
    }

    enum ProgramState implements Named {
        NONE,
        ACTIVE,
        RESTRICTED
    }

    enum Enrolment implements Named {
        NONE,
        SUBMITTED,
        APPROVED,
        ENROLLED
    }

    enum PartnershipState implements Named {
        ACTIVE
    }

    enum Kind implements Named {
        DIRECT_RESELLER,
        INDIRECT_PROVIDER,
        INDIRECT_RESELLER
    }

    enum Via implements Named {
        DIRECT,
        INVITATION,
        EXTENSION
    }

    enum AgreementType implements Named {
        MicrosoftCloudAgreement,
        MicrosoftCustomerAgreement;

        @Override
        public String wireName() {
            return name();
        }
    }

    enum Method implements Named {
        DIRECT,
        ATTESTATION
    }

    enum Product implements Named {
        LICENSE,
        AZURE_PAYG,
        AZURE_PLAN,
        AZURE_RESERVATION,
        AZURE_SAVINGS_PLAN,
        TERM_BASED,
        MARKETPLACE_SAAS,
        NEW_COMMERCE_LICENSE;

        boolean isAzure() {
            return name().startsWith("AZURE_");
        }
    }

    enum BillingCycle implements Named {
        NONE,
        MONTHLY,
        ANNUAL,
        ONE_TIME,
        TRIENNIAL,
        BIENNIAL;

        /** As the mirrored API spells it (storefront.md §3). */
        @Override
        public String wireName() {
            return name().toLowerCase(ROOT);
        }
    }

    enum SubscriptionStatus implements Named {
        ACTIVE,
        SUSPENDED,
        DELETED,
        EXPIRED,
        PENDING,
        DISABLED
    }

    enum SyncState implements Named {
        COMPLETE,
        NONE
    }

    enum TransferType implements Named {
        LEGACY
    }

    enum TransferStatus implements Named {
        ACTIVE("Active"),
        COMPLETE("Complete"),
        PARTIALLY_COMPLETE("PartiallyComplete"),
        REJECTED("Reject");

        private final String wireName;

        TransferStatus(String wireName) {
            this.wireName = wireName;
        }

        @Override
        public String wireName() {
            return wireName;
        }

        boolean hasAnsweredLines() {
            return this == COMPLETE || this == PARTIALLY_COMPLETE;
        }
    }

    record Partner(@Required UUID tenantId, @Required String name, @Is(Rule.DOMAIN) String domain,
            @Is(Rule.MPN_ID) String mpnId,
            @Is(Rule.COUNTRY) String country, @Is(Rule.CURRENCY) String currency, Long cspRevenueLast12Months,
            UUID formerTenantId, Programs programs, Boolean partnerAgreementSigned, Contact primaryContact,
            @Is(Rule.EMAIL) String programAccountEmail, List<User> users, List<Application> applications) {
        Partner {
            users = orEmpty(users);
            applications = orEmpty(applications);
        }
    }

    record Programs(ProgramState directBill, Enrolment indirectReseller, ProgramState indirectProvider) {
    }

    record Contact(String firstName, String lastName, @Is(Rule.EMAIL) String email, String phoneNumber) {
    }

    record User(@Required UUID objectId, @Is(Rule.EMAIL) String userPrincipalName, @Secret @Is(Rule.SECRET) String password,
            @Secret @Is(Rule.HASH) String passwordHash, List<Role> roles) {
        User {
            // Sorted, so that the order of a document makes no difference; null entries are left for the check.
            roles = roles == null || roles.stream().anyMatch(Objects::isNull) ? roles : roles.stream().sorted().toList();
        }
    }

    record Application(@Required UUID clientId, @Secret @Is(Rule.SECRET) String clientSecret,
            @Secret @Is(Rule.HASH) String clientSecretHash) {
    }

    record Partnership(@Required UUID provider, @Required UUID reseller, PartnershipState state) {
    }

    record Customer(@Required UUID tenantId, @Required String companyName, @Is(Rule.DOMAIN) String domain,
            @Is(Rule.COUNTRY) String country, BillTo billTo, List<User> users, List<Relationship> relationships,
            List<Agreement> agreements, List<Subscription> subscriptions, List<Transfer> transfers, List<Order> orders) {
        Customer {
            users = orEmpty(users);
            relationships = orEmpty(relationships);
            agreements = orEmpty(agreements);
            subscriptions = orEmpty(subscriptions);
            transfers = orEmpty(transfers);
            orders = orEmpty(orders);
        }
    }

    record BillTo(String firstName, String lastName, @Is(Rule.EMAIL) String email, String culture, String language,
            String companyName, Address address) {
    }

    record Address(String addressLine1, String addressLine2, String city, String state, String postalCode,
            @Is(Rule.COUNTRY) String country, String region, String firstName, String lastName, String phoneNumber) {
    }

    /** The counterpart of an indirect provider is its {@code reseller}, that of an indirect reseller its {@code provider}. */
    record Relationship(@Required UUID partner, @Required Kind kind, Boolean delegatedAdmin, UUID reseller, UUID provider,
            Via via) {
    }

    record Agreement(@Required AgreementType type, UUID partner, Method method, Instant dateAgreed, Contact primaryContact) {
    }

    record Subscription(@Required UUID id, @Required UUID partner, @Required Product product,
            @Required @Is(Rule.OFFER_ID) String offerId, String offerName, String friendlyName, Integer quantity,
            BillingCycle billingCycle, @Is(Rule.TERM) String termDuration, SubscriptionStatus status, SyncState syncState,
            UUID parentSubscriptionId, UUID azureSubscriptionId, @Is(Rule.MPN_ID) String partnerIdOnRecord,
            Instant creationDate, Instant commitmentEndDate, Boolean autoRenewEnabled, @Is(Rule.ORDER_ID) String orderId,
            UUID movedFrom) {
        Subscription {
            offerId = canonicalOffer(offerId);
            orderId = canonicalOrder(orderId);
        }

        Subscription inOrder(String orderId) {
            return new Subscription(id, partner, product, offerId, offerName, friendlyName, quantity, billingCycle,
                    termDuration,
                    status, syncState, parentSubscriptionId, azureSubscriptionId, partnerIdOnRecord, creationDate,
                    commitmentEndDate, autoRenewEnabled, orderId, movedFrom);
        }
    }

    record Transfer(@Required UUID id, TransferType type, @Required UUID source, @Required UUID target, TransferStatus status,
            Instant createdTime, Instant lastModifiedTime, UUID lastModifiedUser, @Required List<Line> lineItems) {
    }

    /** A line of a transfer, and an add-on of it, which has no add-ons itself. Also the stored form of the lines. */
    record Line(@Required UUID subscriptionId, @Is(Rule.OFFER_ID) String offerId, BillingCycle billingCycle,
            String friendlyName, Integer quantity, @Is(Rule.MPN_ID) String partnerIdOnRecord,
            @Is(Rule.ORDER_ID) String orderId, Integer transferGroupId, @Is(Rule.LINE_STATUS) String status,
            @Is(Rule.NOTE) String transferError, UUID entitlementId, List<Line> addonItems) {
        static final String COMPLETE = "Complete";
        static final String FAILED = "Failed";

        Line {
            offerId = canonicalOffer(offerId);
            orderId = canonicalOrder(orderId);
        }

        /** The same line; without add-ons it says so, as a base line does on the wire. */
        Line ofBase() {
            return addonItems != null ? this
                    : new Line(subscriptionId, offerId, billingCycle, friendlyName, quantity, partnerIdOnRecord, orderId,
                            transferGroupId, status, transferError, entitlementId, List.of());
        }

        boolean completed() {
            return COMPLETE.equals(status);
        }
    }

    record Order(@Required @Is(Rule.ORDER_ID) String id, @Required UUID partner, UUID transferId, Integer transferGroupId,
            BillingCycle billingCycle, @Is(Rule.CURRENCY) String currencyCode, @Is(Rule.ORDER_STATUS) String status,
            @Is(Rule.TRANSACTION_TYPE) String transactionType, Instant creationDate, @Required List<OrderLine> lineItems) {
        Order {
            id = canonicalOrder(id);
        }
    }

    /** A line of an order, and the stored form of it. */
    record OrderLine(Integer lineItemNumber, @Required @Is(Rule.OFFER_ID) String offerId, UUID subscriptionId,
            UUID parentSubscriptionId, String friendlyName, Integer quantity, @Is(Rule.TERM) String termDuration,
            @Is(Rule.TRANSACTION_TYPE) String transactionType, @Is(Rule.MPN_ID) String partnerIdOnRecord) {
        OrderLine {
            offerId = canonicalOffer(offerId);
        }
    }

    private static <T> List<T> orEmpty(List<T> list) {
        return list == null ? List.of() : list;
    }

    /** Offer ids that are GUIDs are upper case everywhere (transfers.md Q2). */
    private static String canonicalOffer(String id) {
        return id != null && GUID.matcher(id).matches() ? id.toUpperCase(ROOT) : id;
    }

    private static String canonicalOrder(String id) {
        return id != null && GUID.matcher(id).matches() ? id.toLowerCase(ROOT) : id;
    }
}
