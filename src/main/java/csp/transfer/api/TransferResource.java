package csp.transfer.api;

import static csp.shared.error.ErrorCode.ENUM_NOT_PARSED;
import static csp.shared.error.ErrorCode.TRANSFER_NOT_FOUND;

import csp.shared.caller.CurrentCaller;
import csp.shared.error.DomainException;
import csp.shared.http.JsonFields;
import csp.shared.http.PathIds;
import csp.shared.http.ResponseForm;
import csp.shared.repeat.RepeatableRequests;
import csp.transfer.TransferService;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;

/**
 * Legacy transfers on the wire (transfers.md §1, T2-T7). As every resource below a customer it has the root of the
 * customers: with a root of its own, a wrong method would be answered as an unknown path.
 */
@Path("/v1/customers")
@Produces(MediaType.APPLICATION_JSON)
public class TransferResource {

    private static final String REJECT = "reject";

    private final TransferService transfers;
    private final RepeatableRequests requests;
    private final CurrentCaller caller;

    TransferResource(TransferService transfers, RepeatableRequests requests, CurrentCaller caller) {
        this.transfers = transfers;
        this.requests = requests;
        this.caller = caller;
    }

    /** T2. */
    @POST
    @Path("{customerId}/transfers")
    @ResponseForm(locale = "en-US,en-US")
    public Response createTransfer(@PathParam("customerId") String customerId, InputStream body) {
        var customer = PathIds.customer(customerId);
        return requests.answer(
                body,
                201,
                json -> TransferView.created(
                        transfers.create(customer, caller.get(), () -> CreateTransferRequest.read(json.get())),
                        viewer()));
    }

    /** T7, a bare array (Q4). */
    @GET
    @Path("{customerId}/transfers")
    @ResponseForm(charset = false)
    public List<TransferView> listTransfers(@PathParam("customerId") String customerId) {
        return transfers.list(PathIds.customer(customerId), caller.get()).stream()
                .map(transfer -> TransferView.read(transfer, viewer()))
                .toList();
    }

    /** T6. */
    @GET
    @Path("{customerId}/transfers/{transferId}")
    @ResponseForm(locale = "en-US")
    public TransferView getTransfer(
            @PathParam("customerId") String customerId, @PathParam("transferId") String transferId) {
        return TransferView.read(
                transfers.get(PathIds.customer(customerId), transfer(transferId), caller.get()), viewer());
    }

    /** T5. */
    @PATCH
    @Path("{customerId}/transfers/{transferId}")
    @ResponseForm(locale = "en-US")
    public Response updateTransfer(
            @PathParam("customerId") String customerId, @PathParam("transferId") String transferId, InputStream body) {
        var customer = PathIds.customer(customerId);
        var transfer = transfer(transferId);
        return requests.answer(
                body,
                200,
                json -> TransferView.read(
                        transfers.reject(
                                customer, transfer, caller.get(), () -> requireRejection(json.get(), transfer)),
                        viewer()));
    }

    /** T3. */
    @DELETE
    @Path("{customerId}/transfers/{transferId}")
    public Response withdrawTransfer(
            @PathParam("customerId") String customerId, @PathParam("transferId") String transferId) {
        var customer = PathIds.customer(customerId);
        var transfer = transfer(transferId);
        QuarkusTransaction.requiringNew().run(() -> transfers.withdraw(customer, transfer, caller.get()));
        return Response.noContent().header(HttpHeaders.CONTENT_LENGTH, 0).build(); // as recorded
    }

    /** T4. Any body is ignored: there is nothing to choose (TR22). */
    @POST
    @Path("{customerId}/transfers/{transferId}/accept")
    @ResponseForm(locale = "en-US")
    public Response acceptTransfer(
            @PathParam("customerId") String customerId, @PathParam("transferId") String transferId) {
        var customer = PathIds.customer(customerId);
        var transfer = transfer(transferId);
        return requests.answer(
                200, () -> TransferSubmitResultView.of(transfers.accept(customer, transfer, caller.get())));
    }

    private UUID viewer() {
        return caller.get().tenantId();
    }

    private static UUID transfer(String id) {
        return PathIds.resource(id, TRANSFER_NOT_FOUND);
    }

    /** Errors: 800002 without status or with the id of another transfer (D6), 900126 for any other status. */
    private static void requireRejection(JsonFields body, UUID transferId) {
        var status = body.requiredText("status", 32);
        body.guid("id").filter(id -> !id.equals(transferId)).ifPresent(id -> {
            throw body.refusal("id", "must be the transfer of the path, '" + transferId + "', but is '" + id + "'");
        });
        if (!status.equalsIgnoreCase(REJECT)) {
            throw new DomainException(ENUM_NOT_PARSED, status, "status", REJECT);
        }
    }
}
