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

/** A real SMTP server on the loopback. The service that is tested sends its mails to it. */
public final class MailServer implements QuarkusTestResourceLifecycleManager {

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final List<String> ids = new CopyOnWriteArrayList<>();
    private int port;
    private MessageDeliveryHandler delivery;

    @Override
    public Map<String, String> start() {
        server.start();
        port = server.getSmtp().getPort();
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
                Integer.toString(port),
                "quarkus.mailer.mock",
                "false");
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

    /** Ends {@link #refuse}. */
    public void takeAgain() {
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
        server.stop();
    }
}
