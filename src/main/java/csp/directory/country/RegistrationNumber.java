package csp.directory.country;

import java.util.Locale;
import java.util.regex.Pattern;

/** What the company registration numbers of a country look like, separators aside. */
record RegistrationNumber(Pattern form) {

    private static final Pattern SEPARATORS = Pattern.compile("[ ./-]");

    boolean accepts(String number) {
        return form.matcher(SEPARATORS.matcher(number).replaceAll("").toUpperCase(Locale.ROOT))
                .matches();
    }
}
