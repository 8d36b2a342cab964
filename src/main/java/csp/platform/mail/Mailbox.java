package csp.platform.mail;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;

/** The mails that went out, for the sandbox. */
@ApplicationScoped
public class Mailbox {

    private final OutgoingMailRepository mails;

    Mailbox(OutgoingMailRepository mails) {
        this.mails = mails;
    }

    /** A mail that the mail server has taken, or that was only kept because there is none. */
    public record SentMail(String to, String subject, String text, String html, Instant sentAt) {}

    /**
     * In the order of sending.
     *
     * @param recipient whose mails, compared ignoring case; null for everybody's
     */
    @Transactional
    public List<SentMail> sentTo(String recipient) {
        if (recipient != null && recipient.indexOf('\0') >= 0) {
            return List.of(); // the database holds no such text
        }
        var found = recipient == null ? mails.sent() : mails.sentTo(recipient);
        return found.stream()
                .map(mail -> new SentMail(mail.recipient, mail.subject, mail.textBody, mail.htmlBody, mail.sent))
                .toList();
    }
}
