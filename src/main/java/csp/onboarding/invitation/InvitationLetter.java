package csp.onboarding.invitation;

import csp.directory.partner.Partner;
import java.util.Optional;
import java.util.regex.Pattern;

/** The text of the mail to the customer: a draft that may be edited, but must keep the link (R39). */
public final class InvitationLetter {

    /** Where the link goes. */
    public static final String PLACEHOLDER = "{link}";

    private static final Pattern TOKEN = Pattern.compile("/portal/v1/customerInvitations/([0-9a-f]+)\\?");

    private InvitationLetter() {}

    /** @param provider null without one */
    static String draft(Partner reseller, Partner provider) {
        return """
                Hello,

                %s would like to serve you%s. Please have a global admin of your organization open this link, sign in, and accept:

                %s

                Kind regards
                %s
                """.formatted(
                reseller.name(),
                provider == null
                        ? " as your reseller"
                        : " as your indirect reseller together with " + provider.name() + ", its indirect provider",
                PLACEHOLDER,
                reseller.name());
    }

    /** Whether the text may go out: it keeps the place of the link, or a link (R39). */
    public static boolean keepsLink(String text) {
        return hasPlaceholder(text) || tokenIn(text).isPresent();
    }

    static boolean hasPlaceholder(String text) {
        return text.contains(PLACEHOLDER);
    }

    /** The token of the first link in the text. */
    static Optional<String> tokenIn(String text) {
        return TOKEN.matcher(text).results().map(found -> found.group(1)).findFirst();
    }

    static String withLink(String text, String link) {
        return text.replace(PLACEHOLDER, link);
    }
}
