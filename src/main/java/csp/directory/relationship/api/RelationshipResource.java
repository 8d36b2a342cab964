package csp.directory.relationship.api;

import csp.directory.relationship.PartnerOfCustomer;
import csp.directory.relationship.RelationshipService;
import csp.shared.caller.CurrentCaller;
import csp.shared.http.PathIds;
import csp.shared.http.ResourceCollection;
import csp.shared.id.Guid;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;

/** The partners of a customer (design §6). */
@Path("/portal/v1")
@Produces(MediaType.APPLICATION_JSON)
public class RelationshipResource {

    /**
     * One relationship on the portal.
     *
     * @param kind as scenarios spell it, e.g. {@code indirectProvider}
     * @param provider of an indirect reseller, and reseller of a provider: absent when not named
     */
    public record PartnerOfCustomerView(
            UUID partnerId,
            String partnerName,
            String mpnId,
            String country,
            String kind,
            UUID provider,
            UUID reseller,
            boolean delegatedAdmin,
            String via) {

        private static PartnerOfCustomerView of(PartnerOfCustomer related) {
            var partner = related.partner();
            var kind =
                    switch (related.kind()) {
                        case DIRECT_RESELLER -> "directReseller";
                        case INDIRECT_PROVIDER -> "indirectProvider";
                        case INDIRECT_RESELLER -> "indirectReseller";
                    };
            var via =
                    switch (related.via()) {
                        case DIRECT -> "direct";
                        case INVITATION -> "invitation";
                        case EXTENSION -> "extension";
                    };
            return new PartnerOfCustomerView(
                    partner.tenantId(),
                    partner.name(),
                    partner.mpnId(),
                    partner.country(),
                    kind,
                    kind.equals("indirectReseller") ? related.counterpartId() : null,
                    kind.equals("indirectProvider") ? related.counterpartId() : null,
                    related.delegatedAdmin(),
                    via);
        }
    }

    private final RelationshipService relationships;
    private final CurrentCaller caller;

    RelationshipResource(RelationshipService relationships, CurrentCaller caller) {
        this.relationships = relationships;
        this.caller = caller;
    }

    @GET
    @Path("customers/{customerId}/partnerRelationships")
    public ResourceCollection<PartnerOfCustomerView> listPartnerRelationships(
            @PathParam("customerId") String customerId) {
        return ResourceCollection.withoutLinks(relationships.listed(PathIds.customer(customerId), caller.get()).stream()
                .map(PartnerOfCustomerView::of)
                .toList());
    }

    @DELETE
    @Path("customers/{customerId}/partnerRelationships/{partnerId}")
    public Response removePartner(
            @PathParam("customerId") String customerId, @PathParam("partnerId") String partnerId) {
        var customer = PathIds.customer(customerId);
        QuarkusTransaction.requiringNew()
                .run(() -> relationships.endByCustomer(customer, partnerId, Guid.read(partnerId), caller.get()));
        return Response.noContent().build();
    }
}
