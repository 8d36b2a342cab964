package csp.directory.country.api;

import csp.directory.country.Country;
import csp.shared.http.Attributes;
import java.util.List;

/**
 * The rules of a country on the wire: the recorded keys in their order, with the plain lists that the clients read in place of
 * the recorded objects (storefront.md §9).
 */
final class CountryRulesView {

    private static final String NORTH_AMERICAN_NUMBER = "^(\\+?1[ .-]?)?(\\(\\d{3}\\)|\\d{3})[ .-]?\\d{3}[ .-]?\\d{4}$";
    private static final String ANY_NUMBER = "^\\+?[\\d ()./-]{4,20}$";

    public String iso2Code;
    public String defaultCulture;
    public boolean isStateRequired;
    /** Empty where states are not checked. */
    public List<String> supportedStatesList;

    public List<String> supportedLanguagesList;
    public List<String> supportedCulturesList;
    public boolean isPostalCodeRequired;
    /** Absent where it is not known what a postal code looks like. */
    public String postalCodeRegex;

    public boolean isCityRequired;
    public boolean isVatIdSupported;
    /** Absent where it is not known, as is {@code taxIdSample}. */
    public String taxIdFormat;

    public String taxIdSample;
    public String phoneNumberRegex;
    public boolean isRegistrationNumberSupported;
    public boolean isTaxIdSupported;
    public String resellerAgreementRegion;
    public String geographicRegion;
    public List<String> countryCallingCodesList;
    public Attributes attributes;

    static CountryRulesView of(Country country) {
        var usa = country.code().equals("US");
        var postalCode = country.postalCodeRegex();
        var view = new CountryRulesView();
        view.iso2Code = country.code();
        view.defaultCulture = country.culture();
        view.isStateRequired = !country.states().isEmpty();
        view.supportedStatesList = country.states();
        view.supportedLanguagesList = country.languages();
        view.supportedCulturesList = country.cultures();
        view.isPostalCodeRequired = postalCode.isPresent();
        view.postalCodeRegex = postalCode.orElse(null);
        view.isCityRequired = true;
        view.isVatIdSupported = country.hasValueAddedTax();
        view.taxIdFormat = usa ? "US######" : null;
        view.taxIdSample = usa ? "US123456" : null;
        view.phoneNumberRegex = country.callingCode().equals("1") ? NORTH_AMERICAN_NUMBER : ANY_NUMBER;
        view.isRegistrationNumberSupported = country.wantsRegistrationNumber();
        view.isTaxIdSupported = usa;
        view.resellerAgreementRegion = country.continent().agreementRegion;
        view.geographicRegion = country.continent().wireName;
        view.countryCallingCodesList = List.of(country.callingCode());
        view.attributes = Attributes.of("CountryInformation");
        return view;
    }
}
