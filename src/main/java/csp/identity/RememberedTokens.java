package csp.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import csp.shared.time.MachineTime;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Tokens that were verified, until they expire: at most 10,000, so that nobody can fill the memory. */
@ApplicationScoped
class RememberedTokens {

    static final int MOST = 10_000;

    private final Clock clock;
    private final Cache<Digest, VerifiedToken> byDigest;

    RememberedTokens(@MachineTime Clock clock) {
        this.clock = clock;
        byDigest = Caffeine.newBuilder()
                .maximumSize(MOST)
                .executor(Runnable::run)
                .expireAfter(Expiry.<Digest, VerifiedToken>creating((digest, token) -> left(token)))
                .build();
    }

    /** Empty when the token is unknown, was pushed out, or has expired. */
    Optional<VerifiedToken> find(String token) {
        return Optional.ofNullable(byDigest.getIfPresent(Digest.of(token)))
                .filter(found -> !left(found).isNegative());
    }

    /** Only for tokens that passed every check. */
    void remember(String token, VerifiedToken verified) {
        byDigest.put(Digest.of(token), verified);
    }

    void forgetAll() {
        byDigest.invalidateAll();
    }

    long size() {
        byDigest.cleanUp();
        return byDigest.estimatedSize();
    }

    private Duration left(VerifiedToken token) {
        return Duration.between(Instant.now(clock), token.expires());
    }

    /**
     * The digest instead of the token: small whatever the token's length, and no bearer token lies about in memory. Asked for with
     * every request, so the bytes are kept as they are.
     */
    private record Digest(long first, long second, long third, long fourth) {

        static Digest of(String token) {
            var bytes = ByteBuffer.wrap(Digests.sha256(token));
            return new Digest(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
        }
    }
}
