package csp.testsupport;

import com.icegreen.greenmail.user.MessageDeliveryHandler;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assertions;

/** A real SMTP server on the loopback. The service that is tested sends its mails to it. */
public final class MailServer implements QuarkusTestResourceLifecycleManager {

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final List<String> ids = new CopyOnWriteArrayList<>();
    private SmtpFront front;
    private MessageDeliveryHandler delivery;

    @Override
    public Map<String, String> start() {
        server.start();
        front = new SmtpFront(server.getSmtp().getPort());
        var users = server.getUserManager();
        delivery = users.getMessageDeliveryHandler();
        users.setMessageDeliveryHandler((mail, address) -> {
            ids.add(mail.getMessage().getMessageID());
            return delivery.handle(mail, address);
        });
        return settings();
    }

    /** What makes the service use this server. */
    public Map<String, String> settings() {
        return Map.of(
                "quarkus.mailer.host",
                "127.0.0.1",
                "quarkus.mailer.port",
                Integer.toString(front.port()),
                "quarkus.mailer.mock",
                "false",
                "csp.mail.talk-limit",
                "5s",
                "csp.mail.tries",
                "4");
    }

    /** The Message-ID of every mail that it took, repeats too. */
    public List<String> takenIds() {
        return List.copyOf(ids);
    }

    /** The mails to {@code recipient}, in the order of their arrival. */
    public List<MimeMessage> mailsTo(String recipient) {
        return List.of(server.getReceivedMessages()).stream()
                .filter(mail -> recipients(mail).contains(recipient))
                .toList();
    }

    /** Answers 451 to every mail until {@link #takeAgain}. */
    public void refuse() {
        server.getUserManager().setMessageDeliveryHandler((mail, address) -> {
            throw new MessagingException("refused by the test");
        });
    }

    /** Talks for ever and takes nothing, until {@link #takeAgain}. */
    public void beSlow() {
        front.beSlow();
    }

    /** How many talks there were since {@link #beSlow}. */
    public int slowTalks() {
        return front.slowTalks();
    }

    /** Waits until the service has closed them all. */
    public void awaitEndOfSlowTalks() {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (front.slowTalksAtATime() > 0) {
            Assertions.assertTrue(System.nanoTime() < deadline, "a talk goes on");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5)); // between two looks
        }
    }

    /** Answers 550 to every recipient until {@link #takeAgain}. */
    public void knowNobody() {
        front.knowNobody();
    }

    /** Ends {@link #refuse}, {@link #beSlow} and {@link #knowNobody}, for new connections. */
    public void takeAgain() {
        front.handThrough();
        server.getUserManager().setMessageDeliveryHandler(delivery);
    }

    private static String recipients(MimeMessage mail) {
        try {
            return mail.getHeader("To", ",");
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(MailServer.class));
    }

    @Override
    public void stop() {
        front.stop();
        server.stop();
    }
}
