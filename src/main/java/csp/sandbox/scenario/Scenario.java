package csp.sandbox.scenario;

import static java.util.Locale.ROOT;

import csp.sandbox.scenario.Rule.Is;
import csp.sandbox.scenario.Rule.Required;
import csp.sandbox.scenario.Rule.Secret;
import csp.shared.caller.Role;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A world in one document (design §3). The component names are the property names. Null is a property that the document left
 * out; {@link Defaults} fills those in.
 */
record Scenario(List<Partner> partners, List<Partnership> partnerships, List<Customer> customers, List<Offer> offers) {

    private static final Pattern GUID = Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");

    Scenario {
        partners = orEmpty(partners);
        partnerships = orEmpty(partnerships);
        customers = orEmpty(customers);
        offers = orEmpty(offers);
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

    enum Offering implements Named {
        TRAINING,
        MARKETING,
        FINANCING,
        SUPPORT
    }

    enum IncentiveProgram implements Named {
        INDIRECT_RESELLER,
        DIRECT_BILL
    }

    enum InvitationKind implements Named {
        RESELLER,
        INDIRECT_RESELLER
    }

    enum CustomerInvitationState implements Named {
        PENDING,
        ACCEPTED,
        WITHDRAWN
    }

    enum InvitationState implements Named {
        PENDING,
        ACCEPTED,
        DECLINED
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

    /** Whether Microsoft has checked the company (storefront.md §6), spelled as there. */
    enum VettingStatus implements Named {
        NONE,
        PENDING,
        AUTHORIZED,
        REJECTED
    }

    /** What the check of the company stands at, spelled as there. */
    enum VettingSubStatus implements Named {
        NONE,
        ENTRY,
        EMAIL_OWNERSHIP,
        EMAIL_DOMAIN,
        EMPLOYMENT_VERIFICATION,
        DECISION,
        OTHER,
        BUSINESS_VERIFICATION;

        @Override
        public String wireName() {
            return name().toLowerCase(ROOT);
        }
    }

    record Partner(
            @Required UUID tenantId,
            @Required String name,
            @Is(Rule.DOMAIN) String domain,
            @Is(Rule.MPN_ID) String mpnId,
            @Is(Rule.COUNTRY) String country,
            @Is(Rule.CURRENCY) String currency,
            Long cspRevenueLast12Months,
            UUID formerTenantId,
            Programs programs,
            Boolean partnerAgreementSigned,
            Contact primaryContact,
            @Is(Rule.EMAIL) String programAccountEmail,
            Profile profile,
            List<Offering> offerings,
            Instant directBillLeft,
            EnrolmentForm enrolment,
            List<Incentive> incentives,
            List<PartnershipInvitation> partnershipInvitations,
            List<CustomerInvitation> customerInvitations,
            List<User> users,
            List<Application> applications) {
        Partner {
            // Sorted as the roles of a user are; left out, it is not compared.
            offerings = offerings == null || offerings.stream().anyMatch(Objects::isNull)
                    ? offerings
                    : offerings.stream().sorted().toList();
            incentives = orEmpty(incentives);
            partnershipInvitations = orEmpty(partnershipInvitations);
            customerInvitations = orEmpty(customerInvitations);
            users = orEmpty(users);
            applications = orEmpty(applications);
        }
    }

    /** What the profiles of a partner show beside the rest of it (storefront.md §6); also the stored form. */
    record Profile(
            Address address,
            VettingStatus vettingStatus,
            VettingSubStatus vettingSubStatus,
            String purchaseOrderNumber,
            String taxId,
            Support support,
            List<ValidationCode> validationCodes) {}

    record Support(@Is(Rule.EMAIL) String email, String telephone, String website) {}

    /** Lets a partner create customers that must be checked first (storefront.md §9). */
    record ValidationCode(
            @Required String validationId,
            String organizationName,
            Integer maxCreates,
            Integer remainingCreates,
            Instant changed) {}

    record Programs(ProgramState directBill, Enrolment indirectReseller, ProgramState indirectProvider) {}

    /** The form of an enrolment as indirect reseller (lifecycle.md R8); how far it is, the programmes say. */
    record EnrolmentForm(
            Contact primaryContact,
            Instant startedTime,
            Instant submittedTime,
            Instant approvalDue,
            Instant approvedTime,
            Instant activatedTime,
            String activatedBy) {}

    record Incentive(
            @Required IncentiveProgram program,
            Instant invitationDue,
            Instant invitedTime,
            Instant enrolledTime,
            String enrolledBy) {}

    /**
     * Sent by the partner; its mail is not part of the world.
     *
     * @param reseller the partner itself when left out
     */
    record CustomerInvitation(
            @Required @Is(Rule.TOKEN) String token,
            @Required InvitationKind kind,
            UUID reseller,
            UUID provider,
            @Is(Rule.EMAIL) String customerEmail,
            @Is(Rule.MAIL) String mailText,
            CustomerInvitationState state,
            Instant createdTime,
            Instant expirationTime,
            UUID customer,
            Instant answeredTime,
            String answeredBy) {}

    /** An invitation that the partner sent as a provider. */
    record PartnershipInvitation(
            @Required @Is(Rule.TOKEN) String token,
            UUID reseller,
            @Is(Rule.EMAIL) String email,
            InvitationState state,
            Instant createdTime,
            Instant expirationTime,
            Instant answeredTime,
            String answeredBy) {}

    record Contact(
            String firstName,
            String lastName,
            @Is(Rule.EMAIL) String email,
            String phoneNumber) {}

    record User(
            @Required UUID objectId,
            @Is(Rule.EMAIL) String userPrincipalName,
            @Secret @Is(Rule.SECRET) String password,
            @Secret @Is(Rule.HASH) String passwordHash,
            List<Role> roles) {
        User {
            // Sorted, so that the order of a document makes no difference; null entries are left for the check.
            roles = roles == null || roles.stream().anyMatch(Objects::isNull)
                    ? roles
                    : roles.stream().sorted().toList();
        }
    }

    record Application(
            @Required UUID clientId,
            @Secret @Is(Rule.SECRET) String clientSecret,
            @Secret @Is(Rule.HASH) String clientSecretHash) {}

    record Partnership(@Required UUID provider, @Required UUID reseller, PartnershipState state) {}

    record Customer(
            @Required UUID tenantId,
            @Required String companyName,
            @Is(Rule.DOMAIN) String domain,
            @Is(Rule.COUNTRY) String country,
            String organizationRegistrationNumber,
            BillTo billTo,
            List<User> users,
            List<Relationship> relationships,
            List<Agreement> agreements,
            List<ExtensionConsent> extensionConsents,
            List<Subscription> subscriptions,
            List<Transfer> transfers,
            List<Order> orders) {
        Customer {
            extensionConsents = orEmpty(extensionConsents);
            users = orEmpty(users);
            relationships = orEmpty(relationships);
            agreements = orEmpty(agreements);
            subscriptions = orEmpty(subscriptions);
            transfers = orEmpty(transfers);
            orders = orEmpty(orders);
        }
    }

    record BillTo(
            String firstName,
            String lastName,
            @Is(Rule.EMAIL) String email,
            String culture,
            String language,
            String companyName,
            Address address) {}

    record Address(
            String addressLine1,
            String addressLine2,
            String city,
            String state,
            String postalCode,
            @Is(Rule.COUNTRY) String country,
            String region,
            String firstName,
            String lastName,
            String phoneNumber) {}

    /**
     * The counterpart of an indirect provider is its {@code reseller}, that of an indirect reseller its {@code
     * provider}; what is made by extension has a copy of the bill-to (lifecycle.md R33).
     */
    record Relationship(
            @Required UUID partner,
            @Required Kind kind,
            Boolean delegatedAdmin,
            UUID reseller,
            UUID provider,
            Via via,
            BillTo billTo) {}

    /** A customer's consent to an extension of the partner's relationship to the provider (lifecycle.md R34). */
    record ExtensionConsent(
            @Required UUID id,
            @Required UUID provider,
            @Required UUID partner,
            String givenBy,
            Instant givenAt,
            String method,
            String recordedBy,
            Instant recordedTime) {}

    record Agreement(
            @Required AgreementType type, UUID partner, Method method, Instant dateAgreed, Contact primaryContact) {}

    record Subscription(
            @Required UUID id,
            @Required UUID partner,
            @Required Product product,
            @Required @Is(Rule.OFFER_ID) String offerId,
            String offerName,
            String friendlyName,
            Integer quantity,
            BillingCycle billingCycle,
            @Is(Rule.TERM) String termDuration,
            SubscriptionStatus status,
            SyncState syncState,
            UUID parentSubscriptionId,
            UUID azureSubscriptionId,
            @Is(Rule.MPN_ID) String partnerIdOnRecord,
            Instant creationDate,
            Instant commitmentEndDate,
            Boolean autoRenewEnabled,
            @Is(Rule.ORDER_ID) String orderId,
            UUID movedFrom) {
        Subscription {
            offerId = canonicalOffer(offerId);
            orderId = canonicalOrder(orderId);
        }

        Subscription inOrder(String orderId) {
            return new Subscription(
                    id,
                    partner,
                    product,
                    offerId,
                    offerName,
                    friendlyName,
                    quantity,
                    billingCycle,
                    termDuration,
                    status,
                    syncState,
                    parentSubscriptionId,
                    azureSubscriptionId,
                    partnerIdOnRecord,
                    creationDate,
                    commitmentEndDate,
                    autoRenewEnabled,
                    orderId,
                    movedFrom);
        }
    }

    record Transfer(
            @Required UUID id,
            TransferType type,
            @Required UUID source,
            @Required UUID target,
            TransferStatus status,
            Instant createdTime,
            Instant lastModifiedTime,
            UUID lastModifiedUser,
            @Required List<Line> lineItems) {}

    /** A line of a transfer, and an add-on of it, which has no add-ons itself. Also the stored form of the lines. */
    record Line(
            @Required UUID subscriptionId,
            @Is(Rule.OFFER_ID) String offerId,
            BillingCycle billingCycle,
            String friendlyName,
            Integer quantity,
            @Is(Rule.MPN_ID) String partnerIdOnRecord,
            @Is(Rule.ORDER_ID) String orderId,
            Integer transferGroupId,
            @Is(Rule.LINE_STATUS) String status,
            @Is(Rule.NOTE) String transferError,
            UUID entitlementId,
            List<Line> addonItems) {
        static final String COMPLETE = "Complete";
        static final String FAILED = "Failed";

        Line {
            offerId = canonicalOffer(offerId);
            orderId = canonicalOrder(orderId);
        }

        /** The same line; without add-ons it says so, as a base line does on the wire. */
        Line ofBase() {
            return addonItems != null
                    ? this
                    : new Line(
                            subscriptionId,
                            offerId,
                            billingCycle,
                            friendlyName,
                            quantity,
                            partnerIdOnRecord,
                            orderId,
                            transferGroupId,
                            status,
                            transferError,
                            entitlementId,
                            List.of());
        }

        boolean completed() {
            return COMPLETE.equals(status);
        }
    }

    record Order(
            @Required @Is(Rule.ORDER_ID) String id,
            @Required UUID partner,
            UUID transferId,
            Integer transferGroupId,
            BillingCycle billingCycle,
            @Is(Rule.CURRENCY) String currencyCode,
            @Is(Rule.ORDER_STATUS) String status,
            @Is(Rule.TRANSACTION_TYPE) String transactionType,
            Instant creationDate,
            @Required List<OrderLine> lineItems) {
        Order {
            id = canonicalOrder(id);
        }
    }

    /** A line of an order, and the stored form of it. */
    record OrderLine(
            Integer lineItemNumber,
            @Required @Is(Rule.OFFER_ID) String offerId,
            UUID subscriptionId,
            UUID parentSubscriptionId,
            String friendlyName,
            Integer quantity,
            @Is(Rule.TERM) String termDuration,
            @Is(Rule.TRANSACTION_TYPE) String transactionType,
            @Is(Rule.MPN_ID) String partnerIdOnRecord) {
        OrderLine {
            offerId = canonicalOffer(offerId);
        }
    }

    /**
     * What partners can order (storefront.md §4).
     *
     * @param equivalentTo the offer that replaces a discontinued one
     */
    record Offer(
            @Required @Is(Rule.OFFER_ID) String offerId,
            @Required String name,
            @Required Product product,
            Boolean discontinued,
            @Is(Rule.OFFER_ID) String equivalentTo) {
        Offer {
            offerId = canonicalOffer(offerId);
            equivalentTo = canonicalOffer(equivalentTo);
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
