package csp.onboarding.provisioning.api;

import csp.directory.customer.api.CreatedCustomerView;
import csp.onboarding.provisioning.ProvisioningService;
import csp.shared.caller.CurrentCaller;
import csp.shared.error.Choice;
import csp.shared.http.Attributes;
import csp.shared.http.JsonFields;
import csp.shared.http.PathIds;
import csp.shared.repeat.RepeatableRequests;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.stream.Stream;

/** Customers that come and go (storefront.md §1.3, §1.4). */
@Path("/v1/customers")
@Produces(MediaType.APPLICATION_JSON)
public class ProvisioningResource {

    private static final String NONE = "none";
    private static final int LONGEST_WORD = 64;

    private final ProvisioningService provisioning;
    private final RepeatableRequests requests;
    private final CurrentCaller caller;

    ProvisioningResource(ProvisioningService provisioning, RepeatableRequests requests, CurrentCaller caller) {
        this.provisioning = provisioning;
        this.requests = requests;
        this.caller = caller;
    }

    /** What is left of a customer for the partner that gave it up: the recorded answer with everything null left out (ST7). */
    record Removed(String relationshipToPartner, Attributes attributes) {}

    /** Errors: see {@link ProvisioningService#create}. */
    @POST
    public Response createCustomer(InputStream body) {
        return requests.answer(body, 201, json -> {
            var created = provisioning.create(caller.get(), () -> CreateCustomerRequest.read(json.get()));
            return CreatedCustomerView.of(
                    created.customer(),
                    created.administrator().userName(),
                    created.administrator().password(),
                    created.wanted().associatedPartnerId(),
                    created.wanted().enableGDAPByDefault());
        });
    }

    /** The one change there is: the end of the relationship. Errors: see {@link ProvisioningService#removeRelationship}. */
    @PATCH
    @Path("{customerId}")
    public Response updateCustomer(@PathParam("customerId") String customerId, InputStream body) {
        var id = PathIds.customer(customerId);
        return requests.answer(body, 200, json -> {
            provisioning.removeRelationship(id, caller.get(), () -> requireRemoval(json.get()));
            return new Removed(NONE, Attributes.of("Customer"));
        });
    }

    /** Errors: see {@link ProvisioningService#delete}. */
    @DELETE
    @Path("{customerId}")
    public Response deleteCustomer(@PathParam("customerId") String customerId) {
        var id = PathIds.customer(customerId);
        QuarkusTransaction.requiringNew().run(() -> provisioning.delete(id, caller.get()));
        return Response.noContent().build();
    }

    private static void requireRemoval(JsonFields body) {
        var wanted = body.requiredText("relationshipToPartner", LONGEST_WORD);
        if (!wanted.equalsIgnoreCase(NONE)) {
            throw Choice.refusal("relationshipToPartner", wanted, Stream.of(NONE));
        }
    }
}
