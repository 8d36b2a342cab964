package csp.platform.mail;

import io.quarkus.mailer.Mail;
import io.quarkus.mailer.runtime.Mailers;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A mail client of the framework with one connection, which can be closed in the middle of a talk: the client itself only closes
 * connections that are not in use. What a verticle opened is closed with it, whatever goes on. As a verticle it also holds its
 * talks on one event loop; begun on a thread of another kind, a talk may miss the greeting of the server.
 */
class SmtpClient extends AbstractVerticle {

    private final Supplier<Mailers> factory;
    private Mailers mailers;

    /** @param factory called on the event loop of this client */
    SmtpClient(Supplier<Mailers> factory) {
        this.factory = factory;
    }

    /** Is done when it can be used. It has no connection yet. */
    CompletableFuture<String> open(Vertx vertx) {
        return vertx.deployVerticle(this).toCompletionStage().toCompletableFuture();
    }

    @Override
    public void start() {
        mailers = factory.get();
    }

    /** Is done when the server has taken the mail, and fails when it refused it or cannot be talked to. */
    CompletableFuture<Void> send(Mail mail) {
        var taken = new CompletableFuture<Void>();
        context.runOnContext(ignored -> mailers.reactiveMailerFromName(Mailers.DEFAULT_MAILER_NAME)
                .send(mail)
                .subscribe()
                .with(taken::complete, taken::completeExceptionally));
        return taken;
    }

    /** Closes the connection, also in the middle of a talk. */
    void close() {
        if (context != null) { // else it was never opened
            vertx.undeploy(deploymentID());
        }
    }

    @Override
    public void stop() {
        mailers.stop();
    }
}
