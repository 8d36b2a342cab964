package csp.shared.error;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The rows of the published error table that the service uses: HTTP status, code and description
 * (errors-and-headers.md §3, §4). A code is a number that callers branch on; the vendor's table uses some of them
 * with two statuses, each such pair is a row here.
 */
public enum ErrorCode {
    TOKEN_MISSING(401, 800001, "The request carries no bearer token."),
    ACCESS_DENIED(401, 400, "Access denied: the bearer token is not accepted (%s)."),
    AUDIENCE_UNSUPPORTED(
            401, 900420, "The audience in the token is invalid and is no longer supported in Partner Center API."),

    INVALID_INPUT(400, 800002, "Invalid input: %s"),
    BODY_TOO_LARGE(413, 800002, "Invalid input: the request body is larger than %s bytes."),
    UNSUPPORTED_MEDIA_TYPE(
            415, 800002, "Invalid input: the content type '%s' is not supported, send application/json."),
    FORM_EXPECTED(
            415,
            800002,
            "Invalid input: the content type '%s' is not supported, send application/x-www-form-urlencoded."),
    NOT_ACCEPTABLE(
            406,
            800002,
            "Invalid input: the service answers in application/json only, which the Accept header '%s' excludes."),
    METHOD_NOT_ALLOWED(405, 900141, "The operation %s %s is not supported."),
    BODY_TOO_SLOW(408, 800002, "Invalid input: the request body did not arrive within %s seconds."),
    ADDRESS_TOO_LONG(414, 800002, "Invalid input: the address of the request is too long."),
    HEADERS_TOO_LARGE(431, 800002, "Invalid input: the headers of the request are too large."),
    RESOURCE_NOT_FOUND(404, 1000, "There is no resource at %s."),
    UNEXPECTED(500, 800003, "The service failed unexpectedly. Quote the correlation id %s when you report it."),
    SERVICE_UNAVAILABLE(
            503,
            800003,
            "The service cannot answer at the moment, send the request again after the time in Retry-After."),
    REQUEST_ID_REUSED(
            409, 800002, "Invalid input: MS-RequestId '%s' was already used for this operation with another body."),

    ENUM_NOT_PARSED(400, 900126, "The value '%s' of %s cannot be parsed, it must be one of: %s."),
    WORD_NOT_VALID(400, 0, "The provided value '%s' is not a valid %s."),
    CUSTOMER_ID_INVALID(400, 900118, "The customer id '%s' is not valid."),
    NO_RELATIONSHIP(403, 20002, "Partner %s has no commerce relationship with customer %s."),
    RELATIONSHIP_NOT_FOUND(
            404, 3000, "The relationship between the partner and customer does not exist: partner %s, customer %s."),
    NOT_A_PROVIDER(403, 1002, "Authorization Failed: partner %s is no indirect provider."),
    TARGET_NOT_RELATED(403, 20002, "targetPartnerTenantId: partner %s %s."),
    SUBSCRIPTION_NOT_FOUND(404, 20003, "Subscription %s was not found."),
    ORDER_NOT_FOUND(404, 20000, "Order %s was not found."),
    INSUFFICIENT_ROLE(403, 900150, "The role of the caller (%s) has no right to the operation %s."),
    NOT_THE_RIGHT_PARTY(403, 900150, "Partner %s has no right to %s transfer %s, only its %s partner has."),
    NOT_THE_SOURCE(
            403,
            900150,
            "sourcePartnerTenantId: %s is not the calling partner %s, which alone has the right to create this transfer."),
    APP_ONLY_NOT_SUPPORTED(
            403, 900329, "The operation %s does not support app-only authentication, sign in as a user."),
    OPERATOR_ONLY(403, 2032, "Access denied: only the sandbox operator may call %s."),
    OPERATOR_OUTSIDE_SANDBOX(403, 2032, "Access denied: the sandbox operator may call /sandbox only, not %s."),
    CUSTOMER_USER_REFUSED(403, 2032, "Access denied: a user of a customer may not call %s."),

    TRANSFER_NOT_FOUND(404, 900100, "Transfer %s was not found."),
    SUBSCRIPTION_IN_OPEN_TRANSFER(
            409, 900101, "lineItems: subscription %s is part of transfer %s, which is in progress."),
    SUBSCRIPTION_HELD(409, 900278, "%s: subscription %s has a pending operation, the open transfer %s."),
    TRANSFER_NOT_PROCESSABLE(400, 900102, "Cannot process the request for the %s transfer %s."),
    TRANSFER_ORDER_FAILED(500, 900103, "The order of the transfer failed."),
    TRANSFER_BUSY(409, 900104, "Transfer %s is being processed by another request."),
    REQUEST_BUSY(409, 900104, "The first request with MS-RequestId '%s' is still being processed by another request."),
    RESOURCE_BUSY(409, 900104, "The resource is being processed by another request, try again."),
    RESELLER_AGREEMENT_MISSING(403, 900123, "Indirect reseller %s has not accepted the Microsoft Partner Agreement."),
    OWN_AGREEMENT_MISSING(
            403, 900124, "Partner %s has not accepted the Microsoft Partner Agreement, a global admin must accept it."),
    PARTNER_NOT_ENABLED(
            403, 900137, "Partner %s is not enabled for transfers: it is not enrolled as an indirect reseller."),
    TARGET_IS_SOURCE(400, 900148, "targetPartnerTenantId: %s is the requesting partner itself."),
    PROGRAM_NOT_ACTIVE(403, 900149, "The indirect provider programme status of partner %s is not active."),
    CUSTOMER_AGREEMENT_MISSING(
            403, 13605, "Customer %s has not accepted the Microsoft Customer Agreement through the indirect provider."),
    SUBSCRIPTION_NOT_TRANSFERABLE(
            400, 800078, "lineItems: the transfer cannot be created with an invalid subscription. %s"),
    LINE_NOT_ACCEPTABLE(400, 800078, "%s: the transfer cannot be accepted with an invalid subscription. %s"),
    OPERATION_NOT_SUPPORTED(400, 900141, "The operation %s is not supported for %s."),
    NOT_THE_TARGET(
            403,
            900150,
            "targetPartnerTenantId: %s is not the calling partner %s, which alone has the right to ask for this transfer."),
    PARTNER_CANNOT_TRADE(
            403,
            900137,
            "Partner %s is not enabled for transfers: it is neither direct-bill partner nor indirect provider of the customer, and an indirect reseller goes through its provider."),
    TARGET_PROGRAM_NOT_ACTIVE(403, 900149, "The programme status of partner %s is not active."),
    SOURCE_IS_TARGET(400, 900148, "sourcePartnerTenantId: %s is the requesting partner itself."),
    SOURCE_NOT_RELATED(403, 20002, "sourcePartnerTenantId: partner %s %s."),
    PARTNER_ON_RECORD_INVALID(400, 900400, "The transfer request cannot be created: partnerOnRecord %s."),
    PARTNER_ON_RECORD_NOT_AUTHORIZED(
            403,
            900414,
            "partnerOnRecord: the partner with the PartnerID '%s' is not authorized for this transaction, it needs an active indirect reseller tenant that works with partner %s."),
    LEGACY_AZURE_LEFT(
            400,
            900131,
            "Customer %s has Azure subscriptions of the old kind and no active Azure plan through partner %s."),
    AZURE_PLAN_NOT_ACTIVE(400, 900132, "The Azure plan of customer %s through partner %s is not active."),
    AZURE_PLAN_MISSING(400, 900133, "Customer %s has no Azure plan through partner %s, buy it first."),
    AZURE_PLAN_NOT_PURCHASABLE(
            400, 900134, "Customer %s has no Azure plan through partner %s, and there is none to buy."),
    PARTNER_ID_NOT_FOUND(404, 800015, "partnerIdOnRecord: PartnerID '%s' was not found."),
    PARTNER_ID_NOT_A_RESELLER(400, 800016, "partnerIdOnRecord: PartnerID '%s' is not that of an indirect reseller."),

    QUANTITY_WHILE_SUSPENDED(400, 2001, "quantity: %s cannot be set while subscription %s is suspended."),
    QUANTITY_OUT_OF_RANGE(400, 2002, "quantity: %s is outside the allowed range of %s to %s."),
    SUBSCRIPTION_DELETED(400, 2011, "The deleted subscription %s cannot be updated."),
    BILLING_CYCLE_NOT_CHANGEABLE(400, 2054, "billingCycle: %s cannot be changed to %s here."),
    ETAG_STALE(400, 2055, "The etag '%s' of subscription %s is no longer valid, read the subscription again."),
    ORDER_ETAG_STALE(400, 2055, "The etag '%s' of order %s is no longer valid, read the order again."),
    PARENT_INACTIVE(409, 27009, "Add-on %s cannot be enabled while its base subscription %s is inactive."),
    STATUS_CHANGE_NOT_ALLOWED(400, 800040, "status: the change from %s to %s of subscription %s is not allowed."),
    QUANTITY_NOT_DECREASABLE(400, 800090, "quantity: the quantity of subscription %s cannot be decreased to %s."),
    QUANTITY_NOT_UPDATABLE(400, 800095, "quantity: the quantity of subscription %s cannot be updated to %s."),

    RESELLER_PROGRAM_RESTRICTED(
            403, 800039, "The direct-bill capabilities of partner %s are restricted, they do not include %s."),
    PROGRAM_STATUS_CHANGE_NOT_ALLOWED(
            400, 800040, "The status change from %s to %s of the %s programme of partner %s is not allowed."),
    DIRECT_BILL_REQUIRED(403, 900149, "The direct-bill programme status of partner %s is not active."),
    REVENUE_TOO_LOW(
            403,
            900137,
            "Partner %s is not enabled for this: its Cloud Solution Provider revenue of the last 12 months is %s USD, at least %s USD are required."),
    PROFILE_NOT_CURRENT(417, 800036, "The profile of partner %s is not current: %s."),
    ENROLMENT_NOT_FOUND(404, 1000, "Enrolment %s was not found."),
    SUBSCRIPTIONS_LEFT(
            417,
            800036,
            "Partner %s still has %s direct-bill subscriptions: transfer, suspend or cancel them before it leaves direct-bill."),
    NO_RESELLER_HISTORY(403, 900137, "Partner %s is not enabled to become direct-bill: %s."),
    RESELLER_WOULD_END(
            417,
            800036,
            "overrideReseller: partner %s is an indirect reseller on this tenant and would stop being one; use a new tenant, or send true."),
    PARTNERSHIP_INVITATION_NOT_FOUND(404, 1000, "There is no partnership invitation %s."),
    PARTNERSHIP_INVITATION_NOT_OPEN(
            400, 800040, "status: the change from %s to %s of the partnership invitation is not allowed."),
    INVITATION_FOR_ANOTHER(
            403, 900150, "Partner %s sent the invitation and has no right to answer it, only the reseller has."),
    PARTNERSHIP_EXISTS(
            409, 800002, "Invalid input: indirect provider %s and indirect reseller %s have a partnership already."),
    PARTNERSHIP_NOT_FOUND(404, 1000, "Partner %s has no partnership with %s."),
    PARTNER_REGIONS_DIFFER(400, 2201, "The regions of indirect provider %s (%s) and indirect reseller %s (%s) differ."),
    RESELLER_TENANT_NOT_FOUND(404, 60003, "resellerTenantId: there is no other partner with tenant id %s."),
    NOT_THE_DIRECT_PARTNER(
            403,
            900150,
            "directPartnerId: %s is not the calling partner %s, which alone has the right to extend its relationships."),
    NOT_A_DIRECT_CUSTOMER(
            403,
            2032,
            "Access denied: customer %s is not a direct customer of partner %s but was acquired as indirect reseller, its relationship cannot be extended."),
    ALREADY_EXTENDED(409, 800002, "Invalid input: partner %s is an indirect provider of customer %s already."),
    STOREFRONT_LOST(
            403,
            2032,
            "Access denied: partner %s gave up direct-bill and with it the API, its users may call the portal only, not %s."),
    INCENTIVE_STATUS_CHANGE_NOT_ALLOWED(
            400, 800040, "The status change from %s to %s of the %s incentives of partner %s is not allowed."),

    AGREEMENT_DATE_IN_FUTURE(400, 600002, "dateAgreed must not be in the future but is '%s'."),
    AGREEMENT_ALREADY_CONFIRMED(409, 600061, "A partner confirmed agreement already exists for the customer."),
    INDIRECT_CUSTOMER(
            403,
            2032,
            "Access denied: %s is not for customer %s, which is an indirect customer of partner %s; its indirect provider does that."),
    NOT_FOR_THIS_KIND_OF_CUSTOMER(
            403, 2032, "Access denied: %s for customer %s does not go with what partner %s is to it."),
    WITHOUT_DELEGATED_ADMIN(
            403,
            2032,
            "Access denied: %s takes delegated administration, which partner %s does not have at customer %s."),
    OTHER_CUSTOMERS_USER(403, 2032, "Access denied: a user of customer %s may not call %s for customer %s."),
    CUSTOMERS_USER_ONLY(403, 2032, "Access denied: only a user of the customer may call %s."),
    RESELLER_NOT_ENROLLED(403, 900137, "Partner %s is not enrolled as an indirect reseller."),
    NOT_A_PROVIDER_OF(403, 20002, "indirectProviderId: partner %s %s."),
    PARTNER_UNKNOWN(403, 2032, "Access denied: there is no partner %s."),
    DIRECT_BILL_NOT_ACTIVE(
            403, 800039, "Partner %s has no active direct-bill programme, so it cannot have direct customers."),
    REGION_DIFFERS(403, 2030, "Partner %s (%s) and customer %s (%s) are not in the same region."),
    INVITATION_NOT_FOUND(404, 1000, "There is no customer invitation %s."),
    NOT_THE_INVITER(403, 900150, "Partner %s did not send the invitation and has no right to withdraw it."),
    INVITATION_NOT_OPEN(400, 800040, "status: the change from %s to %s of the customer invitation is not allowed."),
    PARTNER_OF_CUSTOMER_NOT_FOUND(404, 1000, "Partner %s has no relationship with customer %s."),

    PARTNER_ORGANIZATION_NOT_FOUND(404, 3000, "There is no partner with the PartnerID %s."),
    ADDRESS_INVALID(400, 2007, "The address is not valid: %s %s."),
    COMPLIANCE_MPN_ID_NOT_NUMERIC(400, 2000, "mpnId must be a number but is %s.", "PartnerApiServiceControllers"),
    COMPLIANCE_TENANT_ID_NO_GUID(400, 2000, "tenantId must be a GUID but is %s.", "PartnerApiServiceControllers"),
    COMPLIANCE_BOTH_GIVEN(400, 2000, "Only one of mpnId and tenantId can be given.", "ComplianceController"),
    COMPLIANCE_NONE_GIVEN(400, 2001, "One of mpnId and tenantId must be given.", "ComplianceController"),
    COMPLIANCE_MPN_ID_UNKNOWN(400, 2200, "There is no partner with the PartnerID %s."),
    COMPLIANCE_REGION_DIFFERS(400, 2201, "The caller's region %s is not that of partner %s, which is %s."),
    COMPLIANCE_NOT_SIGNED(
            400, 2203, "The reseller with the PartnerID %s has not signed the Microsoft Partner Agreement."),
    COMPLIANCE_NO_RESELLER_ACCOUNT(400, 2204, "The partner with the PartnerID %s has no indirect reseller account."),
    COMPLIANCE_TENANT_UNKNOWN(400, 2205, "There is no partner account with the tenant id %s."),
    COMPLIANCE_TENANT_NOT_SIGNED(
            400, 2206, "The partner with the tenant id %s has not signed the Microsoft Partner Agreement."),
    OFFER_INVALID(400, 800004, "%s: there is no offer %s."),
    OFFER_DISCONTINUED(403, 2091, "%s: the offer %s is discontinued%s."),
    AGREEMENT_MISSING_TO_BUY(
            403,
            13605,
            "Customer %s has not accepted the Microsoft Customer Agreement, itself or by the attestation of partner %s."),
    PARENT_NOT_ACTIVE(400, 800012, "%s: the base subscription %s is not active but %s."),
    PARENT_NOT_VALID(400, 800021, "%s: %s is not a base subscription of the customer that the caller holds."),
    CUSTOMER_CREATION_NOT_PERMITTED(
            403,
            600006,
            "The requested action is not allowed for this account: partner %s is neither direct-bill partner nor indirect provider and cannot create customers."),
    COUNTRY_NOT_SUPPORTED(
            400, 20000, "Current country not supported: %s is not in the region of partner %s, which is %s."),
    NOT_A_PARTNERED_RESELLER(
            403, 20002, "AssociatedPartnerId: partner %s has no partnership with partner %s as its reseller."),
    REGISTRATION_NUMBER_NOT_SUPPORTED(
            400,
            600002,
            "companyProfile.organizationRegistrationNumber: companies in %s are not asked for a number, leave it out."),
    REGISTRATION_NUMBER_MISSING(
            400,
            600049,
            "companyProfile.organizationRegistrationNumber: companies in %s must give their registration number."),
    REGISTRATION_NUMBER_INVALID(
            400,
            600050,
            "companyProfile.organizationRegistrationNumber: '%s' is not a registration number of a company in %s."),
    PHONE_NUMBER_MISSING(
            400, 600051, "billingProfile.defaultAddress.phoneNumber: companies in %s must give a phone number."),
    SANDBOX_ONLY(400, 900127, "The operation %s is not supported in this environment, only in a sandbox."),
    BILLING_ETAG_STALE(
            400, 2055, "The etag '%s' of the billing profile of customer %s is no longer valid, read it again."),

    WEBHOOK_REGISTRATION_NOT_FOUND(404, 1000, "Partner %s has no webhook registration, make one with POST."),
    WEBHOOK_REGISTRATION_EXISTS(
            409, 800002, "Invalid input: partner %s has a webhook registration already, change it with PUT."),
    VALIDATION_EVENT_NOT_FOUND(404, 1000, "There is no validation event %s of the last seven days."),
    WEBHOOK_CERTIFICATE_NOT_FOUND(404, 1000, "There is no certificate %s."),
    WEBHOOK_DELIVERY_NOT_FOUND(404, 1000, "There is no webhook delivery %s."),

    SCENARIO_CONFLICT(409, 800002, "Invalid input: %s"),
    FAULT_NOT_FOUND(404, 1000, "There is no fault %s."),
    SNAPSHOT_NOT_FOUND(404, 1000, "There is no snapshot %s."),
    SNAPSHOT_EXISTS(409, 800002, "Invalid input: name: there is a snapshot %s already."),
    SNAPSHOT_OF_ANOTHER_RELEASE(
            409, 800002, "Invalid input: the snapshot %s was made before a change of the tables, make it again."),
    JOURNAL_ENTRY_NOT_FOUND(404, 1000, "There is no entry %s in the journal, or not any more.");

    /** {@code Retry-After} of a request that found no database, or another long work: most of that is over by then. */
    public static final int RETRY_AFTER_SECONDS = 5;
    /** {@code Retry-After} of a request that was not let in because too many were: their turn is over far sooner. */
    public static final int RETRY_WHEN_CROWDED_SECONDS = 1;

    private static final Pattern PLACEHOLDER = Pattern.compile("(?:([\\w-]+)[ (':]*)?%s");

    /** HTTP status of the answer. */
    public final int status;
    /** The published number, {@code code} in the error body. */
    public final int code;
    /** Which part of the vendor's service says so, {@code source} in the error body. */
    final String source;

    private final String description;

    ErrorCode(int status, int code, String description) {
        this(status, code, description, "PartnerFD");
    }

    ErrorCode(int status, int code, String description, String source) {
        this.status = status;
        this.code = code;
        this.description = description;
        this.source = source;
    }

    /** What it says of no request in particular: dots stand for what that would name. */
    public String sentence() {
        return description.replace("%s", "…");
    }

    /** What the placeholders of the description stand for, in order: of each the word before it, empty where there is none. */
    public List<String> placeholders() {
        return PLACEHOLDER
                .matcher(description)
                .results()
                .map(found -> found.group(1) == null ? "" : found.group(1))
                .toList();
    }

    /**
     * The sentence a caller reads, at most 1,024 characters and never with control characters in it.
     *
     * @param arguments the values of the placeholders, in order
     */
    String describe(Object... arguments) {
        var printable = description.formatted(arguments).replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= 1024 ? printable : printable.substring(0, 1021) + "...";
    }
}
