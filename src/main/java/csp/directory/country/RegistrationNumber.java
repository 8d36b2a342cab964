package csp.directory.country;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The company registration numbers of the countries where a new customer must name one (storefront.md §1.3). */
final class RegistrationNumber {

    private static final Pattern SEPARATORS = Pattern.compile("[ ./-]");
    /** Without separators, in capital letters. The forms are our reading of each country's register; the contract has none. */
    private static final Map<String, Pattern> FORMS = Map.ofEntries(
            form("AE", "\\d{15}|[A-Z0-9]{4,12}"),
            form("AM", "\\d{8}"),
            form("AZ", "\\d{10}"),
            form("BR", "\\d{11}|\\d{14}"),
            form("BY", "\\d{9}"),
            form("HU", "\\d{8}|\\d{10,11}"),
            form("IN", "[A-Z0-9]{10}|[A-Z0-9]{15}|[A-Z0-9]{21}"),
            form("KG", "\\d{14}"),
            form("KZ", "\\d{12}"),
            form("MD", "\\d{13}"),
            form("MM", "\\d{9}|[A-Z0-9]{5,20}"),
            form("PL", "\\d{9,10}"),
            form("RU", "\\d{10}|\\d{12}"),
            form("SA", "\\d{10}|\\d{15}"),
            form("TH", "\\d{13}"),
            form("TJ", "\\d{9}"),
            form("TR", "\\d{10,11}"),
            form("UA", "\\d{8}|\\d{10}|\\d{12}"),
            form("UZ", "\\d{9}"),
            form("VN", "\\d{10}|\\d{13}"),
            form("ZA", "\\d{12}|[A-Z]{2}\\d{6,8}"));

    private RegistrationNumber() {}

    static boolean isWantedIn(String country) {
        return FORMS.containsKey(country);
    }

    static boolean isValid(String country, String number) {
        var form = FORMS.get(country);
        return form != null
                && form.matcher(SEPARATORS.matcher(number).replaceAll("").toUpperCase(Locale.ROOT))
                        .matches();
    }

    private static Map.Entry<String, Pattern> form(String country, String regex) {
        return Map.entry(country, Pattern.compile(regex));
    }
}
