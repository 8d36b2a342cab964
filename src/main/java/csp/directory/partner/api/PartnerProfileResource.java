package csp.directory.partner.api;

import static csp.shared.error.ErrorCode.PARTNER_ORGANIZATION_NOT_FOUND;

import csp.directory.partner.Partner;
import csp.directory.partner.PartnerService;
import csp.shared.caller.CurrentCaller;
import csp.shared.error.Choice;
import csp.shared.error.DomainException;
import csp.shared.error.Quoted;
import csp.shared.http.QueryParameters;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Set;

/** What the vendor knows of the calling partner (storefront.md §6). */
@Path("/v1/profiles")
@Produces(MediaType.APPLICATION_JSON)
public class PartnerProfileResource {

    private static final int LONGEST_MPN_ID = 20;
    private static final List<String> VETTING_VERSIONS = List.of("Current", "LastFinalized");

    private final PartnerService partners;
    private final CurrentCaller caller;
    private final RoutingContext context;

    PartnerProfileResource(PartnerService partners, CurrentCaller caller, RoutingContext context) {
        this.partners = partners;
        this.caller = caller;
        this.context = context;
    }

    /** One state of vetting is kept, whichever version is asked for. */
    @GET
    @Path("legalbusiness")
    public PartnerProfileView.LegalBusiness getLegalBusinessProfile() {
        query().get("vettingVersion")
                .filter(version -> VETTING_VERSIONS.stream().noneMatch(version::equalsIgnoreCase))
                .ifPresent(version -> {
                    throw Choice.refusal("vettingVersion", version, VETTING_VERSIONS.stream());
                });
        return PartnerProfileView.LegalBusiness.of(own());
    }

    /** The caller's PartnerID, or the name of the partner with the one that is asked for. */
    @GET
    @Path("mpn")
    public PartnerProfileView.Mpn getMpnProfile() {
        caller.get().requireUser();
        return query().get("mpnId").map(this::named).orElseGet(() -> PartnerProfileView.Mpn.own(own()));
    }

    @GET
    @Path("organization")
    public PartnerProfileView.Organization getOrganizationProfile() {
        caller.get().requireUser();
        return PartnerProfileView.Organization.of(own());
    }

    @GET
    @Path("billing")
    public PartnerProfileView.Billing getPartnerBillingProfile() {
        caller.get().requireUser();
        return PartnerProfileView.Billing.of(own());
    }

    @GET
    @Path("support")
    public PartnerProfileView.Support getSupportProfile() {
        caller.get().requireUser();
        return PartnerProfileView.Support.of(own());
    }

    private Partner own() {
        return partners.require(caller.get());
    }

    private PartnerProfileView.Mpn named(String mpnId) {
        var known = mpnId.length() > LONGEST_MPN_ID || mpnId.indexOf('\0') >= 0
                ? null
                : partners.byMpnId(Set.of(mpnId)).get(mpnId);
        if (known == null) {
            throw new DomainException(PARTNER_ORGANIZATION_NOT_FOUND, Quoted.text(mpnId));
        }
        return PartnerProfileView.Mpn.ofOther(known);
    }

    private QueryParameters query() {
        return new QueryParameters(context.request().query());
    }
}
