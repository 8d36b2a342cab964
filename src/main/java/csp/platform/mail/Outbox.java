package csp.platform.mail;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import csp.platform.jobs.Jobs;
import csp.shared.mail.MailAddress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where mails are put: written in the transaction that causes them, delivered in the background. */
@ApplicationScoped
public class Outbox {

    /** The value of {@code quarkus.mailer.host} that stands for no mail server. */
    private static final String NO_SERVER = "none";

    private final OutgoingMailRepository mails;
    private final MailTemplates templates;
    private final Jobs jobs;
    private final Clock clock;
    private final boolean hasServer;

    Outbox(
            OutgoingMailRepository mails,
            MailTemplates templates,
            Jobs jobs,
            Clock clock,
            @ConfigProperty(name = "quarkus.mailer.host") String server) {
        this.mails = mails;
        this.templates = templates;
        this.jobs = jobs;
        this.clock = clock;
        this.hasServer = !server.equals(NO_SERVER);
    }

    /**
     * Sends a letter if the caller's transaction commits; what it says is what is true now. Without a mail server it is in the
     * mailbox of the sandbox as soon as that. A recipient that is no mail address, stored before those were refused, fails nothing:
     * the mail is kept and never sent.
     *
     * @throws IllegalArgumentException for a template that does not exist
     */
    @Transactional(MANDATORY)
    public void send(Letter letter) {
        var rendered = templates.render(letter);
        var mail = new OutgoingMail();
        mail.id = UUID.randomUUID();
        mail.recipient = letter.to();
        mail.subject = rendered.subject();
        mail.textBody = rendered.text();
        mail.htmlBody = rendered.html();
        mail.created = clock.instant();
        mail.status = MailStatus.WAITING;
        if (!MailAddress.isOne(letter.to())) {
            mail.status = MailStatus.UNDELIVERABLE;
        } else if (!hasServer) {
            mail.status = MailStatus.KEPT;
            mail.sent = mail.created;
        }
        mails.persist(mail);
        if (mail.status == MailStatus.WAITING) {
            jobs.schedule(MailDelivery.KIND, mail.id.toString(), mail.created);
        }
    }
}
