package csp.transfer.newcommerce.api;

import static csp.shared.error.ErrorCode.ENUM_NOT_PARSED;
import static csp.shared.error.ErrorCode.INVALID_INPUT;
import static csp.shared.error.ErrorCode.TRANSFER_NOT_FOUND;

import csp.shared.caller.CurrentCaller;
import csp.shared.error.DomainException;
import csp.shared.http.PathIds;
import csp.shared.http.ResourceCollection;
import csp.transfer.newcommerce.MoveEligibilityService;
import csp.transfer.newcommerce.StatementService;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** What partners look up before and after a new-commerce transfer, and no public API offers (design §6). */
@Path("/portal/v1")
@Produces(MediaType.APPLICATION_JSON)
public class NewCommercePortalResource {

    private static final String NEW_COMMERCE = "newcommerce";

    private final MoveEligibilityService eligibility;
    private final StatementService statements;
    private final CurrentCaller caller;

    NewCommercePortalResource(MoveEligibilityService eligibility, StatementService statements, CurrentCaller caller) {
        this.eligibility = eligibility;
        this.statements = statements;
        this.caller = caller;
    }

    /** What a source may name when it accepts. */
    @GET
    @Path("customers/{customerId}/transferEligibility")
    public ResourceCollection<MoveEligibilityView> listMoveEligibility(
            @PathParam("customerId") String customerId, @QueryParam("type") String type) {
        return ResourceCollection.withoutLinks(
                eligibility.assess(PathIds.customer(customerId), caller.get(), () -> requireKnown(type)).stream()
                        .map(MoveEligibilityView::of)
                        .toList());
    }

    /** Who pays which days. */
    @GET
    @Path("transfers/{transferId}/statement")
    public TransferStatementView getTransferStatement(@PathParam("transferId") String transferId) {
        return TransferStatementView.of(statements.of(PathIds.resource(transferId, TRANSFER_NOT_FOUND), caller.get()));
    }

    private static void requireKnown(String type) {
        if (type == null || type.isBlank()) {
            throw new DomainException(INVALID_INPUT, "type is required but is missing or empty.");
        }
        if (!type.equalsIgnoreCase(NEW_COMMERCE)) {
            throw new DomainException(ENUM_NOT_PARSED, type, "type", NEW_COMMERCE);
        }
    }
}
