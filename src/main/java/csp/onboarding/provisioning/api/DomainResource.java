package csp.onboarding.provisioning.api;

import csp.onboarding.provisioning.ProvisioningService;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Whether a domain name is still to be had (storefront.md §1). */
@Path("/v1/domains")
@Produces(MediaType.APPLICATION_JSON)
public class DomainResource {

    private final ProvisioningService provisioning;

    DomainResource(ProvisioningService provisioning) {
        this.provisioning = provisioning;
    }

    /** 200 when it is taken, 404 when it is free; a text that is no domain name is nobody's. */
    @HEAD
    @Path("{domain}")
    public Response checkDomainAvailability(@PathParam("domain") String domain) {
        var taken = CreateCustomerRequest.isDomain(domain) && provisioning.isTaken(domain);
        return Response.status(taken ? 200 : 404)
                .header(HttpHeaders.CONTENT_LENGTH, 0)
                .build();
    }
}
