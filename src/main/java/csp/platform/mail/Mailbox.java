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

    /**
     * A mail that has come to an end.
     *
     * @param sentAt when the mail server took it, or when it was written, if there is no mail server; null when it failed
     * @param failedAt when it was refused for good or given up; null when it was sent
     * @param failure why; null when it was sent
     */
    public record EndedMail(
            String to, String subject, String text, String html, Instant sentAt, Instant failedAt, String failure) {}

    /**
     * The mails that were sent, and those that never will be, in the order of that.
     *
     * @param recipient whose mails, compared ignoring case; null for everybody's
     */
    @Transactional
    public List<EndedMail> endedTo(String recipient) {
        if (recipient != null && recipient.indexOf('\0') >= 0) {
            return List.of(); // the database holds no such text
        }
        var found = recipient == null ? mails.ended() : mails.endedTo(recipient);
        return found.stream()
                .map(mail -> new EndedMail(
                        mail.recipient,
                        mail.subject,
                        mail.textBody,
                        mail.htmlBody,
                        mail.sent,
                        mail.failed,
                        mail.failure))
                .toList();
    }
}
