package csp.invitation;

import csp.partner.Partner;

/** The text of the mail to the customer: a draft that may be edited, but must keep the link (R39). */
public final class InvitationLetter {

    /** Where the link goes. */
    public static final String PLACEHOLDER = "{link}";

    private InvitationLetter() {
    }

    /** @param provider null without one */
    static String draft(Partner reseller, Partner provider) {
        return """
                Hello,

                %s would like to serve you%s. Please have a global admin of your organization open this link, sign in, and accept:

                %s

                Kind regards
                %s
                """
                .formatted(reseller.name(),
                        provider == null ? " as your reseller"
                                : " as your indirect reseller together with " + provider.name() + ", its indirect provider",
                        PLACEHOLDER, reseller.name());
    }

    static String withLink(String text, String link) {
        return text.replace(PLACEHOLDER, link);
    }
}
