package csp.directory.country;

import java.util.Set;

/** The part of the world a country is served from (storefront.md §9). */
public enum Continent {
    AMERICAS("AOC", "NorthAndLatinAmerica"),
    EUROPE_MIDDLE_EAST_AFRICA("EOC", "EuropeMiddleEastAndAfrica"),
    ASIA_PACIFIC("APOC", "AsiaPacific");

    private static final Set<String> SOUTH_ASIA = Set.of("91", "92", "93", "94", "95", "960", "975", "976", "977");

    /** Which operations centre signs the agreement of a reseller there. */
    public final String agreementRegion;
    /** The name on the wire. */
    public final String wireName;

    Continent(String agreementRegion, String wireName) {
        this.agreementRegion = agreementRegion;
        this.wireName = wireName;
    }

    static Continent ofCallingCode(String code) {
        return switch (code.charAt(0)) {
            case '1', '5' -> AMERICAS;
            case '6', '8' -> ASIA_PACIFIC;
            case '9' -> SOUTH_ASIA.contains(code) ? ASIA_PACIFIC : EUROPE_MIDDLE_EAST_AFRICA;
            default -> EUROPE_MIDDLE_EAST_AFRICA;
        };
    }
}
