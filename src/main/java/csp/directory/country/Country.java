package csp.directory.country;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a country asks of the addresses and companies in it (storefront.md §1.3, §9). Every ISO 3166 country has one. */
public final class Country {

    private static final Map<String, List<String>> STATES = Map.of(
            "US",
                    List.of(
                            "AK", "AL", "AR", "AZ", "CA", "CO", "CT", "DC", "DE", "FL", "GA", "HI", "IA", "ID", "IL",
                            "IN", "KS", "KY", "LA", "MA", "MD", "ME", "MI", "MN", "MO", "MS", "MT", "NC", "ND", "NE",
                            "NH", "NJ", "NM", "NV", "NY", "OH", "OK", "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT",
                            "VA", "VT", "WA", "WI", "WV", "WY"),
            "CA", List.of("AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT"),
            "MX",
                    List.of(
                            "AG", "BC", "BS", "CH", "CL", "CM", "CO", "DF", "DG", "EM", "GR", "GT", "HG", "JA", "MI",
                            "MO", "NA", "NL", "OA", "PU", "QR", "QT", "SI", "SL", "SO", "TB", "TL", "TM", "VE", "YU",
                            "ZA"),
            "CN",
                    List.of(
                            "AH", "BJ", "CQ", "FJ", "GD", "GS", "GX", "GZ", "HA", "HB", "HE", "HI", "HL", "HN", "JL",
                            "JS", "JX", "LN", "NM", "NX", "QH", "SC", "SD", "SH", "SN", "SX", "TJ", "XJ", "XZ", "YN",
                            "ZJ"));
    private static final Set<String> EUROPEAN_UNION = Set.of(
            "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU",
            "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK");
    private static final String UNITED_KINGDOM = "GB";
    private static final Map<String, Country> ALL = read();

    private final String code;
    private final List<String> languages;
    private final String callingCode;
    private final Pattern postalCode;

    private Country(String code, String callingCode, String postalCode) {
        this.code = code;
        this.languages = languagesOf(code);
        this.callingCode = callingCode;
        this.postalCode = postalCode == null ? null : Pattern.compile("^" + postalCode + "$", Pattern.CASE_INSENSITIVE);
    }

    /** @param code ISO 3166, two letters in any case; empty when there is no such country */
    public static Optional<Country> of(String code) {
        return Optional.ofNullable(ALL.get(code.toUpperCase(Locale.ROOT)));
    }

    /** ISO 3166, two capital letters. */
    public String code() {
        return code;
    }

    /** The language that is written first, e.g. {@code de}. */
    public String language() {
        return languages.get(0);
    }

    /** That language in this country, e.g. {@code de-DE}. */
    public String culture() {
        return cultures().get(0);
    }

    /** ISO 639 codes, the first language first. */
    public List<String> languages() {
        return languages;
    }

    public List<String> cultures() {
        return languages.stream().map(language -> language + "-" + code).toList();
    }

    /** Without a plus sign. */
    public String callingCode() {
        return callingCode;
    }

    /** The codes an address must choose from; empty where states are not checked. */
    public List<String> states() {
        return STATES.getOrDefault(code, List.of());
    }

    /** Whether {@code state}, in any letter case, is one of the states; true where states are not checked. */
    public boolean hasState(String state) {
        return states().isEmpty() || state != null && states().contains(state.toUpperCase(Locale.ROOT));
    }

    /** What a postal code looks like; empty where that is not known, and then an address needs none. */
    public Optional<String> postalCodeRegex() {
        return Optional.ofNullable(postalCode).map(Pattern::pattern);
    }

    /** Whether {@code text} can be a postal code; true where it is not known what one looks like. */
    public boolean hasPostalCode(String text) {
        return postalCode == null || text != null && postalCode.matcher(text).matches();
    }

    public boolean isInEuropeanUnion() {
        return EUROPEAN_UNION.contains(code);
    }

    /** Whether companies have a number for value added tax. */
    public boolean hasValueAddedTax() {
        return isInEuropeanUnion() || code.equals(UNITED_KINGDOM);
    }

    /** Whether a new customer must name its registration number (storefront.md §1.3). */
    public boolean wantsRegistrationNumber() {
        return RegistrationNumber.isWantedIn(code);
    }

    /** Whether {@code number} can be a registration number; false where none is wanted. */
    public boolean acceptsRegistrationNumber(String number) {
        return RegistrationNumber.isValid(code, number);
    }

    /** The part of the world, after the calling codes, which were given out by it. */
    public Continent continent() {
        return Continent.ofCallingCode(callingCode);
    }

    private static Map<String, Country> read() {
        var callingCodes = properties("calling-codes.properties");
        var postalCodes = properties("postal-codes.properties");
        var all = new TreeMap<String, Country>();
        Stream.of(Locale.getISOCountries())
                .forEach(code -> all.put(
                        code, new Country(code, callingCodes.getProperty(code), postalCodes.getProperty(code))));
        return all;
    }

    private static Properties properties(String name) {
        try (var file = Country.class.getResourceAsStream(name)) {
            var properties = new Properties();
            properties.load(file);
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** English where the language of the country is not known. */
    private static List<String> languagesOf(String country) {
        return switch (country) {
            case "US", "PR" -> List.of("en", "es");
            case "CA" -> List.of("en", "fr");
            case "DE", "AT", "LI" -> List.of("de");
            case "CH" -> List.of("de", "fr", "it");
            case "FR", "MC" -> List.of("fr");
            case "LU" -> List.of("fr", "de");
            case "ES", "MX", "AR", "CL", "CO", "PE", "UY", "CR" -> List.of("es");
            case "PT", "BR" -> List.of("pt");
            case "NL" -> List.of("nl");
            case "BE" -> List.of("nl", "fr", "de");
            case "IT" -> List.of("it");
            case "DK" -> List.of("da");
            case "SE" -> List.of("sv");
            case "NO" -> List.of("nb");
            case "FI" -> List.of("fi", "sv");
            case "PL" -> List.of("pl");
            case "CZ" -> List.of("cs");
            case "SK" -> List.of("sk");
            case "HU" -> List.of("hu");
            case "RO" -> List.of("ro");
            case "BG" -> List.of("bg");
            case "GR" -> List.of("el");
            case "TR" -> List.of("tr");
            case "JP" -> List.of("ja");
            case "KR" -> List.of("ko");
            case "CN", "TW" -> List.of("zh");
            default -> List.of("en");
        };
    }
}
