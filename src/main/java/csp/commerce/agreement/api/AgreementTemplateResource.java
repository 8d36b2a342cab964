package csp.commerce.agreement.api;

import static csp.shared.error.ErrorCode.INVALID_INPUT;
import static csp.shared.error.ErrorCode.RESOURCE_NOT_FOUND;

import csp.commerce.agreement.AgreementType;
import csp.shared.caller.CurrentCaller;
import csp.shared.error.DomainException;
import csp.shared.error.Quoted;
import csp.shared.id.Guid;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The texts of the agreements (storefront.md §5). Only users may ask. */
@Path("/v1/agreementtemplates")
@Produces(MediaType.APPLICATION_JSON)
public class AgreementTemplateResource {

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final Pattern LANGUAGE = Pattern.compile("\\p{Alpha}{2,3}(-\\p{Alnum}{2,8})*");

    /** Where to read and to fetch the text. */
    public record AgreementDocumentView(String displayUri, String downloadUri, String language, String country) {}

    private final CurrentCaller caller;

    AgreementTemplateResource(CurrentCaller caller) {
        this.caller = caller;
    }

    /** Without parameters in English for the United States. */
    @GET
    @Path("{templateId}/document")
    public AgreementDocumentView getAgreementDocument(
            @PathParam("templateId") String templateId,
            @QueryParam("language") String language,
            @QueryParam("country") String country) {
        caller.get().requireUser();
        var type = Guid.read(templateId)
                .flatMap(AgreementType::ofTemplate)
                .orElseThrow(() -> new DomainException(RESOURCE_NOT_FOUND, "/v1/agreementtemplates/" + templateId));
        var inLanguage = isAbsent(language) ? "en-US" : language;
        if (!LANGUAGE.matcher(inLanguage).matches()) {
            throw new DomainException(
                    INVALID_INPUT, "language must be a language such as 'en-US' but is " + Quoted.text(language) + ".");
        }
        var forCountry = isAbsent(country) ? "US" : country.toUpperCase(Locale.ROOT);
        if (!COUNTRIES.contains(forCountry)) {
            throw new DomainException(
                    INVALID_INPUT,
                    "country must be an ISO 3166 code of two letters but is " + Quoted.text(country) + ".");
        }
        var address = "%s?language=%s&country=%s".formatted(type.link, inLanguage, forCountry);
        return new AgreementDocumentView(address, address + "&download=true", inLanguage, forCountry);
    }

    private static boolean isAbsent(String parameter) {
        return parameter == null || parameter.isBlank();
    }
}
