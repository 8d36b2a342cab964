package csp.platform.mail;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;

/** A mail and what became of it. */
@Entity
class OutgoingMail {

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");
    private static final int LONGEST_REASON = 500;

    @Id
    UUID id;

    String recipient;
    String subject;
    String textBody;
    String htmlBody;

    @Enumerated(EnumType.STRING)
    MailStatus status;

    Instant created;
    Instant sent;
    /** By the clock of the database: until then a copy talks with the mail server about it, or died while it did. */
    Instant talkUntil;

    Instant failed;
    /** What the mail server said, or what else there was; with {@link #failed}. */
    String failure;

    /** The mail server has it. */
    void sent(Instant now) {
        if (status == MailStatus.WAITING) {
            status = MailStatus.SENT;
            sent = now;
            talkUntil = null;
        }
    }

    /** The mail server does not have it yet. */
    void goOnWaiting() {
        talkUntil = null;
    }

    /** It never will be sent. */
    void failed(String reason, Instant now) {
        if (status == MailStatus.WAITING) {
            status = MailStatus.FAILED;
            failure = oneLine(reason);
            failed = now;
            talkUntil = null;
        }
    }

    private static String oneLine(String reason) {
        var line = CONTROL.matcher(reason).replaceAll(" ").strip();
        return line.codePointCount(0, line.length()) <= LONGEST_REASON
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST_REASON - 1)) + "…";
    }
}
