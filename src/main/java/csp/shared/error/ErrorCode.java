package csp.shared.error;

/**
 * The rows of the published error table that the service uses: HTTP status, code and description
 * (errors-and-headers.md §3, §4). A code is a number that callers branch on; the vendor's table uses some of them
 * with two statuses, each such pair is a row here.
 */
public enum ErrorCode {

    TOKEN_MISSING(401, 800001, "The request carries no bearer token."),
    ACCESS_DENIED(401, 400, "Access denied: the bearer token is not accepted (%s)."),

    INVALID_INPUT(400, 800002, "Invalid input: %s"),
    BODY_TOO_LARGE(413, 800002, "Invalid input: the request body is larger than %s bytes."),
    UNSUPPORTED_MEDIA_TYPE(415, 800002, "Invalid input: the content type '%s' is not supported, send application/json."),
    FORM_EXPECTED(415, 800002,
            "Invalid input: the content type '%s' is not supported, send application/x-www-form-urlencoded."),
    NOT_ACCEPTABLE(406, 800002,
            "Invalid input: the service answers in application/json only, which the Accept header '%s' excludes."),
    METHOD_NOT_ALLOWED(405, 900141, "The operation %s %s is not supported."),
    RESOURCE_NOT_FOUND(404, 1000, "There is no resource at %s."),
    UNEXPECTED(500, 800003, "The service failed unexpectedly. Quote the correlation id %s when you report it."),
    REQUEST_ID_REUSED(409, 800002, "Invalid input: MS-RequestId '%s' was already used for this operation with another body."),

    ENUM_NOT_PARSED(400, 900126, "The value '%s' of %s cannot be parsed, it must be one of: %s."),
    CUSTOMER_ID_INVALID(400, 900118, "The customer id '%s' is not valid."),
    NO_RELATIONSHIP(403, 20002, "Partner %s has no commerce relationship with customer %s."),
    TARGET_NOT_RELATED(403, 20002, "targetPartnerTenantId: partner %s %s."),
    SUBSCRIPTION_NOT_FOUND(404, 20003, "Subscription %s was not found."),
    ORDER_NOT_FOUND(404, 20000, "Order %s was not found."),
    INSUFFICIENT_ROLE(403, 900150, "The role of the caller (%s) has no right to the operation %s."),
    NOT_THE_RIGHT_PARTY(403, 900150, "Partner %s has no right to %s transfer %s, only its %s partner has."),
    NOT_THE_SOURCE(403, 900150,
            "sourcePartnerTenantId: %s is not the calling partner %s, which alone has the right to create this transfer."),
    APP_ONLY_NOT_SUPPORTED(403, 900329, "The operation %s does not support app-only authentication, sign in as a user."),
    OPERATOR_ONLY(403, 2032, "Access denied: only the sandbox operator may call %s."),
    OPERATOR_OUTSIDE_SANDBOX(403, 2032, "Access denied: the sandbox operator may call /sandbox only, not %s."),
    CUSTOMER_USER_REFUSED(403, 2032, "Access denied: a user of a customer may not call %s."),

    TRANSFER_NOT_FOUND(404, 900100, "Transfer %s was not found."),
    SUBSCRIPTION_IN_OPEN_TRANSFER(409, 900101, "lineItems: subscription %s is part of transfer %s, which is in progress."),
    TRANSFER_NOT_PROCESSABLE(400, 900102, "Cannot process the request for the %s transfer %s."),
    TRANSFER_ORDER_FAILED(500, 900103, "The order of the transfer failed."),
    TRANSFER_BUSY(409, 900104, "Transfer %s is being processed by another request."),
    REQUEST_BUSY(409, 900104, "The first request with MS-RequestId '%s' is still being processed by another request."),
    RESOURCE_BUSY(409, 900104, "The resource is being processed by another request, try again."),
    RESELLER_AGREEMENT_MISSING(403, 900123, "Indirect reseller %s has not accepted the Microsoft Partner Agreement."),
    OWN_AGREEMENT_MISSING(403, 900124,
            "Partner %s has not accepted the Microsoft Partner Agreement, a global admin must accept it."),
    PARTNER_NOT_ENABLED(403, 900137, "Partner %s is not enabled for transfers: it is not enrolled as an indirect reseller."),
    TARGET_IS_SOURCE(400, 900148, "targetPartnerTenantId: %s is the requesting partner itself."),
    PROGRAM_NOT_ACTIVE(403, 900149, "The indirect provider programme status of partner %s is not active."),
    CUSTOMER_AGREEMENT_MISSING(403, 13605,
            "Customer %s has not accepted the Microsoft Customer Agreement through the indirect provider."),
    SUBSCRIPTION_NOT_TRANSFERABLE(400, 800078, "lineItems: the transfer cannot be created with an invalid subscription. %s"),
    PARTNER_ID_NOT_FOUND(404, 800015, "partnerIdOnRecord: PartnerID '%s' was not found."),
    PARTNER_ID_NOT_A_RESELLER(400, 800016, "partnerIdOnRecord: PartnerID '%s' is not that of an indirect reseller."),

    QUANTITY_WHILE_SUSPENDED(400, 2001, "quantity: %s cannot be set while subscription %s is suspended."),
    QUANTITY_OUT_OF_RANGE(400, 2002, "quantity: %s is outside the allowed range of %s to %s."),
    SUBSCRIPTION_DELETED(400, 2011, "The deleted subscription %s cannot be updated."),
    BILLING_CYCLE_NOT_CHANGEABLE(400, 2054, "billingCycle: %s cannot be changed to %s here."),
    ETAG_STALE(400, 2055, "The etag '%s' of subscription %s is no longer valid, read the subscription again."),
    PARENT_INACTIVE(409, 27009, "Add-on %s cannot be enabled while its base subscription %s is inactive."),
    STATUS_CHANGE_NOT_ALLOWED(400, 800040, "status: the change from %s to %s of subscription %s is not allowed."),
    QUANTITY_NOT_DECREASABLE(400, 800090, "quantity: the quantity of subscription %s cannot be decreased to %s."),
    QUANTITY_NOT_UPDATABLE(400, 800095, "quantity: the quantity of subscription %s cannot be updated to %s."),

    SCENARIO_CONFLICT(409, 800002, "Invalid input: %s");

    /** HTTP status of the answer. */
    public final int status;
    /** The published number, {@code code} in the error body. */
    public final int code;
    private final String description;

    ErrorCode(int status, int code, String description) {
        this.status = status;
        this.code = code;
        this.description = description;
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
