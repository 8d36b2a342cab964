package csp.directory.country;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a country asks of the addresses and companies in it (storefront.md §1.3, §9). Every ISO 3166 country has one. */
public final class Country {

    private static final String ENGLISH = "en";
    private static final String AMERICAN_ENGLISH = "en-US";
    private static final Map<String, Country> ALL = read();

    private final String code;
    private final List<String> languages;
    private final List<String> supportedLanguages;
    private final List<String> supportedCultures;
    private final Optional<String> callingCode;
    private final List<String> states;
    private final Optional<Pattern> postalCode;
    private final Optional<String> vatIdRegex;
    private final Optional<String> vatIdFormat;
    private final Optional<String> phoneNumberRegex;
    private final Optional<RegistrationNumber> registrationNumber;
    private final boolean hasTaxId;
    private final boolean isInEuropeanUnion;

    private Country(String code, CountryData data) {
        this.code = code;
        languages = data.list(code + ".languages");
        supportedLanguages =
                listed(data.list(code + ".supportedLanguages"), Stream.concat(languages.stream(), Stream.of(ENGLISH)));
        supportedCultures = listed(
                data.list(code + ".supportedCultures"),
                Stream.concat(languages.stream().map(this::inThisCountry), Stream.of(AMERICAN_ENGLISH)));
        callingCode = data.text(code + ".callingCode");
        states = data.list(code + ".states");
        postalCode = data.text(code + ".postalCode").map(regex -> Pattern.compile(regex, Pattern.CASE_INSENSITIVE));
        vatIdRegex = data.text(code + ".vatId");
        vatIdFormat = data.text(code + ".vatIdFormat");
        phoneNumberRegex = data.text(code + ".phoneNumber");
        registrationNumber =
                data.text(code + ".registrationNumber").map(Pattern::compile).map(RegistrationNumber::new);
        hasTaxId = data.text(code + ".taxId").isPresent();
        isInEuropeanUnion = data.list("europeanUnion").contains(code);
    }

    /** @param code ISO 3166, two letters in any case; empty when there is no such country */
    public static Optional<Country> of(String code) {
        return Optional.ofNullable(ALL.get(code.toUpperCase(Locale.ROOT)));
    }

    /** ISO 3166, two capital letters. */
    public String code() {
        return code;
    }

    /** The official language that most people speak, e.g. {@code de}. */
    public String language() {
        return languages.get(0);
    }

    /** That language in this country, e.g. {@code de-DE}. */
    public String culture() {
        return inThisCountry(language());
    }

    /** The languages that customers can be written to in: the official ones, and English. */
    public List<String> supportedLanguages() {
        return supportedLanguages;
    }

    /** The official languages in this country, and American English. */
    public List<String> supportedCultures() {
        return supportedCultures;
    }

    /** Without a plus sign. */
    public String callingCode() {
        return callingCode.orElseGet(
                () -> Integer.toString(PhoneNumberUtil.getInstance().getCountryCodeForRegion(code)));
    }

    /** The codes an address must choose from; empty where states are not checked. */
    public List<String> states() {
        return states;
    }

    /** Whether {@code state}, in any letter case, is one of the states; true where states are not checked. */
    public boolean hasState(String state) {
        return states.isEmpty() || state != null && states.contains(state.toUpperCase(Locale.ROOT));
    }

    /** What a postal code looks like; empty where that is not known, and then an address needs none. */
    public Optional<String> postalCodeRegex() {
        return postalCode.map(Pattern::pattern);
    }

    /** Whether {@code text} can be a postal code; true where it is not known what one looks like. */
    public boolean hasPostalCode(String text) {
        return postalCode.isEmpty()
                || text != null && postalCode.get().matcher(text).matches();
    }

    public boolean isInEuropeanUnion() {
        return isInEuropeanUnion;
    }

    /** What a number for value added tax looks like; empty where companies have none. */
    public Optional<String> vatIdRegex() {
        return vatIdRegex;
    }

    /** The same with a # for each digit; empty where that does not say it. */
    public Optional<String> vatIdFormat() {
        return vatIdFormat;
    }

    /** What a phone number looks like; empty where that is not known. */
    public Optional<String> phoneNumberRegex() {
        return phoneNumberRegex;
    }

    /** Whether companies may name a tax number other than that for value added tax. */
    public boolean hasTaxId() {
        return hasTaxId;
    }

    /** Whether a new customer must name its registration number (storefront.md §1.3). */
    public boolean wantsRegistrationNumber() {
        return registrationNumber.isPresent();
    }

    /** Whether {@code number} can be a registration number; false where none is wanted. */
    public boolean acceptsRegistrationNumber(String number) {
        return registrationNumber.filter(form -> form.accepts(number)).isPresent();
    }

    private String inThisCountry(String language) {
        return language + "-" + code;
    }

    private static List<String> listed(List<String> known, Stream<String> usual) {
        return known.isEmpty() ? usual.distinct().toList() : known;
    }

    private static Map<String, Country> read() {
        var data = CountryData.read();
        var all = new TreeMap<String, Country>();
        Stream.of(Locale.getISOCountries()).forEach(code -> all.put(code, new Country(code, data)));
        return all;
    }
}
