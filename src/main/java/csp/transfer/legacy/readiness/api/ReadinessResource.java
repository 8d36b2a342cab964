package csp.transfer.legacy.readiness.api;

import static csp.shared.error.ErrorCode.INVALID_INPUT;

import csp.shared.caller.CurrentCaller;
import csp.shared.error.DomainException;
import csp.shared.http.PathIds;
import csp.shared.http.ResourceCollection;
import csp.transfer.legacy.readiness.ReadinessService;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;

/** What still stands between a customer and a transfer (design §6). */
@Path("/portal/v1")
@Produces(MediaType.APPLICATION_JSON)
public class ReadinessResource {

    private final ReadinessService readiness;
    private final CurrentCaller caller;

    ReadinessResource(ReadinessService readiness, CurrentCaller caller) {
        this.readiness = readiness;
        this.caller = caller;
    }

    /** One customer. */
    @GET
    @Path("customers/{customerId}/transferReadiness")
    public ReadinessView getTransferReadiness(
            @PathParam("customerId") String customerId, @QueryParam("provider") String provider) {
        var customer = PathIds.customer(customerId);
        var providerId = providerId(provider);
        return ReadinessView.of(readiness.of(customer, providerId, caller.get()), providerId);
    }

    /** All customers of the caller, in the order of their names. */
    @GET
    @Path("transferReadiness")
    public ResourceCollection<ReadinessView> listTransferReadiness(@QueryParam("provider") String provider) {
        var providerId = providerId(provider);
        return ResourceCollection.withoutLinks(readiness.ofAll(providerId, caller.get()).stream()
                .map(customer -> ReadinessView.of(customer, providerId))
                .toList());
    }

    private static UUID providerId(String provider) {
        return PathIds.parameter("provider", provider)
                .orElseThrow(() -> new DomainException(INVALID_INPUT, "provider is required but is missing or empty."));
    }
}
