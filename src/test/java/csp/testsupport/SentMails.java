package csp.testsupport;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;

/** The mails that went out, as the sandbox shows them. */
public final class SentMails {

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private SentMails() {}

    public static List<Map<String, String>> to(String address) {
        return Sandbox.operator()
                .queryParam("to", address)
                .get("/sandbox/mailbox")
                .then()
                .statusCode(200)
                .extract()
                .path("items");
    }

    /** The first mail to the address; fails when none comes within 20 seconds. */
    public static Map<String, String> await(String address) {
        var deadline = System.nanoTime() + DEADLINE.toNanos();
        while (to(address).isEmpty()) {
            if (System.nanoTime() > deadline) {
                Assertions.fail("No mail to " + address);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(20); // between two polls
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        return to(address).get(0);
    }
}
