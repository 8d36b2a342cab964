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
import csp.platform.webhook.DeliveryState;
import csp.platform.webhook.WebhookEvent;
import csp.shared.caller.Role;
import csp.transfer.TransferState;
import csp.transfer.legacy.LegacyTransferStatus;
import csp.transfer.newcommerce.NewCommerceTransferStatus;
import csp.transfer.newcommerce.TransferProductType;
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

    /** What a component is beside its name and type. Without any of it, a column of the same name that may be left out. */
    @Retention(RetentionPolicy.RUNTIME)
    @interface Is {
        /** Whether a document cannot leave it out. */
        boolean required() default false;

        /** The column, where it is not called as the component is, or as it with {@code _id} where it refers to a tenant. */
        String column() default "";

        /** A condition in SQL, where several components share the column: it is the component's in these rows only. */
        String when() default "";

        /** What is read in SQL, where that is not the column alone. */
        String read() default "";

        /** Whether its own components are columns. A record of the scenario stands in a table of its own otherwise. */
        boolean columns() default false;

        /** What it has when it is left out, as a document spells it; {@link Defaults} knows what depends on the rest. */
        String or() default "";

        /** It is the id of one of these, which must be stored or in the document: a partner, a customer or an offer. */
        String refersTo() default "";

        /** The component that must not have the same id; without one of this name it is what holds the entry. */
        String butNot() default "";

        /** What it is, if no two entries of the kind have the same, in any letter case. */
        String unique() default "";
    }

    enum PartnershipState {
        ACTIVE
    }

    enum TransferType {
        LEGACY,
        NEW_COMMERCE
    }

    /** The states of both flavours, as the database has them. */
    enum TransferStatus {
        ACTIVE(LegacyTransferStatus.ACTIVE),
        COMPLETE(LegacyTransferStatus.COMPLETE),
        PARTIALLY_COMPLETE(LegacyTransferStatus.PARTIALLY_COMPLETE),
        REJECTED(LegacyTransferStatus.REJECTED),
        PENDING(NewCommerceTransferStatus.PENDING),
        IN_PROGRESS(NewCommerceTransferStatus.IN_PROGRESS),
        FAILED(NewCommerceTransferStatus.FAILED),
        CANCELED(NewCommerceTransferStatus.CANCELED),
        EXPIRED(NewCommerceTransferStatus.EXPIRED);

        final String wireName;

        TransferStatus(TransferState<?> state) {
            wireName = state.wireName();
        }
    }

    record Partner(
            @Is(required = true) UUID tenantId,
            @Is(required = true) String name,
            @Is(unique = "domain") String domain,
            @Is(unique = "MPN id") String mpnId,
            @Is(or = "US") String country,
            String currency,
            @Is(column = "csp_revenue_last_12_months") Long cspRevenueLast12Months,
            UUID formerTenantId,
            @Is(columns = true) Programs programs,
            @Is(or = "false") Boolean partnerAgreementSigned,
            Contact primaryContact,
            String programAccountEmail,
            PartnerProfile profile,
            List<csp.directory.partner.Offering> offerings,
            Instant directBillLeft,
            EnrolmentForm enrolment,
            List<Incentive> incentives,
            List<PartnershipInvitation> partnershipInvitations,
            List<CustomerInvitation> customerInvitations,
            List<User> users,
            List<Application> applications,
            Webhook webhook,
            List<Notification> notifications) {}

    record Programs(
            @Is(or = "none") ProgramStatus directBill,
            @Is(or = "none") ResellerStatus indirectReseller,
            @Is(or = "none") ProgramStatus indirectProvider) {}

    /** The form of an enrolment as indirect reseller (lifecycle.md R8); how far it is, the programmes say. */
    record EnrolmentForm(
            Contact primaryContact,
            Instant startedTime,
            Instant submittedTime,
            Instant approvalDue,
            Instant approvedTime,
            Instant activatedTime,
            String activatedBy) {}

    /** Where the partner wants to be notified (webhooks.md §1). */
    record Webhook(
            @Is(required = true) String url,
            @Is(required = true) List<WebhookEvent> events,
            @Is(or = "false") Boolean signatureTokenToMsSignatureHeader) {}

    /**
     * What the partner is still to be told, or could not be told; it is signed anew where it is loaded.
     *
     * @param body as it is sent
     * @param attempts how many failed; what they brought is not part of the world
     * @param nextAttempt left out for one that waits behind another one of its transfer
     */
    record Notification(
            @Is(required = true) UUID id,
            @Is(required = true) String eventName,
            UUID transferId,
            String correlationId,
            @Is(required = true) String body,
            Instant createdTime,
            @Is(or = "waiting") DeliveryState state,
            @Is(column = "tries", or = "0") Integer attempts,
            @Is(column = "due") Instant nextAttempt) {}

    record Incentive(
            @Is(required = true) IncentiveProgram program,
            Instant invitationDue,
            Instant invitedTime,
            Instant enrolledTime,
            String enrolledBy) {}

    /** An invitation that the partner sent as a provider. */
    record PartnershipInvitation(
            @Is(required = true) String token,
            @Is(refersTo = "partner", butNot = "provider") UUID reseller,
            String email,
            @Is(column = "status", or = "pending") PartnershipInvitationStatus state,
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
            @Is(required = true) String token,
            @Is(required = true) InvitationKind kind,
            @Is(refersTo = "partner") UUID reseller,
            @Is(refersTo = "partner", butNot = "reseller") UUID provider,
            String customerEmail,
            String mailText,
            @Is(column = "status") CustomerInvitationStatus state,
            Instant createdTime,
            Instant expirationTime,
            @Is(refersTo = "customer") UUID customer,
            Instant answeredTime,
            String answeredBy) {}

    record User(
            @Is(required = true) UUID objectId,
            @Is(unique = "user principal name") String userPrincipalName,
            String password,
            String passwordHash,
            List<Role> roles,
            @Is(or = "true") Boolean mfa) {}

    record Application(@Is(required = true) UUID clientId, String clientSecret, String clientSecretHash) {}

    record Partnership(
            @Is(required = true, refersTo = "partner") UUID provider,

            @Is(required = true, refersTo = "partner", butNot = "provider")
            UUID reseller,

            @Is(or = "active") PartnershipState state) {}

    record Customer(
            @Is(required = true) UUID tenantId,
            @Is(required = true) String companyName,
            String domain,
            @Is(or = "US") String country,
            @Is(column = "registration_number") String organizationRegistrationNumber,
            BillTo billTo,
            List<User> users,
            List<Relationship> relationships,
            List<Agreement> agreements,
            List<ExtensionConsent> extensionConsents,
            List<Subscription> subscriptions,
            List<Transfer> transfers,
            List<Order> orders) {}

    /**
     * The counterpart of an indirect provider is its {@code reseller}, that of an indirect reseller its {@code
     * provider}; what is made by extension has a copy of the bill-to (lifecycle.md R33).
     */
    record Relationship(
            @Is(required = true, refersTo = "partner") UUID partner,
            @Is(required = true) CustomerRelationship.Kind kind,
            Boolean delegatedAdmin,

            @Is(
                    column = "counterpart_id",
                    when = "kind = 'INDIRECT_PROVIDER'",
                    refersTo = "partner",
                    butNot = "partner")
            UUID reseller,

            @Is(
                    column = "counterpart_id",
                    when = "kind = 'INDIRECT_RESELLER'",
                    refersTo = "partner",
                    butNot = "partner")
            UUID provider,

            @Is(or = "direct") CustomerRelationship.Via via,
            BillTo billTo) {}

    record Agreement(
            @Is(required = true) String type,
            @Is(refersTo = "partner") UUID partner,
            @Is(or = "direct") CustomerAgreement.Method method,
            @Is(or = "2020-01-31T00:00:00Z") Instant dateAgreed,
            AgreementContact primaryContact) {}

    /** A customer's consent to an extension of the partner's relationship to the provider (lifecycle.md R34). */
    record ExtensionConsent(
            @Is(required = true) UUID id,
            @Is(required = true, refersTo = "partner") UUID provider,
            @Is(required = true, refersTo = "partner") UUID partner,
            @Is(or = "unknown") String givenBy,
            Instant givenAt,
            @Is(or = "unknown") String method,
            @Is(or = "unknown") String recordedBy,
            Instant recordedTime) {}

    record Subscription(
            @Is(required = true) UUID id,
            @Is(required = true, refersTo = "partner") UUID partner,
            @Is(required = true) Product product,
            @Is(required = true) String offerId,
            String offerName,
            String friendlyName,
            @Is(or = "1") Integer quantity,
            BillingCycle billingCycle,
            String termDuration,
            @Is(or = "active") SubscriptionStatus status,
            @Is(or = "complete") SyncState syncState,
            UUID parentSubscriptionId,
            UUID azureSubscriptionId,
            String partnerIdOnRecord,
            Instant creationDate,
            Instant commitmentEndDate,
            Boolean autoRenewEnabled,
            String orderId,
            UUID movedFrom) {}

    record Transfer(
            @Is(required = true) UUID id,
            @Is(or = "legacy") TransferType type,

            @Is(required = true, column = "source_partner_tenant_id", refersTo = "partner")
            UUID source,

            @Is(required = true, column = "target_partner_tenant_id", refersTo = "partner", butNot = "source")
            UUID target,

            TransferStatus status,
            Integer transferType,
            String customerEmailId,
            String targetPartnerEmailId,
            List<TransferProductType> targetProductTypes,
            String partnerOnRecord,
            Instant createdTime,
            Instant lastModifiedTime,
            UUID lastModifiedUser,
            Instant expirationTime,
            Instant completedTime,

            @Is(read = "coalesce(line_items, accepted_lines)")
            List<TransferLine> lineItems) {}

    record Order(
            @Is(required = true) String id,
            @Is(required = true, refersTo = "partner") UUID partner,
            UUID transferId,
            Integer transferGroupId,
            String billingCycle,
            String currencyCode,
            @Is(or = "completed") String status,
            @Is(or = "UserPurchase") String transactionType,
            Instant creationDate,
            @Is(required = true) List<OrderLineItem> lineItems) {}

    /**
     * What partners can order (storefront.md §4).
     *
     * @param equivalentTo the offer that replaces a discontinued one
     */
    record Offer(
            @Is(required = true, column = "id") String offerId,
            @Is(required = true) String name,
            @Is(required = true) Product product,
            @Is(or = "false") Boolean discontinued,
            @Is(refersTo = "offer") String equivalentTo) {}
}
