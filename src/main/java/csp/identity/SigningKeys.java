package csp.identity;

import com.github.benmanes.caffeine.cache.Ticker;
import csp.shared.storage.PlainSql;
import csp.shared.time.MachineTime;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.Key;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.lang.JoseException;

/** The key our own tokens are signed with: made once and kept in the database, so that all copies and restarts share it. */
@ApplicationScoped
class SigningKeys implements TrustedKeys {

    private static final int BITS = 2048;
    /** There is one key in one row: whoever names another is told so from memory for as long. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final PlainSql sql;
    private final Clock clock;
    private final RememberedTokens remembered;
    private final KeyLookup lookup;
    private volatile ReadKey read;

    SigningKeys(PlainSql sql, @MachineTime Clock clock, RememberedTokens remembered) {
        this.sql = sql;
        this.clock = clock;
        this.remembered = remembered;
        lookup = new KeyLookup(
                Infrastructure.getDefaultWorkerPool(),
                this::stored,
                PAUSE,
                PAUSE,
                Integer.MAX_VALUE,
                Ticker.systemTicker());
    }

    /** The key to sign with. Reads the table each time: another copy may have met a wiped database and made a new key. */
    RsaJsonWebKey current() {
        return stored().orElseGet(() -> {
            insertUnlessThere(newKey());
            return stored().orElseThrow();
        });
    }

    @Override
    public Optional<Key> known(String keyId) {
        return Optional.ofNullable(read)
                .map(ReadKey::key)
                .filter(key -> key.getKeyId().equals(keyId))
                .map(RsaJsonWebKey::getPublicKey);
    }

    @Override
    public CompletionStage<Void> lookUp(String keyId) {
        return lookup.bringUpToDate(keyId);
    }

    private Optional<RsaJsonWebKey> stored() {
        return sql.first("select jwk from signing_key", row -> row.getString("jwk"))
                .map(this::parsedOnce);
    }

    private RsaJsonWebKey parsedOnce(String jwk) {
        var before = read;
        if (before != null && before.jwk().equals(jwk)) {
            return before.key();
        }
        var key = parsed(jwk);
        read = new ReadKey(jwk, key);
        remembered.forgetAll(); // tokens of the former key are refused everywhere else by now
        return key;
    }

    private static RsaJsonWebKey parsed(String jwk) {
        try {
            return (RsaJsonWebKey) JsonWebKey.Factory.newJwk(jwk);
        } catch (JoseException e) {
            throw new IllegalStateException("The stored signing key is none", e);
        }
    }

    /** Parsing an RSA key costs more than reading it. */
    private record ReadKey(String jwk, RsaJsonWebKey key) {}

    private void insertUnlessThere(RsaJsonWebKey key) {
        sql.update(
                "insert into signing_key (jwk, created) values (?, ?) on conflict do nothing",
                key.toJson(OutputControlLevel.INCLUDE_PRIVATE),
                clock.instant());
    }

    private static RsaJsonWebKey newKey() {
        try {
            var key = RsaJwkGenerator.generateJwk(BITS);
            key.setKeyId(key.calculateBase64urlEncodedThumbprint("SHA-256"));
            return key;
        } catch (JoseException e) {
            throw new IllegalStateException("No signing key can be made", e);
        }
    }
}
