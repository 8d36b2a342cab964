package csp.identity;

import static csp.identity.SecretVerifier.Verdict.REMEMBERED;
import static csp.identity.SecretVerifier.Verdict.RIGHT;
import static csp.identity.SecretVerifier.Verdict.WRONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SecretVerifierTest {

    private static final IdentityConfig ONE_THREAD = new SmallRyeConfigBuilder()
            .withMapping(IdentityConfig.class)
            .withDefaultValue("csp.identity.hashing-threads", "1")
            .withDefaultValue("csp.identity.hashing-queue", "2")
            .build()
            .getConfigMapping(IdentityConfig.class);

    private final AtomicInteger hashed = new AtomicInteger();
    private final CountDownLatch held = new CountDownLatch(1);
    private volatile boolean holding;
    private final Secrets secrets = new Secrets() {
        @Override
        public boolean matches(String plain, String hash) {
            hashed.incrementAndGet();
            if (holding) {
                try {
                    held.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return super.matches(plain, hash);
        }
    };
    private final SecretVerifier verifier = new SecretVerifier(secrets, ONE_THREAD);

    @AfterEach
    void stop() {
        held.countDown();
        verifier.stop();
    }

    @Test
    void a_right_secret_is_hashed_once_and_a_wrong_one_every_time() {
        var hash = secrets.hash("right");
        assertEquals(RIGHT, verifier.verify("right", hash));
        assertEquals(REMEMBERED, verifier.verify("right", hash));
        assertEquals(1, hashed.get());
        assertEquals(WRONG, verifier.verify("wrong", hash));
        assertEquals(WRONG, verifier.verify("wrong", hash));
        assertEquals(3, hashed.get());
        assertEquals(REMEMBERED, verifier.verify("right", hash));
    }

    @Test
    void with_another_stored_hash_nothing_is_remembered() {
        assertEquals(RIGHT, verifier.verify("right", secrets.hash("right")));
        assertEquals(RIGHT, verifier.verify("right", secrets.hash("right")));
        assertEquals(WRONG, verifier.verify("right", secrets.hash("other")));
        assertEquals(3, hashed.get());
    }

    @Test
    void an_unknown_account_costs_a_hash_as_well() {
        assertEquals(WRONG, verifier.verify("any", null));
        assertEquals(WRONG, verifier.verify("any", null));
        assertEquals(2, hashed.get());
    }

    @Test
    void beyond_the_queue_it_is_too_busy_and_what_is_remembered_goes_on() {
        var known = secrets.hash("known");
        assertEquals(RIGHT, verifier.verify("known", known));
        holding = true;
        var guesses = IntStream.range(0, 10)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> verifier.verify("guess", known), task -> new Thread(task).start()))
                .toList();
        var refused = CompletableFuture.anyOf(guesses.toArray(CompletableFuture[]::new));
        try {
            refused.join();
        } catch (CompletionException e) {
            assertEquals(OAuthError.TEMPORARILY_UNAVAILABLE, ((OAuthException) e.getCause()).error);
        }
        assertEquals(REMEMBERED, verifier.verify("known", known));
        held.countDown();
        assertEquals(3, guesses.stream().filter(SecretVerifierTest::isChecked).count());
        assertTrue(List.of(WRONG).contains(verifier.verify("guess", known)));
    }

    private static boolean isChecked(CompletableFuture<SecretVerifier.Verdict> guess) {
        try {
            return guess.join() == WRONG;
        } catch (CompletionException e) {
            return false;
        }
    }
}
