package csp.benchmark;

import java.util.regex.Pattern;

/**
 * Who calls, as values of the header Authorization.
 *
 * @param source Contoso's application
 * @param target Fabrikam's
 */
record Tokens(String source, String target) {

    private static final int ATTEMPTS = 20;
    private static final Pattern TOKEN = Pattern.compile("\"access_token\":\"([^\"]+)\"");

    static Tokens of(LoadGenerator generator, int port) {
        return new Tokens(bearer(generator, port, request()), bearer(generator, port, request("fabrikam", 2)));
    }

    /** A token for Contoso's application. */
    static Call request() {
        return request("contoso", 1);
    }

    private static Call request(String partner, int number) {
        return Call.form(
                "/" + partner + ".example/oauth2/v2.0/token",
                "grant_type=client_credentials&client_id=e0000000-0000-4000-8000-00000000000" + number
                        + "&client_secret=" + partner
                        + "-secret&scope=https%3A%2F%2Fapi.partnercenter.microsoft.com%2F.default");
    }

    /** Asked for again where the answer has none: a server that has just started was seen to answer without a body once. */
    private static String bearer(LoadGenerator generator, int port, Call request) {
        for (var attempt = 1; attempt <= ATTEMPTS; attempt++) {
            var token = TOKEN.matcher(generator.answer(port, request));
            if (token.find()) {
                return "Bearer " + token.group(1);
            }
        }
        throw new IllegalStateException("No token from " + request.path());
    }
}
