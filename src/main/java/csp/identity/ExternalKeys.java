package csp.identity;

import io.quarkus.logging.Log;
import java.io.IOException;
import java.security.Key;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jose4j.http.Get;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.lang.JoseException;

/** The keys of an external issuer, from its published key set; fetched again when a key is missing. */
class ExternalKeys implements TrustedKeys {

    private static final int TIMEOUT_MILLIS = (int) Duration.ofSeconds(5).toMillis();
    // An issuer that is down for a while must not sign everybody out.
    private static final long KEEP_ON_ERROR_SECONDS = Duration.ofHours(1).toSeconds();

    private final HttpsJwks published;

    ExternalKeys(String url) {
        var get = new Get();
        get.setConnectTimeout(TIMEOUT_MILLIS);
        get.setReadTimeout(TIMEOUT_MILLIS);
        published = new HttpsJwks(url);
        published.setSimpleHttpGet(get);
        published.setRetainCacheOnErrorDuration(KEEP_ON_ERROR_SECONDS);
    }

    /** Always empty: whether the set is in memory and still fresh, only the library knows. */
    @Override
    public Optional<Key> known(String keyId) {
        return Optional.empty();
    }

    @Override
    public Optional<Key> find(String keyId) {
        try {
            var key = key(published.getJsonWebKeys(), keyId);
            if (key.isEmpty()) {
                published.refresh(); // does nothing when the set has just been fetched
                key = key(published.getJsonWebKeys(), keyId);
            }
            return key;
        } catch (JoseException | IOException e) {
            Log.warnf("The key set of the token issuer cannot be read: %s", e.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<Key> key(List<JsonWebKey> keys, String keyId) {
        return keys.stream()
                .filter(key -> keyId.equals(key.getKeyId()))
                .map(JsonWebKey::getKey)
                .findFirst();
    }
}
