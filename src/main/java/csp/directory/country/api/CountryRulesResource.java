package csp.directory.country.api;

import static csp.shared.error.ErrorCode.RESOURCE_NOT_FOUND;

import csp.directory.country.Country;
import csp.shared.error.DomainException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** What a country asks of addresses and companies (storefront.md §9). */
@Path("/v1/countryvalidationrules")
@Produces(MediaType.APPLICATION_JSON)
public class CountryRulesResource {

    /** For an ISO 3166 code in any letter case. */
    @GET
    @Path("{countryCode}")
    public CountryRulesView getCountryValidationRules(@PathParam("countryCode") String countryCode) {
        return Country.of(countryCode)
                .map(CountryRulesView::of)
                .orElseThrow(
                        () -> new DomainException(RESOURCE_NOT_FOUND, "/v1/countryvalidationrules/" + countryCode));
    }
}
