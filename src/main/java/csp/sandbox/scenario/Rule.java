package csp.sandbox.scenario;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Currency;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What a text of a scenario must look like. A text without a rule is a {@link #NAME}. */
enum Rule {
    NAME(256, "", text -> true),
    NOTE(1024, "", text -> true),
    /** With line breaks and tabs; the link may stand in it many times. */
    MAIL(1_000_000, "", text -> true),
    DOMAIN(
            253,
            "a domain name such as contoso.example",
            matches("[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)+")),
    EMAIL(256, "an address such as ana@contoso.example", matches("[^@\\s]+@[^@\\s]+")),
    MPN_ID(20, "digits only", matches("[0-9]+")),
    COUNTRY(2, "a country code of two capital letters such as US", Set.of(Locale.getISOCountries())::contains),
    CURRENCY(
            3,
            "a currency code of three capital letters such as USD",
            text -> Currency.getAvailableCurrencies().stream()
                    .anyMatch(currency -> currency.getCurrencyCode().equals(text))),
    TERM(5, "a duration such as P1M, P1Y or P3Y", matches("P[1-9][0-9]{0,2}[DWMY]")),
    TOKEN(64, "a token of letters and digits", matches("[A-Za-z0-9]+")),
    OFFER_ID(128, "an offer id without spaces", matches("\\S+")),
    ORDER_ID(64, "an order id of letters, digits and hyphens", matches("[A-Za-z0-9-]+")),
    TRANSACTION_TYPE(64, "a word such as UserPurchase", matches("[A-Za-z]+")),
    ORDER_STATUS(16, "one of: completed, pending, cancelled", Set.of("completed", "pending", "cancelled")::contains),
    LINE_STATUS(8, "one of: Complete, Failed", Set.of("Complete", "Failed")::contains),
    SECRET(1024, "", text -> true),
    // A cost beyond 14 would let one document keep the service busy at every sign-in.
    HASH(60, "a bcrypt hash with a cost of 04 to 14", matches("\\$2[aby]\\$(0[4-9]|1[0-4])\\$[./A-Za-z0-9]{53}"));

    final int maximum;
    final String form;
    final Predicate<String> accepts;

    Rule(int maximum, String form, Predicate<String> accepts) {
        this.maximum = maximum;
        this.form = form;
        this.accepts = accepts;
    }

    private static Predicate<String> matches(String regex) {
        return Pattern.compile(regex).asMatchPredicate();
    }

    /** The rule of a component of a scenario record. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    @interface Is {
        Rule value();
    }

    /** Marks a component that a document cannot leave out. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    @interface Required {}

    /** Marks a secret or its hash, which no answer may repeat. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    @interface Secret {}

    boolean hasUnprintable(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (Character.isISOControl(c) && !(this == MAIL && "\r\n\t".indexOf(c) >= 0)) {
                return true;
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return true;
            }
        }
        return false;
    }
}
