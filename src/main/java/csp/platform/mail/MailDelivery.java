package csp.platform.mail;

import csp.platform.jobs.JobHandler;
import io.quarkus.mailer.Mail;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.regex.Pattern;

/** Hands one mail to the mail server. */
@ApplicationScoped
class MailDelivery implements JobHandler {

    static final String KIND = "mail";
    private static final Pattern PLAIN = Pattern.compile("[\\x20-\\x7e]*");
    /** Of at most four bytes each, so that a word has no more than the 75 characters that RFC 2047 allows. */
    private static final int CHARACTERS_PER_WORD = 11;

    private final OutgoingMailRepository mails;
    private final SmtpServer server;
    private final Clock clock;

    MailDelivery(OutgoingMailRepository mails, SmtpServer server, Clock clock) {
        this.mails = mails;
        this.server = server;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** The lock lasts over the sending: docs/adr/0006-mails.md. */
    @Transactional
    @Override
    public Optional<Instant> run(String id) {
        mails.lock(UUID.fromString(id))
                .filter(mail -> mail.status == MailStatus.WAITING)
                .ifPresent(mail -> {
                    server.take(Mail.withText(mail.recipient, encoded(mail.subject), mail.textBody)
                            .setHtml(mail.htmlBody)
                            .addHeader("Message-ID", "<" + mail.id + "@csp-transfer-service>"));
                    mail.status = MailStatus.SENT;
                    mail.sent = clock.instant();
                });
        return Optional.empty();
    }

    /**
     * As words of RFC 2047 unless it is plain: the mail client of the framework takes characters apart that Java needs two for.
     */
    private static String encoded(String subject) {
        if (PLAIN.matcher(subject).matches()) {
            return subject;
        }
        var words = new StringJoiner("?= =?UTF-8?B?", "=?UTF-8?B?", "?=");
        var characters = subject.codePoints().toArray();
        for (var start = 0; start < characters.length; start += CHARACTERS_PER_WORD) {
            var word = new String(characters, start, Math.min(CHARACTERS_PER_WORD, characters.length - start));
            words.add(Base64.getEncoder().encodeToString(word.getBytes(StandardCharsets.UTF_8)));
        }
        return words.toString();
    }
}
