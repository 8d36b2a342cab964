package csp.commerce.agreement.api;

import csp.commerce.agreement.AgreementType;
import csp.shared.caller.CurrentCaller;
import csp.shared.http.Link;
import csp.shared.http.ResourceCollection;
import csp.shared.http.ResponseForm;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import java.util.stream.Stream;

/** The agreements there are (storefront.md §5). Only users may ask. */
@Path("/v1/agreements")
@Produces(MediaType.APPLICATION_JSON)
public class AgreementMetadataResource {

    record AgreementMetadataView(UUID templateId, String agreementType, String agreementLink, int versionRank) {}

    private final CurrentCaller caller;

    AgreementMetadataResource(CurrentCaller caller) {
        this.caller = caller;
    }

    @GET
    @ResponseForm(locale = "en-US,en-US", charset = false)
    public ResourceCollection<AgreementMetadataView> listAgreements(@QueryParam("agreementType") String agreementType) {
        caller.get().requireUser();
        var wanted = AgreementTypes.wanted(agreementType);
        return ResourceCollection.of(
                Stream.of(AgreementType.values())
                        .filter(wanted::contains)
                        .map(type -> new AgreementMetadataView(type.templateId, type.wireName, type.link, 0))
                        .toList(),
                new ResourceCollection.Links(Link.get("/agreements"), null));
    }
}
