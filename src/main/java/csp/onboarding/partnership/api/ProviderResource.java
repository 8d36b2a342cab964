package csp.onboarding.partnership.api;

import static csp.shared.error.ErrorCode.INVALID_INPUT;

import csp.directory.partner.Offering;
import csp.directory.partner.Partner;
import csp.directory.partner.PartnerService;
import csp.directory.partner.ProviderSearch;
import csp.shared.error.Choice;
import csp.shared.error.DomainException;
import csp.shared.error.Quoted;
import csp.shared.http.ResourceCollection;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** The public list of indirect providers (design §6, lifecycle.md R20, R21). Whoever may enter the portal may read it. */
@Path("/portal/v1")
@Produces(MediaType.APPLICATION_JSON)
public class ProviderResource {

    /** The list has no pages: whoever gets so many narrows the search. {@code totalCount} counts all that fit. */
    static final int MOST = 200;

    private static final int LONGEST_NAME = 256;
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    private final PartnerService partners;

    ProviderResource(PartnerService partners) {
        this.partners = partners;
    }

    record ProviderView(
            UUID tenantId, String name, String mpnId, String country, String region, List<String> offerings) {

        static ProviderView of(Partner provider) {
            return new ProviderView(
                    provider.tenantId(),
                    provider.name(),
                    provider.mpnId(),
                    provider.country(),
                    provider.region().name(),
                    provider.offerings());
        }
    }

    /** Empty parameters count as absent (ST9). */
    @GET
    @Path("providers")
    public ResourceCollection<ProviderView> listProviders(
            @QueryParam("name") String name,
            @QueryParam("country") String country,
            @QueryParam("offering") String offering) {
        var search = new ProviderSearch(
                given(name).map(ProviderResource::name).orElse(null),
                given(country).map(ProviderResource::country).orElse(null),
                given(offering).map(ProviderResource::offering).orElse(null));
        return ResourceCollection.page(
                partners.countProviders(search),
                partners.providers(search, MOST).stream().map(ProviderView::of).toList(),
                null,
                null);
    }

    private static Optional<String> given(String parameter) {
        return Optional.ofNullable(parameter).filter(value -> !value.isBlank());
    }

    private static String name(String name) {
        if (name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw new DomainException(
                    INVALID_INPUT,
                    "name must be a text of at most %d characters but is %s."
                            .formatted(LONGEST_NAME, Quoted.text(name)));
        }
        return name;
    }

    private static String country(String country) {
        return Optional.of(country.toUpperCase(Locale.ROOT))
                .filter(COUNTRIES::contains)
                .orElseThrow(() -> new DomainException(
                        INVALID_INPUT,
                        "country must be a code of two letters such as 'US' but is %s."
                                .formatted(Quoted.text(country))));
    }

    private static Offering offering(String offering) {
        return Offering.of(offering)
                .orElseThrow(() -> Choice.refusal(
                        "offering", offering, Stream.of(Offering.values()).map(Offering::wireName)));
    }
}
