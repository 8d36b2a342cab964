package csp.transfer.legacy.api;

import csp.shared.http.JsonFields;
import csp.transfer.legacy.CreateTransfer;
import java.util.HashSet;

/** The body of T2. What the service sets itself (names, statuses, quantities) is ignored when a client sends it. */
public final class CreateTransferRequest {

    /** Most lines of one request. */
    static final int MAXIMUM_LINES = 500;

    private static final int LONGEST_PARTNER_ID = 32;

    private CreateTransferRequest() {}

    /** Error 800002 for a field that is missing or malformed, no lines, too many lines, or a subscription named twice. */
    public static CreateTransfer read(JsonFields body) {
        var sourcePartnerTenantId = body.requiredGuid("sourcePartnerTenantId");
        var targetPartnerTenantId = body.requiredGuid("targetPartnerTenantId");
        var named = new HashSet<>();
        var lineItems = body.objects("lineItems", MAXIMUM_LINES, line -> {
                    var subscriptionId = line.requiredGuid("subscriptionId");
                    if (!named.add(subscriptionId)) {
                        throw line.refusal(
                                "subscriptionId", "names subscription '" + subscriptionId + "' a second time");
                    }
                    return new CreateTransfer.Line(
                            subscriptionId,
                            line.text("partnerIdOnRecord", LONGEST_PARTNER_ID).orElse(null));
                })
                .orElseThrow(() -> body.missing("lineItems"));
        if (lineItems.isEmpty()) {
            throw body.refusal("lineItems", "must name at least one subscription but is '[]'");
        }
        return new CreateTransfer(sourcePartnerTenantId, targetPartnerTenantId, lineItems);
    }
}
