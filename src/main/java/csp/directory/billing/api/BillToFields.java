package csp.directory.billing.api;

import static java.util.Locale.ROOT;

import csp.directory.billing.BillTo;
import csp.directory.country.Country;
import csp.shared.error.Quoted;
import csp.shared.http.JsonFields;
import java.util.regex.Pattern;

/** Reads a billing profile in a body (storefront.md §1.1): what it must have depends on the country of its address. */
public final class BillToFields {

    private static final int LONGEST_NAME = 50;
    private static final int LONGEST_LINE = 200;
    private static final int LONGEST_STATE = 2;
    private static final int LONGEST_CODE = 20;
    private static final int LONGEST_PHONE = 50;
    private static final int LONGEST_TEXT = 256;
    private static final Pattern CULTURE = Pattern.compile("([A-Za-z]{2,3})-([A-Za-z]{2})");
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*");

    private BillToFields() {}

    /**
     * Required are e-mail, culture, language, company name and the address with country, city and first line, and where the
     * country has them state and postal code. Error 800002, naming the field.
     */
    public static BillTo read(JsonFields profile) {
        var culture = CULTURE.matcher(matching(profile, "culture", CULTURE, "language and region such as en-US"));
        culture.matches();
        return new BillTo(
                profile.textUnlessBlank("firstName", LONGEST_NAME).orElse(null),
                profile.textUnlessBlank("lastName", LONGEST_NAME).orElse(null),
                profile.requiredEmail("email"),
                culture.group(1).toLowerCase(ROOT) + "-" + culture.group(2).toUpperCase(ROOT),
                matching(profile, "language", LANGUAGE, "a language such as en"),
                profile.requiredText("companyName", LONGEST_TEXT),
                address(profile.object("defaultAddress").orElseThrow(() -> profile.missing("defaultAddress"))));
    }

    private static BillTo.Address address(JsonFields address) {
        var sent = address.requiredText("country", LONGEST_STATE);
        var country = Country.of(sent)
                .orElseThrow(() ->
                        address.refusal("country", "must be a country code such as US but is " + Quoted.text(sent)));
        var state = address.textUnlessBlank("state", LONGEST_STATE).orElse(null);
        if (!country.hasState(state)) {
            throw state == null
                    ? address.missing("state")
                    : address.refusal(
                            "state", "must be a state of " + country.code() + " but is " + Quoted.text(state));
        }
        var postalCode = address.textUnlessBlank("postalCode", LONGEST_CODE).orElse(null);
        if (!country.hasPostalCode(postalCode)) {
            throw postalCode == null
                    ? address.missing("postalCode")
                    : address.refusal(
                            "postalCode",
                            "must be a postal code of " + country.code() + " but is " + Quoted.text(postalCode));
        }
        return new BillTo.Address(
                address.requiredText("addressLine1", LONGEST_LINE),
                address.textUnlessBlank("addressLine2", LONGEST_LINE).orElse(null),
                address.requiredText("city", LONGEST_LINE),
                state,
                postalCode,
                country.code(),
                address.textUnlessBlank("region", LONGEST_TEXT).orElse(null),
                address.textUnlessBlank("firstName", LONGEST_NAME).orElse(null),
                address.textUnlessBlank("lastName", LONGEST_NAME).orElse(null),
                address.textUnlessBlank("phoneNumber", LONGEST_PHONE).orElse(null));
    }

    private static String matching(JsonFields fields, String name, Pattern form, String meaning) {
        var text = fields.requiredText(name, LONGEST_TEXT);
        if (!form.matcher(text).matches()) {
            throw fields.refusal(name, "must be " + meaning + " but is " + Quoted.text(text));
        }
        return text;
    }
}
