package csp.directory.country.api;

import csp.directory.country.Country;
import csp.shared.http.Attributes;
import java.util.List;

/**
 * The rules of a country on the wire: the recorded keys in their order, with the plain lists that the clients read in place of
 * the recorded objects (storefront.md §9).
 *
 * @param supportedStatesList empty where states are not checked
 * @param postalCodeRegex absent where it is not known what a postal code looks like
 * @param taxIdFormat absent where it is not known, as is {@code taxIdSample}
 */
record CountryRulesView(
        String iso2Code,
        String defaultCulture,
        boolean isStateRequired,
        List<String> supportedStatesList,
        List<String> supportedLanguagesList,
        List<String> supportedCulturesList,
        boolean isPostalCodeRequired,
        String postalCodeRegex,
        boolean isCityRequired,
        boolean isVatIdSupported,
        String taxIdFormat,
        String taxIdSample,
        String phoneNumberRegex,
        boolean isRegistrationNumberSupported,
        boolean isTaxIdSupported,
        String resellerAgreementRegion,
        String geographicRegion,
        List<String> countryCallingCodesList,
        Attributes attributes) {

    private static final String NORTH_AMERICAN_NUMBER = "^(\\+?1[ .-]?)?(\\(\\d{3}\\)|\\d{3})[ .-]?\\d{3}[ .-]?\\d{4}$";
    private static final String ANY_NUMBER = "^\\+?[\\d ()./-]{4,20}$";

    static CountryRulesView of(Country country) {
        var usa = country.code().equals("US");
        var postalCode = country.postalCodeRegex();
        return new CountryRulesView(
                country.code(),
                country.culture(),
                !country.states().isEmpty(),
                country.states(),
                country.languages(),
                country.cultures(),
                postalCode.isPresent(),
                postalCode.orElse(null),
                true,
                country.hasValueAddedTax(),
                usa ? "US######" : null,
                usa ? "US123456" : null,
                country.callingCode().equals("1") ? NORTH_AMERICAN_NUMBER : ANY_NUMBER,
                country.wantsRegistrationNumber(),
                usa,
                country.continent().agreementRegion,
                country.continent().wireName,
                List.of(country.callingCode()),
                Attributes.of("CountryInformation"));
    }
}
