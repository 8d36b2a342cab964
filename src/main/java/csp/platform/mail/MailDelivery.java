package csp.platform.mail;

import csp.platform.jobs.JobHandler;
import csp.platform.jobs.Retries;
import io.quarkus.logging.Log;
import io.quarkus.mailer.Mail;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Hands one mail to the mail server. */
@ApplicationScoped
class MailDelivery implements JobHandler {

    static final String KIND = "mail";
    private static final Pattern PLAIN = Pattern.compile("[\\x20-\\x7e]*");
    /** Of at most four bytes each, so that a word has no more than the 75 characters that RFC 2047 allows. */
    private static final int CHARACTERS_PER_WORD = 11;

    /** As many talks with the mail server a copy holds at a time. */
    private static final int PARALLEL = 4;

    private static final Duration WHILE_ANOTHER_TALKS = Duration.ofSeconds(2);

    private final OutgoingMailRepository mails;
    private final SmtpServer server;
    private final MailConfig config;
    private final Clock clock;

    MailDelivery(OutgoingMailRepository mails, SmtpServer server, MailConfig config, Clock clock) {
        this.mails = mails;
        this.server = server;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public int parallel() {
        return PARALLEL;
    }

    @Override
    public Retries retries() {
        return Retries.FOREVER.upTo(config.tries());
    }

    /** Nothing is locked while it talks with the mail server: docs/adr/0006-mails.md. */
    @Override
    public Optional<Instant> run(String id) {
        var mail = UUID.fromString(id);
        var claimed = QuarkusTransaction.requiringNew().call(() -> mails.claim(mail, config.talkLimit()));
        if (claimed.isEmpty()) {
            return mails.isWaiting(mail) ? Optional.of(clock.instant().plus(WHILE_ANOTHER_TALKS)) : Optional.empty();
        }
        try {
            talkAbout(claimed.get());
            note(mail, taken -> taken.sent(clock.instant()));
        } catch (MailServerException refused) {
            if (!refused.isPermanent()) {
                note(mail, OutgoingMail::goOnWaiting);
                throw refused;
            }
            Log.warnf("Mail %s is refused for good: %s", id, refused.getMessage());
            note(mail, never -> never.failed(refused.getMessage(), clock.instant()));
        }
        return Optional.empty();
    }

    @Override
    public void givenUp(String id, String reason) {
        mails.lock(UUID.fromString(id)).ifPresent(mail -> mail.failed("given up: " + reason, clock.instant()));
    }

    private void talkAbout(OutgoingMail mail) {
        server.take(Mail.withText(mail.recipient, encoded(mail.subject), mail.textBody)
                .setHtml(mail.htmlBody)
                .addHeader("Message-ID", "<" + mail.id + "@csp-transfer-service>"));
    }

    private void note(UUID id, Consumer<OutgoingMail> outcome) {
        QuarkusTransaction.requiringNew().run(() -> mails.lock(id).ifPresent(outcome));
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
