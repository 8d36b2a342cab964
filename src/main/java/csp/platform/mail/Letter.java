package csp.platform.mail;

import java.util.Map;

/**
 * What to write to whom.
 *
 * @param to one address
 * @param template the name of {@code templates/mail/<template>.txt} and {@code .html}; the first line of the text is the
 *        subject
 * @param data what the templates name; each is read now, not when the mail is delivered
 */
public record Letter(String to, String template, Map<String, Object> data) {}
