package csp.identity;

import static csp.identity.OAuthError.TEMPORARILY_UNAVAILABLE;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks what somebody presents at a token endpoint against the stored hash. Hashing is made to cost, and anybody may ask for it:
 * so it runs on few threads of its own, with a bounded queue before them, and a secret that was right once is known again
 * without.
 */
@ApplicationScoped
class SecretVerifier {

    private static final int MOST_REMEMBERED = 10_000;
    private static final Duration REMEMBERED = Duration.ofHours(1);
    private static final String MAC = "HmacSHA256";

    private final Secrets secrets;
    private final ThreadPoolExecutor hashing;
    /** Of this process alone: what is remembered is of no use to whoever reads the memory of another, or a dump without it. */
    private final SecretKeySpec key = new SecretKeySpec(new SecureRandom().generateSeed(32), MAC);
    /** By stored hash, so that with another hash, as after a change of the secret, nothing is remembered. */
    private final Cache<String, byte[]> proofs = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterAccess(REMEMBERED)
            .executor(Runnable::run)
            .build();

    SecretVerifier(Secrets secrets, IdentityConfig config) {
        this.secrets = secrets;
        var threads = config.hashingThreads()
                .orElseGet(() -> Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
        if (threads < 1 || config.hashingQueue() < 1) {
            throw new IllegalStateException(
                    "csp.identity.hashing-threads and csp.identity.hashing-queue must be at least 1");
        }
        var number = new AtomicInteger();
        hashing = new ThreadPoolExecutor(
                threads, threads, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(config.hashingQueue()), task -> {
                    var thread = new Thread(task, "hashing-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** What became of a check. */
    enum Verdict {
        WRONG,
        /** Right, and hashed to find out. */
        RIGHT,
        /** Right, as it was before. */
        REMEMBERED;

        boolean isRight() {
            return this != WRONG;
        }
    }

    /**
     * Whether {@code hash} was made from {@code plain}. What is wrong, or has nothing to be compared with (null), takes as long as
     * hashing does. Error: 503 temporarily_unavailable when too many wait already.
     */
    Verdict verify(String plain, String hash) {
        var proof = proof(plain, hash);
        var known = hash == null ? null : proofs.getIfPresent(hash);
        if (known != null && MessageDigest.isEqual(known, proof)) {
            return Verdict.REMEMBERED;
        }
        if (!hashed(plain, hash)) {
            return Verdict.WRONG;
        }
        proofs.put(hash, proof);
        return Verdict.RIGHT;
    }

    private boolean hashed(String plain, String hash) {
        try {
            return hashing.submit(() -> secrets.matches(plain, hash)).get();
        } catch (RejectedExecutionException e) {
            throw new OAuthException(
                    TEMPORARILY_UNAVAILABLE, "Too many sign-ins are waiting to be checked, try again.");
        } catch (ExecutionException e) {
            throw new IllegalStateException("A secret could not be checked", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a secret was checked", e);
        }
    }

    /** A keyed digest of both, so that proofs of one secret under two hashes differ. */
    private byte[] proof(String plain, String hash) {
        try {
            var mac = Mac.getInstance(MAC);
            mac.init(key);
            mac.update(String.valueOf(hash).getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return mac.doFinal(plain.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @PreDestroy
    void stop() {
        hashing.shutdownNow();
    }
}
