package csp.directory.partner;

import csp.directory.country.Country;
import java.util.Set;

/**
 * Where partners and customers may work together (lifecycle.md R26, R77; design §3): the countries of EU, EFTA and the United
 * Kingdom are one region, every other country is a region of its own.
 */
public record Region(String name) {

    private static final Region EUROPE = new Region("EU/EFTA/UK");
    private static final Set<String> EFTA_AND_UNITED_KINGDOM = Set.of("CH", "IS", "LI", "NO", "GB");

    /** @param country ISO 3166 code of two capital letters */
    public static Region of(String country) {
        var isEuropean = EFTA_AND_UNITED_KINGDOM.contains(country)
                || Country.of(country).filter(Country::isInEuropeanUnion).isPresent();
        return isEuropean ? EUROPE : new Region(country);
    }

    @Override
    public String toString() {
        return name;
    }
}
