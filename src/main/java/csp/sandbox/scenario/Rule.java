package csp.sandbox.scenario;

import static java.util.Locale.ROOT;

import csp.commerce.agreement.AgreementType;
import csp.commerce.subscription.BillingCycle;
import csp.platform.webhook.CallbackUrl;
import csp.platform.webhook.WebhookEvent;
import csp.shared.id.Guid;
import csp.shared.mail.MailAddress;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a text of a scenario must look like. Properties of one name follow one rule; those without one are a {@link #NAME}. */
enum Rule {
    NAME(256, "", text -> true),
    NOTE(1024, "", text -> true, "transferError"),
    /** Empty in records of old (new-commerce-transfers.md §3). */
    ADDRESS_OF_OLD(1024, "", text -> true, "customerEmailId"),
    /** Whatever the target wrote there. */
    ANY_TEXT(1024, "", text -> true, "targetPartnerEmailId"),
    /** With line breaks and tabs; the link may stand in it many times. */
    MAIL(1_000_000, "", text -> true, "mailText"),
    URL(
            CallbackUrl.LONGEST,
            "an absolute URL such as https://storefront.example/events, without user information and fragment",
            CallbackUrl::isOne,
            "url"),
    /** JSON text of a notification. */
    BODY(8192, "", text -> true, "body"),
    EVENT(WebhookEvent.wireNames(), "eventName"),
    DOMAIN(
            253,
            "a domain name such as contoso.example",
            matches("[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)+"),
            "domain"),
    EMAIL(
            MailAddress.LONGEST,
            "an address such as ana@contoso.example",
            MailAddress::isOne,
            "email",
            "customerEmail",
            "programAccountEmail"),
    USER_PRINCIPAL_NAME(256, "a name such as ana@contoso.example", matches("[^@\\s]+@[^@\\s]+"), "userPrincipalName"),
    MPN_ID(20, "digits only", matches("[0-9]+"), "mpnId", "partnerIdOnRecord", "partnerOnRecord"),
    COUNTRY(
            2,
            "a country code of two capital letters such as US",
            Set.of(Locale.getISOCountries())::contains,
            "country"),
    CURRENCY(
            3,
            "a currency code of three capital letters such as USD",
            text -> Currency.getAvailableCurrencies().stream()
                    .anyMatch(currency -> currency.getCurrencyCode().equals(text)),
            "currency",
            "currencyCode"),
    TERM(5, "a duration such as P1M, P1Y or P3Y", matches("P[1-9][0-9]{0,2}[DWMY]"), "termDuration"),
    TOKEN(64, "a token of letters and digits", matches("[A-Za-z0-9]+"), "token"),
    OFFER_ID(128, "an offer id without spaces", matches("\\S+"), "offerId", "equivalentTo"),
    ORDER_ID(64, "an order id of letters, digits and hyphens", matches("[A-Za-z0-9-]+"), "id", "orderId"),
    TRANSACTION_TYPE(64, "a word such as UserPurchase", matches("[A-Za-z]+"), "transactionType"),
    ORDER_STATUS(List.of("completed", "pending", "cancelled"), "status"),
    BILLING_CYCLE(Stream.of(BillingCycle.values()).map(BillingCycle::wireName).toList(), "billingCycle"),
    AGREEMENT_TYPE(Stream.of(AgreementType.values()).map(type -> type.wireName).toList(), "type"),
    /** Whether Microsoft has checked the company (storefront.md §6), spelled as there. */
    VETTING_STATUS(List.of("none", "pending", "authorized", "rejected"), "vettingStatus"),
    /** What the check of the company stands at, spelled as there. */
    VETTING_SUB_STATUS(
            List.of(
                    "none",
                    "entry",
                    "email_ownership",
                    "email_domain",
                    "employment_verification",
                    "decision",
                    "other",
                    "business_verification"),
            "vettingSubStatus"),
    TIME(64, ScenarioJson.TIME, text -> ScenarioJson.time(text) != null, "changed"),
    SECRET(1024, "", text -> true, "password", "clientSecret"),
    // A cost beyond 14 would let one document keep the service busy at every sign-in.
    HASH(
            60,
            "a bcrypt hash with a cost of 04 to 14",
            matches("\\$2[aby]\\$(0[4-9]|1[0-4])\\$[./A-Za-z0-9]{53}"),
            "passwordHash",
            "clientSecretHash");

    /** A text that may have no more characters is a code: its form says more than its length. */
    private static final int CODE_LENGTH = 16;

    private final int maximum;
    private final String form;
    private final Predicate<String> accepts;
    private final Set<String> names;

    Rule(int maximum, String form, Predicate<String> accepts, String... names) {
        this.maximum = maximum;
        this.form = form;
        this.accepts = accepts;
        this.names = Set.of(names);
    }

    Rule(List<String> choices, String name) {
        this(Integer.MAX_VALUE, "one of: " + String.join(", ", choices), choices::contains, name);
    }

    static Rule of(String name) {
        return Stream.of(values())
                .filter(rule -> rule.names.contains(name))
                .findFirst()
                .orElse(NAME);
    }

    /** No answer may repeat it, nor its hash. */
    boolean isSecret() {
        return this == SECRET || this == HASH;
    }

    /** Error 800002, naming path and value, for a text that breaks the rule. */
    void check(At at, String text) {
        var shown = isSecret() ? "the one given" : ScenarioJson.echo(text);
        if (text.isBlank() && this != ADDRESS_OF_OLD) {
            throw ScenarioJson.refusal("%s: must not be empty, leave it out instead.", at);
        }
        if (hasUnprintable(text)) {
            throw ScenarioJson.refusal(
                    "%s: must not hold control characters or broken characters, as in %s.", at, shown);
        }
        var tooLong = text.length() > maximum;
        if (tooLong && maximum > CODE_LENGTH) {
            throw ScenarioJson.refusal(
                    "%s: must have at most %d characters, not %d as in %s.", at, maximum, text.length(), shown);
        }
        if (tooLong || !accepts.test(text)) {
            throw ScenarioJson.refusal("%s: must be %s, not %s.", at, form, shown);
        }
    }

    /** The one spelling of an allowed text. Ids of offers that are GUIDs are upper case everywhere (transfers.md Q2). */
    String canonical(String text) {
        return switch (this) {
            case OFFER_ID -> Guid.read(text).isPresent() ? text.toUpperCase(ROOT) : text;
            case ORDER_ID -> Guid.read(text).isPresent() ? text.toLowerCase(ROOT) : text;
            case TIME -> ScenarioJson.time(text);
            default -> text;
        };
    }

    private static Predicate<String> matches(String regex) {
        return Pattern.compile(regex).asMatchPredicate();
    }

    /** Halves of characters too. */
    private boolean hasUnprintable(String text) {
        return text.codePoints()
                .anyMatch(c -> Character.getType(c) == Character.SURROGATE
                        || Character.isISOControl(c) && !(this == MAIL && "\r\n\t".indexOf(c) >= 0));
    }
}
