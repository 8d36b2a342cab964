package csp.onboarding.invitation.api;

import static csp.shared.error.ErrorCode.INVALID_INPUT;

import csp.onboarding.invitation.InvitationKind;
import csp.onboarding.invitation.InvitationService;
import csp.onboarding.invitation.OfferedRelationship;
import csp.shared.caller.CurrentCaller;
import csp.shared.error.DomainException;
import csp.shared.error.Quoted;
import csp.shared.http.Attributes;
import csp.shared.http.PathIds;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** The link that invites customers, in the mirrored API (storefront.md §2). Only users may ask. */
@Path("/v1/customers")
@Produces(MediaType.APPLICATION_JSON)
public class RelationshipRequestResource {

    /** @param url the personalised link */
    public record RelationshipRequestView(String url, Attributes attributes) {}

    private final InvitationService invitations;
    private final CurrentCaller caller;

    RelationshipRequestResource(InvitationService invitations, CurrentCaller caller) {
        this.invitations = invitations;
        this.caller = caller;
    }

    /**
     * The same link until a customer accepts it, or its time is over. Without parameters it invites to the caller; with a
     * provider or a reseller to the caller and that partner together. Errors: see {@link InvitationService#link}.
     */
    @GET
    @Path("relationshiprequests")
    public RelationshipRequestView getRelationshipRequest(
            @QueryParam("indirectCloudSolutionProviderId") String indirectCloudSolutionProviderId,
            @QueryParam("indirectResellerId") String indirectResellerId,
            @QueryParam("dualRoleIndirectRelationship") String dualRoleIndirectRelationship) {
        var link = QuarkusTransaction.requiringNew()
                .call(() -> invitations
                        .link(
                                caller.get(),
                                () -> offer(
                                        indirectCloudSolutionProviderId,
                                        indirectResellerId,
                                        dualRoleIndirectRelationship))
                        .link());
        return new RelationshipRequestView(link, Attributes.of("RelationshipRequest"));
    }

    private OfferedRelationship offer(String providerText, String resellerText, String dualRoleText) {
        var own = caller.get().tenantId();
        var provider = PathIds.parameter("indirectCloudSolutionProviderId", providerText);
        var reseller = PathIds.parameter("indirectResellerId", resellerText);
        if (bool(dualRoleText) && provider.isEmpty()) {
            throw new DomainException(
                    INVALID_INPUT,
                    "dualRoleIndirectRelationship is 'true', so indirectCloudSolutionProviderId is required but is missing.");
        }
        if (provider.isEmpty() && reseller.isEmpty()) {
            return new OfferedRelationship(InvitationKind.RESELLER, own, null);
        }
        var offer =
                new OfferedRelationship(InvitationKind.INDIRECT_RESELLER, reseller.orElse(own), provider.orElse(own));
        if (!own.equals(offer.resellerId()) && !own.equals(offer.providerId())) {
            throw new DomainException(
                    INVALID_INPUT,
                    "indirectResellerId must be the calling partner, '%s', when it names another provider, but is '%s'."
                            .formatted(own, offer.resellerId()));
        }
        return offer;
    }

    private static boolean bool(String text) {
        if (text == null || text.isBlank() || text.equalsIgnoreCase("false")) {
            return false;
        }
        if (text.equalsIgnoreCase("true")) {
            return true;
        }
        throw new DomainException(
                INVALID_INPUT, "dualRoleIndirectRelationship must be true or false but is " + Quoted.text(text) + ".");
    }
}
