package csp.directory.relationship.api;

import static csp.directory.relationship.api.PartnerRelationshipType.IS_INDIRECT_CLOUD_SOLUTION_PROVIDER_OF;
import static csp.shared.error.ErrorCode.NOT_A_PROVIDER;

import csp.directory.partner.PartnerService;
import csp.directory.relationship.RelationshipService;
import csp.shared.caller.CurrentCaller;
import csp.shared.error.DomainException;
import csp.shared.http.PathIds;
import csp.shared.http.ResourceCollection;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Which partners serve a customer together with the calling one (storefront.md §2). Only users may ask. */
@Path("/v1/customers")
@Produces(MediaType.APPLICATION_JSON)
public class CustomerRelationshipResource {

    private final PartnerService partners;
    private final RelationshipService relationships;
    private final CurrentCaller caller;

    CustomerRelationshipResource(PartnerService partners, RelationshipService relationships, CurrentCaller caller) {
        this.partners = partners;
        this.relationships = relationships;
        this.caller = caller;
    }

    /** The resellers that serve the customer for the calling provider. Errors: 900329, 20002, 1002 for who is none (W24). */
    @GET
    @Path("{customerId}/relationships")
    public ResourceCollection<PartnerRelationshipView> listCustomerRelationships(
            @PathParam("customerId") String customerId) {
        caller.get().requireUser();
        var own = caller.get().tenantId();
        var related = relationships.of(PathIds.customer(customerId)).require(own);
        if (!partners.require(caller.get()).isProvider()) {
            throw new DomainException(NOT_A_PROVIDER, own);
        }
        var resellers = related.resellersOf(own);
        return ResourceCollection.withoutLinks(PartnerRelationshipResource.sorted(
                        partners.byTenantId(resellers).values().stream())
                .map(reseller -> PartnerRelationshipView.ofCustomer(reseller, IS_INDIRECT_CLOUD_SOLUTION_PROVIDER_OF))
                .toList());
    }
}
