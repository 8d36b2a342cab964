package csp.platform.mail;

import io.quarkus.mailer.Mail;
import io.quarkus.mailer.SentMail;
import io.quarkus.mailer.runtime.MailerSupport;
import io.quarkus.mailer.runtime.Mailers;
import io.quarkus.mailer.runtime.MailersRuntimeConfig;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.SMTPException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** The mail server that is configured as {@code quarkus.mailer.*}. */
@ApplicationScoped
class SmtpServer {

    private static final int FIRST_PERMANENT = 500;
    /** Of RFC 4954: the sign-in of the service is refused, which says nothing about the mail and is for the operator to mend. */
    private static final Set<Integer> OF_SIGNING_IN = Set.of(530, 534, 535, 538);

    private static final MailerSupport DEFAULT_ONE = new MailerSupport(true, Set.of());

    private final Vertx vertx;
    private final Supplier<Mailers> mailers;
    private final Duration limit;
    private final ConcurrentLinkedDeque<SmtpClient> idle = new ConcurrentLinkedDeque<>();

    SmtpServer(
            Vertx vertx,
            io.vertx.mutiny.core.Vertx mutinyVertx,
            MailersRuntimeConfig settings,
            LaunchMode mode,
            TlsConfigurationRegistry tls,
            Event<SentMail> sent,
            MailConfig config) {
        this.vertx = vertx;
        this.mailers = () -> new Mailers(vertx, mutinyVertx, settings, mode, DEFAULT_ONE, tls, sent);
        this.limit = config.talkLimit();
    }

    /**
     * Returns when the server has taken the mail.
     *
     * @throws MailServerException when it refused the mail, is not there, or the talk was not over at its limit; the connection
     *         is closed then
     */
    void take(Mail mail) {
        var begun = System.nanoTime();
        var rested = idle.pollFirst();
        var client = rested == null ? new SmtpClient(mailers) : rested;
        try {
            if (rested == null) {
                client.open(vertx).get(limit.toNanos(), TimeUnit.NANOSECONDS);
            }
            client.send(mail).get(limit.toNanos() - (System.nanoTime() - begun), TimeUnit.NANOSECONDS);
            idle.addFirst(client);
        } catch (ExecutionException failed) {
            client.close();
            throw refusal(failed.getCause());
        } catch (TimeoutException late) {
            client.close();
            throw new MailServerException("the mail server did not take it within " + limit, false, late);
        } catch (InterruptedException stopping) {
            client.close();
            throw new MailServerException("the service stops", false, stopping);
        }
    }

    private static MailServerException refusal(Throwable cause) {
        var permanent = cause instanceof SMTPException answer
                && answer.getReplyCode() >= FIRST_PERMANENT
                && !OF_SIGNING_IN.contains(answer.getReplyCode());
        return new MailServerException(
                cause.getMessage() == null ? cause.toString() : cause.getMessage(), permanent, cause);
    }
}
