package csp.directory.partner;

import java.util.Set;

/**
 * Where partners and customers may work together (lifecycle.md R26, R77; design §3): the countries of EU, EFTA and the United
 * Kingdom are one region, every other country is a region of its own.
 */
public record Region(String name) {

    private static final Region EUROPE = new Region("EU/EFTA/UK");
    private static final Set<String> EUROPEAN = Set.of(
            "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU",
            "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", // EU
            "CH", "IS", "LI", "NO", // EFTA
            "GB");

    /** @param country ISO 3166 code of two capital letters */
    public static Region of(String country) {
        return EUROPEAN.contains(country) ? EUROPE : new Region(country);
    }

    @Override
    public String toString() {
        return name;
    }
}
