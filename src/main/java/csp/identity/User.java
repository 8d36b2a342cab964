package csp.identity;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A person who may sign in.
 *
 * @param tenantId the partner or customer the person belongs to
 * @param ofCustomer whether that tenant is a customer
 * @param leftDirectBill whether that tenant is a partner that gave up direct-bill (lifecycle.md R16)
 * @param withMfa whether it signs in with a second factor
 * @param roles wire names
 */
record User(
        UUID objectId,
        UUID tenantId,
        boolean ofCustomer,
        boolean leftDirectBill,
        String userPrincipalName,
        boolean withMfa,
        List<String> roles) {

    private static final Pattern BETWEEN_NAMES = Pattern.compile("[._-]");

    /** The part before the at sign up to its first dot, or all of it. */
    String givenName() {
        return capitalised(BETWEEN_NAMES.split(localPart(), 2)[0]);
    }

    /** The rest of the part before the at sign; without one, the company's name as its domain has it. */
    String familyName() {
        var words = BETWEEN_NAMES.split(localPart(), 2);
        var rest = words.length == 2
                ? words[1]
                : userPrincipalName.substring(userPrincipalName.indexOf('@') + 1)
                        .split("\\.")[0];
        return Stream.of(BETWEEN_NAMES.split(rest)).map(User::capitalised).collect(Collectors.joining(" "));
    }

    private String localPart() {
        return userPrincipalName.split("@", 2)[0];
    }

    private static String capitalised(String word) {
        return word.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
