package csp.sandbox.scenario;

import csp.commerce.agreement.AgreementContact;
import csp.commerce.agreement.CustomerAgreement;
import csp.commerce.order.OrderLineItem;
import csp.commerce.subscription.BillingCycle;
import csp.commerce.subscription.Product;
import csp.commerce.subscription.SubscriptionStatus;
import csp.commerce.subscription.SyncState;
import csp.directory.billing.BillTo;
import csp.directory.partner.Contact;
import csp.directory.partner.PartnerProfile;
import csp.directory.partner.ProgramStatus;
import csp.directory.partner.ResellerStatus;
import csp.directory.relationship.CustomerRelationship;
import csp.onboarding.incentive.IncentiveProgram;
import csp.onboarding.invitation.CustomerInvitationStatus;
import csp.onboarding.invitation.InvitationKind;
import csp.onboarding.partnership.PartnershipInvitationStatus;
import csp.shared.caller.Role;
import csp.transfer.legacy.LegacyTransferStatus;
import csp.transfer.legacy.TransferLineItem;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The format of a scenario (design §3): its objects, each a record, whose components are the properties in the order of an export.
 * They describe and are never made: what a document says of an object is an {@link Entry}. Where the objects are stored, {@link
 * Kind} says; what their texts must look like, {@link Rule}.
 */
record Scenario(List<Partner> partners, List<Partnership> partnerships, List<Customer> customers, List<Offer> offers) {

    /** Marks a component that a document cannot leave out. */
    @Retention(RetentionPolicy.RUNTIME)
    @interface Required {}

    /** The column of a component, where it is not called as the component is. */
    @Retention(RetentionPolicy.RUNTIME)
    @interface Column {
        String value();

        /** A condition in SQL, where several components share the column: it is the component's in these rows only. */
        String when() default "";
    }

    /** Marks a component whose own components are columns. */
    @Retention(RetentionPolicy.RUNTIME)
    @interface Columns {}

    /** Marks a component that is in no column of its kind: a secret in plain, or entries that have a table of their own. */
    @Retention(RetentionPolicy.RUNTIME)
    @interface Elsewhere {}

    /** Marks the id of what must be stored or in the document: a partner, a customer or an offer. */
    @Retention(RetentionPolicy.RUNTIME)
    @interface Refers {
        String value();

        /** The component that must not have the same id; without one of this name it is what holds the entry. */
        String not() default "";
    }

    /** Marks a component that no two entries of the kind have the same, in any letter case, and says what it is. */
    @Retention(RetentionPolicy.RUNTIME)
    @interface Unique {
        String value();
    }

    enum PartnershipState {
        ACTIVE
    }

    enum TransferType {
        LEGACY
    }

    record Partner(
            @Required UUID tenantId,
            @Required String name,
            @Unique("domain") String domain,
            @Unique("MPN id") String mpnId,
            String country,
            String currency,
            @Column("csp_revenue_last_12_months") Long cspRevenueLast12Months,
            UUID formerTenantId,
            @Columns Programs programs,
            Boolean partnerAgreementSigned,
            Contact primaryContact,
            String programAccountEmail,
            PartnerProfile profile,
            List<csp.directory.partner.Offering> offerings,
            Instant directBillLeft,
            @Elsewhere EnrolmentForm enrolment,
            @Elsewhere List<Incentive> incentives,
            @Elsewhere List<PartnershipInvitation> partnershipInvitations,
            @Elsewhere List<CustomerInvitation> customerInvitations,
            @Elsewhere List<User> users,
            @Elsewhere List<Application> applications) {}

    record Programs(ProgramStatus directBill, ResellerStatus indirectReseller, ProgramStatus indirectProvider) {}

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

    /** An invitation that the partner sent as a provider. */
    record PartnershipInvitation(
            @Required String token,

            @Refers(value = "partner", not = "provider") @Column("reseller_id")
            UUID reseller,

            String email,
            @Column("status") PartnershipInvitationStatus state,
            Instant createdTime,
            Instant expirationTime,
            Instant answeredTime,
            String answeredBy) {}

    /**
     * Sent by the partner; its mail is not part of the world.
     *
     * @param reseller the partner itself when left out
     */
    record CustomerInvitation(
            @Required String token,
            @Required InvitationKind kind,
            @Refers("partner") @Column("reseller_id") UUID reseller,

            @Refers(value = "partner", not = "reseller") @Column("provider_id")
            UUID provider,

            String customerEmail,
            String mailText,
            @Column("status") CustomerInvitationStatus state,
            Instant createdTime,
            Instant expirationTime,
            @Refers("customer") @Column("customer_id") UUID customer,
            Instant answeredTime,
            String answeredBy) {}

    record User(
            @Required UUID objectId,
            @Unique("user principal name") String userPrincipalName,
            @Elsewhere String password,
            String passwordHash,
            List<Role> roles) {}

    record Application(@Required UUID clientId, @Elsewhere String clientSecret, String clientSecretHash) {}

    record Partnership(
            @Required @Refers("partner") @Column("provider_id")
            UUID provider,

            @Required @Refers(value = "partner", not = "provider") @Column("reseller_id")
            UUID reseller,

            PartnershipState state) {}

    record Customer(
            @Required UUID tenantId,
            @Required String companyName,
            String domain,
            String country,
            @Column("registration_number") String organizationRegistrationNumber,
            BillTo billTo,
            @Elsewhere List<User> users,
            @Elsewhere List<Relationship> relationships,
            @Elsewhere List<Agreement> agreements,
            @Elsewhere List<ExtensionConsent> extensionConsents,
            @Elsewhere List<Subscription> subscriptions,
            @Elsewhere List<Transfer> transfers,
            @Elsewhere List<Order> orders) {}

    /**
     * The counterpart of an indirect provider is its {@code reseller}, that of an indirect reseller its {@code
     * provider}; what is made by extension has a copy of the bill-to (lifecycle.md R33).
     */
    record Relationship(
            @Required @Refers("partner") @Column("partner_id")
            UUID partner,

            @Required CustomerRelationship.Kind kind,
            Boolean delegatedAdmin,

            @Refers(value = "partner", not = "partner")
            @Column(value = "counterpart_id", when = "kind = 'INDIRECT_PROVIDER'")
            UUID reseller,

            @Refers(value = "partner", not = "partner")
            @Column(value = "counterpart_id", when = "kind = 'INDIRECT_RESELLER'")
            UUID provider,

            CustomerRelationship.Via via,
            BillTo billTo) {}

    record Agreement(
            @Required String type,
            @Refers("partner") @Column("partner_id") UUID partner,
            CustomerAgreement.Method method,
            Instant dateAgreed,
            AgreementContact primaryContact) {}

    /** A customer's consent to an extension of the partner's relationship to the provider (lifecycle.md R34). */
    record ExtensionConsent(
            @Required UUID id,

            @Required @Refers("partner") @Column("provider_id")
            UUID provider,

            @Required @Refers("partner") @Column("partner_id")
            UUID partner,

            String givenBy,
            Instant givenAt,
            String method,
            String recordedBy,
            Instant recordedTime) {}

    record Subscription(
            @Required UUID id,

            @Required @Refers("partner") @Column("partner_id")
            UUID partner,

            @Required Product product,
            @Required String offerId,
            String offerName,
            String friendlyName,
            Integer quantity,
            BillingCycle billingCycle,
            String termDuration,
            SubscriptionStatus status,
            SyncState syncState,
            UUID parentSubscriptionId,
            UUID azureSubscriptionId,
            String partnerIdOnRecord,
            Instant creationDate,
            Instant commitmentEndDate,
            Boolean autoRenewEnabled,
            String orderId,
            UUID movedFrom) {}

    record Transfer(
            @Required UUID id,
            TransferType type,

            @Required @Refers("partner") @Column("source_partner_tenant_id")
            UUID source,

            @Required @Refers(value = "partner", not = "source") @Column("target_partner_tenant_id")
            UUID target,

            LegacyTransferStatus status,
            Instant createdTime,
            Instant lastModifiedTime,
            UUID lastModifiedUser,
            @Required List<TransferLineItem> lineItems) {}

    record Order(
            @Required String id,

            @Required @Refers("partner") @Column("partner_id")
            UUID partner,

            UUID transferId,
            Integer transferGroupId,
            String billingCycle,
            String currencyCode,
            String status,
            String transactionType,
            Instant creationDate,
            @Required List<OrderLineItem> lineItems) {}

    /**
     * What partners can order (storefront.md §4).
     *
     * @param equivalentTo the offer that replaces a discontinued one
     */
    record Offer(
            @Required @Column("id") String offerId,
            @Required String name,
            @Required Product product,
            Boolean discontinued,
            @Refers("offer") String equivalentTo) {}
}
