package csp.transfer.api;

import static csp.shared.error.ErrorCode.RESOURCE_NOT_FOUND;
import static csp.shared.error.ErrorCode.TRANSFER_NOT_FOUND;

import csp.shared.caller.CurrentCaller;
import csp.shared.error.DomainException;
import csp.shared.http.JsonFields;
import csp.shared.http.PathIds;
import csp.shared.http.ResponseForm;
import csp.shared.repeat.RepeatableRequests;
import csp.transfer.StoredTransfer;
import csp.transfer.Transfer;
import csp.transfer.TransferService;
import csp.transfer.legacy.CreateTransfer;
import csp.transfer.legacy.LegacyTransfer;
import csp.transfer.legacy.LegacyTransferService;
import csp.transfer.legacy.api.CreateTransferRequest;
import csp.transfer.legacy.api.LegacyTransferView;
import csp.transfer.legacy.api.RejectTransferRequest;
import csp.transfer.legacy.api.TransferSubmitResultView;
import csp.transfer.newcommerce.NewCommerceTransfer;
import csp.transfer.newcommerce.NewCommerceTransferService;
import csp.transfer.newcommerce.api.NewCommerceTransferView;
import csp.transfer.newcommerce.api.TransferRequestBody;
import csp.transfer.newcommerce.api.UpdateNewCommerceRequest;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.NonBlocking;
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
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Transfers on the wire (transfers.md §1, T2-T7; new-commerce-transfers.md §2, N1-N6). A read spans the flavours, a write goes to the
 * service of its flavour: that of the transfer, or the one that a new body means. As every resource below a customer it has the root of
 * the customers: with a root of its own, a wrong method would be answered as an unknown path.
 */
@Path("/v1/customers")
@Produces(MediaType.APPLICATION_JSON)
public class TransferResource {

    private final TransferService transfers;
    private final LegacyTransferService legacy;
    private final NewCommerceTransferService newCommerce;
    private final RepeatableRequests requests;
    private final CurrentCaller caller;
    private final UriInfo address;
    private final Clock clock;

    TransferResource(
            TransferService transfers,
            LegacyTransferService legacy,
            NewCommerceTransferService newCommerce,
            RepeatableRequests requests,
            CurrentCaller caller,
            UriInfo address,
            Clock clock) {
        this.transfers = transfers;
        this.legacy = legacy;
        this.newCommerce = newCommerce;
        this.requests = requests;
        this.caller = caller;
        this.address = address;
        this.clock = clock;
    }

    /** T2, N1. */
    @POST
    @Path("{customerId}/transfers")
    @ResponseForm(locale = "en-US,en-US")
    public Response createTransfer(@PathParam("customerId") String customerId, InputStream sent) {
        var customer = PathIds.customer(customerId);
        return requests.answer(sent, 201, json -> {
            var wanted = legacyTransfer(json);
            if (wanted.isPresent()) {
                return LegacyTransferView.created(legacy.create(customer, caller.get(), wanted.get()), viewer());
            }
            var related = transfers.requireCreator(customer, caller.get());
            return TransferRequestBody.isMeantBy(json.get())
                    ? written(
                            newCommerce.request(customer, related, caller.get(), TransferRequestBody.read(json.get())))
                    : CreateTransferRequest.read(json.get()); // refuses
        });
    }

    /**
     * What a body asks for that is one of a legacy transfer, for then one query can tell of everybody who takes part. Another one
     * waits for the checks that stand before the body (D5).
     */
    private static Optional<CreateTransfer> legacyTransfer(Supplier<JsonFields> json) {
        try {
            var wanted = json.get();
            return TransferRequestBody.isMeantBy(wanted)
                    ? Optional.empty()
                    : Optional.of(CreateTransferRequest.read(wanted));
        } catch (DomainException refused) {
            return Optional.empty();
        }
    }

    /** T7, N6, a bare array (Q4). */
    @GET
    @Path("{customerId}/transfers")
    @ResponseForm(charset = false)
    public List<Object> listTransfers(@PathParam("customerId") String customerId) {
        var viewer = viewer();
        return transfers.list(PathIds.customer(customerId), caller.get()).stream()
                .map(transfer -> view(transfer, viewer))
                .toList();
    }

    /** T6, N5. The request that is made most: it has no worker of its own (docs/adr/0027-reads-together.md). */
    @GET
    @Path("{customerId}/transfers/{transferId}")
    @ResponseForm(locale = "en-US")
    @NonBlocking
    public CompletionStage<Object> getTransfer(
            @PathParam("customerId") String customerId, @PathParam("transferId") String transferId) {
        var viewer = viewer();
        return transfers
                .read(PathIds.customer(customerId), transfer(transferId), caller.get())
                .thenApply(transfer -> view(transfer, viewer));
    }

    /** T5, N2 to N4. */
    @PATCH
    @Path("{customerId}/transfers/{transferId}")
    @ResponseForm(locale = "en-US")
    public Response updateTransfer(
            @PathParam("customerId") String customerId, @PathParam("transferId") String transferId, InputStream body) {
        var customer = PathIds.customer(customerId);
        var id = transfer(transferId);
        return requests.answer(body, 200, json -> {
            var transfer = find(customer, id);
            return transfer instanceof LegacyTransfer found
                    ? LegacyTransferView.read(
                            legacy.reject(found, caller.get(), () -> RejectTransferRequest.check(json.get(), id)),
                            viewer())
                    : written(update((NewCommerceTransfer) transfer, json.get()));
        });
    }

    private NewCommerceTransfer update(NewCommerceTransfer transfer, JsonFields body) {
        var wanted = UpdateNewCommerceRequest.read(body, transfer.id());
        return switch (wanted.wish()) {
            case CANCEL -> newCommerce.cancel(transfer, caller.get());
            case REJECT -> newCommerce.reject(transfer, caller.get());
            case ACCEPT -> newCommerce.accept(transfer, caller.get(), wanted.lines());
        };
    }

    /** T3; the target of a new-commerce transfer takes its request back so, too (W67). */
    @DELETE
    @Path("{customerId}/transfers/{transferId}")
    public Response withdrawTransfer(
            @PathParam("customerId") String customerId, @PathParam("transferId") String transferId) {
        var customer = PathIds.customer(customerId);
        var id = transfer(transferId);
        QuarkusTransaction.requiringNew().run(() -> {
            var transfer = find(customer, id);
            if (transfer instanceof LegacyTransfer found) {
                legacy.withdraw(found, caller.get());
            } else {
                newCommerce.cancel((NewCommerceTransfer) transfer, caller.get());
            }
        });
        return Response.noContent().header(HttpHeaders.CONTENT_LENGTH, 0).build(); // as recorded
    }

    /** T4. Any body is ignored: there is nothing to choose (TR22). In new commerce there is, so it is a PATCH there. */
    @POST
    @Path("{customerId}/transfers/{transferId}/accept")
    @ResponseForm(locale = "en-US")
    public Response acceptTransfer(
            @PathParam("customerId") String customerId, @PathParam("transferId") String transferId) {
        var customer = PathIds.customer(customerId);
        var id = transfer(transferId);
        return requests.answer(200, () -> TransferSubmitResultView.of(legacy.accept(customer, id, caller.get())));
    }

    /** As N4 by PATCH (W67). For a legacy transfer there is no such path. */
    @POST
    @Path("{customerId}/transfers/{transferId}/reject")
    @ResponseForm(locale = "en-US")
    public Response rejectTransfer(
            @PathParam("customerId") String customerId, @PathParam("transferId") String transferId) {
        var customer = PathIds.customer(customerId);
        var id = transfer(transferId);
        return requests.answer(200, () -> {
            if (find(customer, id) instanceof NewCommerceTransfer found) {
                return written(newCommerce.reject(found, caller.get()));
            }
            throw new DomainException(RESOURCE_NOT_FOUND, address.getPath());
        });
    }

    private Transfer find(UUID customerId, UUID transferId) {
        return transfers.find(customerId, transferId, caller.get());
    }

    /** The form of its flavour. */
    private Object view(StoredTransfer transfer, UUID viewer) {
        return transfer.isLegacy()
                ? LegacyTransferView.read(LegacyTransfer.of(transfer), viewer)
                : NewCommerceTransferView.read(NewCommerceTransfer.of(transfer), viewer, clock.instant());
    }

    private Object written(NewCommerceTransfer transfer) {
        return NewCommerceTransferView.written(transfer, viewer(), clock.instant());
    }

    private UUID viewer() {
        return caller.get().tenantId();
    }

    private static UUID transfer(String id) {
        return PathIds.resource(id, TRANSFER_NOT_FOUND);
    }
}
