package csp.platform.mail;

import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** The mail server that is configured as {@code quarkus.mailer.*}. */
@ApplicationScoped
class SmtpServer {

    /** Shorter than the transaction that holds the mail meanwhile. */
    private static final long SECONDS_PER_MAIL = 20;

    private final ReactiveMailer mailer;
    private final Context eventLoop;

    SmtpServer(ReactiveMailer mailer, Vertx vertx) {
        this.mailer = mailer;
        this.eventLoop = vertx.getOrCreateContext(); // on the thread of a job, which has none: a new one
    }

    /**
     * Returns when the server has taken the mail. The whole conversation is held on one event loop: begun on a thread
     * of another kind, it may miss the greeting of the server, and then waits for it in vain.
     *
     * @throws CompletionException when it refused the mail, does not answer, or is not there
     */
    void take(Mail mail) {
        var taken = new CompletableFuture<Void>();
        eventLoop.runOnContext(
                ignored -> mailer.send(mail).subscribe().with(taken::complete, taken::completeExceptionally));
        taken.orTimeout(SECONDS_PER_MAIL, TimeUnit.SECONDS).join();
    }
}
