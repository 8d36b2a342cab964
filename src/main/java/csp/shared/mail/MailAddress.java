package csp.shared.mail;

import java.util.regex.Pattern;

/**
 * What a mail can be sent to: an address of RFC 5321 in ASCII, with neither a quoted local part nor an address literal. No more:
 * nothing in it can end it, or the header or command it stands in.
 */
public final class MailAddress {

    /** In characters, of which the local part has at most 64 and each label of the domain 63. */
    public static final int LONGEST = 254;

    private static final String LOCAL_PART = "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}";
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final Pattern FORM = Pattern.compile(LOCAL_PART + "@" + LABEL + "(?:\\." + LABEL + ")*");

    private MailAddress() {}

    /** Whether {@code text} is one address, and nothing else. */
    public static boolean isOne(String text) {
        return text.length() <= LONGEST && FORM.matcher(text).matches();
    }
}
