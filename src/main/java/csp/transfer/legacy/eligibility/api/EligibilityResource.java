package csp.transfer.legacy.eligibility.api;

import static csp.shared.error.ErrorCode.ENUM_NOT_PARSED;
import static csp.shared.error.ErrorCode.INVALID_INPUT;

import csp.shared.caller.CurrentCaller;
import csp.shared.error.DomainException;
import csp.shared.http.PathIds;
import csp.shared.http.ResponseForm;
import csp.transfer.legacy.eligibility.EligibilityService;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Which subscriptions may move (T1). */
@Path("/v1/customers")
@Produces(MediaType.APPLICATION_JSON)
public class EligibilityResource {

    private static final String DIRECT_TO_INDIRECT = "directtoindirect";

    private final EligibilityService eligibility;
    private final CurrentCaller caller;

    EligibilityResource(EligibilityService eligibility, CurrentCaller caller) {
        this.eligibility = eligibility;
        this.caller = caller;
    }

    /** A bare array (Q4). */
    @GET
    @Path("{customerId}/transferseligibility")
    @ResponseForm(charset = false)
    public List<TransferEligibilityView> getTransferEligibility(
            @PathParam("customerId") String customerId, @QueryParam("transferType") String transferType) {
        return eligibility.assess(PathIds.customer(customerId), caller.get(), () -> requireKnown(transferType)).stream()
                .map(TransferEligibilityView::of)
                .toList();
    }

    private static void requireKnown(String transferType) {
        if (transferType == null || transferType.isBlank()) {
            throw new DomainException(INVALID_INPUT, "transferType is required but is missing or empty.");
        }
        if (!transferType.equalsIgnoreCase(DIRECT_TO_INDIRECT)) {
            throw new DomainException(ENUM_NOT_PARSED, transferType, "transferType", DIRECT_TO_INDIRECT);
        }
    }
}
