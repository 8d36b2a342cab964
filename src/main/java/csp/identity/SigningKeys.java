package csp.identity;

import csp.shared.time.MachineTime;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.Key;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.lang.JoseException;

/** The key our own tokens are signed with: made once and kept in the database, so that all copies and restarts share it. */
@ApplicationScoped
class SigningKeys implements TrustedKeys {

    private static final int BITS = 2048;

    private final AgroalDataSource database;
    private final Clock clock;
    private final RememberedTokens remembered;
    private volatile RsaJsonWebKey cached;

    SigningKeys(AgroalDataSource database, @MachineTime Clock clock, RememberedTokens remembered) {
        this.database = database;
        this.clock = clock;
        this.remembered = remembered;
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
        return publicKey(Optional.ofNullable(cached), keyId);
    }

    @Override
    public Optional<Key> find(String keyId) {
        return publicKey(stored(), keyId);
    }

    private static Optional<Key> publicKey(Optional<RsaJsonWebKey> key, String keyId) {
        return key.filter(present -> present.getKeyId().equals(keyId)).map(RsaJsonWebKey::getPublicKey);
    }

    private Optional<RsaJsonWebKey> stored() {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement("select jwk from signing_key");
                var rows = statement.executeQuery()) {
            return rows.next() ? Optional.of(cache(rows.getString("jwk"))) : Optional.empty();
        } catch (SQLException | JoseException e) {
            throw new IllegalStateException("The signing key cannot be read", e);
        }
    }

    private RsaJsonWebKey cache(String jwk) throws JoseException {
        var before = cached;
        var key = (RsaJsonWebKey) JsonWebKey.Factory.newJwk(jwk);
        if (before != null && before.getKeyId().equals(key.getKeyId())) {
            return before;
        }
        cached = key;
        remembered.forgetAll(); // tokens of the former key are refused everywhere else by now
        return key;
    }

    private void insertUnlessThere(RsaJsonWebKey key) {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(
                        "insert into signing_key (jwk, created) values (?, ?) on conflict do nothing")) {
            statement.setString(1, key.toJson(OutputControlLevel.INCLUDE_PRIVATE));
            statement.setObject(2, OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("The signing key cannot be stored", e);
        }
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
