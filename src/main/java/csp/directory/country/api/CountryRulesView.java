package csp.directory.country.api;

import csp.directory.country.Country;
import csp.shared.http.Attributes;
import java.util.List;

/** The rules of a country on the wire, in the recorded key order (W10). */
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
        String vatIdRegex,
        String phoneNumberRegex,
        boolean isTaxIdSupported,
        boolean isTaxIdOptional,
        List<String> countryCallingCodesList,
        Attributes attributes) {

    static CountryRulesView of(Country country) {
        var hasVatId = country.vatIdRegex().isPresent();
        return new CountryRulesView(
                country.code(),
                country.culture(),
                !country.states().isEmpty(),
                country.states(),
                country.supportedLanguages(),
                country.supportedCultures(),
                country.postalCodeRegex().isPresent(),
                country.postalCodeRegex().orElse(null),
                true,
                hasVatId,
                country.vatIdFormat().orElse(null),
                country.vatIdRegex().orElse(null),
                country.phoneNumberRegex().orElse(null),
                country.hasTaxId(),
                hasVatId || country.hasTaxId(),
                List.of(country.callingCode()),
                Attributes.of("CountryValidationRules"));
    }
}
