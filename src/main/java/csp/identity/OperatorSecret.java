package csp.identity;

import csp.shared.config.CspConfig;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What the operator of the sandbox signs in with (design §5). The well-known {@code sandbox} serves the demo world and whoever
 * is on the same machine; where others can reach a sandbox with other data, only a secret of its own does.
 */
@ApplicationScoped
class OperatorSecret {

    private static final String WELL_KNOWN = "sandbox";
    private static final int RANDOM_BYTES = 24;

    private final byte[] secret;
    private final boolean announced;

    OperatorSecret(CspConfig config, @ConfigProperty(name = "quarkus.http.host") String host) {
        var isWellKnown = config.scenario().equals("demo") || isLoopback(host);
        announced = config.sandbox() && config.sandboxOperatorSecret().isEmpty() && !isWellKnown;
        secret = config.sandboxOperatorSecret()
                .orElseGet(() -> isWellKnown ? WELL_KNOWN : random())
                .getBytes(StandardCharsets.UTF_8);
    }

    void announce(@Observes StartupEvent event) {
        if (announced) {
            Log.warnf(
                    "The sandbox can be reached from other machines, so its operator has no well-known secret. Until the next start it"
                            + " is %s; set one with csp.sandbox-operator-secret.",
                    new String(secret, StandardCharsets.UTF_8));
        }
    }

    /** Compared in constant time. */
    boolean is(String presented) {
        return MessageDigest.isEqual(presented.getBytes(StandardCharsets.UTF_8), secret);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static String random() {
        var bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
