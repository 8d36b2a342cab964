package csp.directory.relationship.api;

import static csp.directory.relationship.api.PartnerRelationshipType.IS_INDIRECT_CLOUD_SOLUTION_PROVIDER_OF;
import static csp.directory.relationship.api.PartnerRelationshipType.IS_INDIRECT_RESELLER_OF;
import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.toSet;

import csp.directory.partner.Partner;
import csp.directory.partner.PartnerService;
import csp.shared.caller.CurrentCaller;
import csp.shared.http.ResourceCollection;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.stream.Stream;

/** Which partners work together (storefront.md §2). Only users may ask. */
@Path("/v1/relationships")
@Produces(MediaType.APPLICATION_JSON)
public class PartnerRelationshipResource {

    private final PartnerService partners;
    private final CurrentCaller caller;

    PartnerRelationshipResource(PartnerService partners, CurrentCaller caller) {
        this.partners = partners;
        this.caller = caller;
    }

    /** The resellers of a provider, the providers of a reseller, without a type both. */
    @GET
    public ResourceCollection<PartnerRelationshipView> listRelationships(@QueryParam("relationship_type") String type) {
        caller.get().requireUser();
        var wanted = PartnerRelationshipType.read(type);
        var own = caller.get().tenantId();
        var partnerships = partners.partnershipsOf(own);
        var known = partners.byTenantId(partnerships.stream()
                .flatMap(partnership -> Stream.of(partnership.providerId(), partnership.resellerId()))
                .collect(toSet()));
        var resellers = wanted.contains(IS_INDIRECT_CLOUD_SOLUTION_PROVIDER_OF)
                ? sorted(partnerships.stream()
                        .filter(partnership -> partnership.providerId().equals(own))
                        .map(partnership -> known.get(partnership.resellerId())))
                : Stream.<Partner>empty();
        var providers = wanted.contains(IS_INDIRECT_RESELLER_OF)
                ? sorted(partnerships.stream()
                        .filter(partnership -> partnership.resellerId().equals(own))
                        .map(partnership -> known.get(partnership.providerId())))
                : Stream.<Partner>empty();
        return ResourceCollection.withoutLinks(Stream.concat(
                        resellers.map(partner ->
                                PartnerRelationshipView.ofPartner(partner, IS_INDIRECT_CLOUD_SOLUTION_PROVIDER_OF)),
                        providers.map(partner -> PartnerRelationshipView.ofPartner(partner, IS_INDIRECT_RESELLER_OF)))
                .toList());
    }

    /** By name, and by tenant id where names are the same. */
    static Stream<Partner> sorted(Stream<Partner> partners) {
        return partners.sorted(comparing(Partner::name).thenComparing(Partner::tenantId));
    }
}
