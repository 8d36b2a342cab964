package csp.transfer.api;

import static csp.shared.error.ErrorCode.TRANSFER_NOT_FOUND;

import csp.shared.caller.CurrentCaller;
import csp.shared.http.PathIds;
import csp.shared.http.ResponseForm;
import csp.shared.repeat.RepeatableRequests;
import csp.transfer.Transfer;
import csp.transfer.TransferService;
import csp.transfer.legacy.LegacyTransfer;
import csp.transfer.legacy.LegacyTransferService;
import csp.transfer.legacy.api.CreateTransferRequest;
import csp.transfer.legacy.api.LegacyTransferView;
import csp.transfer.legacy.api.RejectTransferRequest;
import csp.transfer.legacy.api.TransferSubmitResultView;
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
 * Transfers on the wire (transfers.md §1, T2-T7). A read spans the flavours, a write goes to the service of its flavour. As
 * every resource below a customer it has the root of the customers: with a root of its own, a wrong method would be answered
 * as an unknown path.
 */
@Path("/v1/customers")
@Produces(MediaType.APPLICATION_JSON)
public class TransferResource {

    private final TransferService transfers;
    private final LegacyTransferService legacy;
    private final RepeatableRequests requests;
    private final CurrentCaller caller;

    TransferResource(
            TransferService transfers,
            LegacyTransferService legacy,
            RepeatableRequests requests,
            CurrentCaller caller) {
        this.transfers = transfers;
        this.legacy = legacy;
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
                json -> LegacyTransferView.created(
                        legacy.create(customer, caller.get(), () -> CreateTransferRequest.read(json.get())), viewer()));
    }

    /** T7, a bare array (Q4). */
    @GET
    @Path("{customerId}/transfers")
    @ResponseForm(charset = false)
    public List<Object> listTransfers(@PathParam("customerId") String customerId) {
        return transfers.list(PathIds.customer(customerId), caller.get()).stream()
                .map(this::view)
                .toList();
    }

    /** T6. */
    @GET
    @Path("{customerId}/transfers/{transferId}")
    @ResponseForm(locale = "en-US")
    public Object getTransfer(@PathParam("customerId") String customerId, @PathParam("transferId") String transferId) {
        return view(transfers.find(PathIds.customer(customerId), transfer(transferId), caller.get()));
    }

    /** T5. */
    @PATCH
    @Path("{customerId}/transfers/{transferId}")
    @ResponseForm(locale = "en-US")
    public Response updateTransfer(
            @PathParam("customerId") String customerId, @PathParam("transferId") String transferId, InputStream body) {
        var customer = PathIds.customer(customerId);
        var id = transfer(transferId);
        return requests.answer(
                body,
                200,
                json -> view(legacy.reject(
                        legacy(customer, id), caller.get(), () -> RejectTransferRequest.check(json.get(), id))));
    }

    /** T3. */
    @DELETE
    @Path("{customerId}/transfers/{transferId}")
    public Response withdrawTransfer(
            @PathParam("customerId") String customerId, @PathParam("transferId") String transferId) {
        var customer = PathIds.customer(customerId);
        var id = transfer(transferId);
        QuarkusTransaction.requiringNew().run(() -> legacy.withdraw(legacy(customer, id), caller.get()));
        return Response.noContent().header(HttpHeaders.CONTENT_LENGTH, 0).build(); // as recorded
    }

    /** T4. Any body is ignored: there is nothing to choose (TR22). */
    @POST
    @Path("{customerId}/transfers/{transferId}/accept")
    @ResponseForm(locale = "en-US")
    public Response acceptTransfer(
            @PathParam("customerId") String customerId, @PathParam("transferId") String transferId) {
        var customer = PathIds.customer(customerId);
        var id = transfer(transferId);
        return requests.answer(
                200, () -> TransferSubmitResultView.of(legacy.accept(legacy(customer, id), caller.get())));
    }

    private LegacyTransfer legacy(UUID customerId, UUID transferId) {
        return (LegacyTransfer) transfers.find(customerId, transferId, caller.get());
    }

    /** The form of its flavour. */
    private Object view(Transfer transfer) {
        return LegacyTransferView.read((LegacyTransfer) transfer, viewer());
    }

    private UUID viewer() {
        return caller.get().tenantId();
    }

    private static UUID transfer(String id) {
        return PathIds.resource(id, TRANSFER_NOT_FOUND);
    }
}
