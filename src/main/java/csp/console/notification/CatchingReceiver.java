package csp.console.notification;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;

/**
 * Remembers the last notifications that were sent to the console itself, in the memory of this copy: what became of each is in the
 * database already, this only shows what a receiver gets.
 */
@ApplicationScoped
class CatchingReceiver {

    private static final int MOST = 200;
    private static final String SIGNATURE = "Signature ";

    private final Clock clock;
    private final Deque<CaughtNotification> caught = new ArrayDeque<>();

    CatchingReceiver(Clock clock) {
        this.clock = clock;
    }

    /**
     * @param signature as in the header; null when it was not sent
     * @param certificate as this service publishes it; null when the notification names none of this service
     */
    void take(String partner, byte[] body, String signature, byte[] certificate) {
        var problem = problem(body, signature, certificate);
        var text = new String(body, StandardCharsets.UTF_8);
        remember(new CaughtNotification(clock.instant(), partner, event(text), text, problem == null, problem));
    }

    private synchronized void remember(CaughtNotification notification) {
        caught.addFirst(notification);
        while (caught.size() > MOST) {
            caught.removeLast();
        }
    }

    /** Newest first. */
    synchronized List<CaughtNotification> of(String partner) {
        return caught.stream()
                .filter(notification -> notification.partner().equals(partner))
                .toList();
    }

    private static String event(String body) {
        try {
            return new JsonMapper().readTree(body).path("EventName").asText("?");
        } catch (JsonProcessingException e) {
            return "?";
        }
    }

    private static String problem(byte[] body, String signature, byte[] certificate) {
        if (signature == null || !signature.startsWith(SIGNATURE)) {
            return "there is no signature";
        }
        if (certificate == null) {
            return "the certificate is not of this service";
        }
        try {
            var x509 = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate));
            var verifier = Signature.getInstance("SHA256withRSA");
            verifier.initVerify(x509);
            verifier.update(body);
            var signed = Base64.getDecoder().decode(signature.substring(SIGNATURE.length()));
            return verifier.verify(signed) ? null : "the signature is not that of the body";
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return "the signature cannot be read";
        }
    }
}
