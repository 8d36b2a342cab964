package csp.mail;

import java.time.Clock;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import csp.jobs.JobHandler;
import io.quarkus.mailer.Mail;
import io.quarkus.mailer.Mailer;

/** Hands one mail to the mail server. */
@ApplicationScoped
class MailDelivery implements JobHandler {

    static final String KIND = "mail";

    private final OutgoingMailRepository mails;
    private final Mailer mailer;
    private final Clock clock;

    MailDelivery(OutgoingMailRepository mails, Mailer mailer, Clock clock) {
        this.mails = mails;
        this.mailer = mailer;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** The lock lasts over the sending: docs/adr/0007-mails.md. */
    @Override
    public void run(String id) {
        mails.lock(UUID.fromString(id)).filter(mail -> mail.status == MailStatus.WAITING).ifPresent(mail -> {
            mailer.send(Mail.withText(mail.recipient, mail.subject, mail.textBody).setHtml(mail.htmlBody)
                    .addHeader("Message-ID", "<" + mail.id + "@csp-transfer-service>"));
            mail.status = MailStatus.SENT;
            mail.sent = clock.instant();
        });
    }
}
