package csp.identity;

import com.github.benmanes.caffeine.cache.Ticker;
import io.quarkus.logging.Log;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.Key;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;

/**
 * The keys of an external issuer, from its published key set: fetched by a thread of their own, again every few minutes and when a
 * token names one that is missing. Those known stay good while the issuer does not answer, so that its trouble is not ours.
 */
class ExternalKeys implements TrustedKeys {

    /** For the whole set, from connecting to its last byte. */
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    /** After which a key that the issuer withdrew is not good any more. */
    private static final Duration FRESH = Duration.ofMinutes(5);

    private static final Duration PAUSE = Duration.ofSeconds(5);
    /** A few, since each keeps a place among the requests under way, and strangers can send any number. */
    private static final int MOST_WAITING = 10;

    private final URI address;
    private final Ticker ticker;
    private final KeyLookup lookup;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(DEADLINE)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .proxy(ProxySelector.getDefault())
            .build();

    private volatile KeySet published;

    ExternalKeys(String url, Ticker ticker) {
        this.address = URI.create(url);
        this.ticker = ticker;
        var thread = Executors.newSingleThreadExecutor(task -> {
            var created = new Thread(task, "keys of the token issuer");
            created.setDaemon(true);
            return created;
        });
        lookup = new KeyLookup(thread, this::fetch, PAUSE, KeyLookup.REMEMBERED, MOST_WAITING, ticker);
        published = new KeySet(Map.of(), ticker.read());
        lookup.refresh();
    }

    private record KeySet(Map<String, Key> byId, long fetched) {}

    @Override
    public Optional<Key> known(String keyId) {
        var set = published;
        if (ticker.read() - set.fetched > FRESH.toNanos()) {
            lookup.refresh();
        }
        return Optional.ofNullable(set.byId.get(keyId));
    }

    /** Never fails: what cannot be fetched is not known. */
    @Override
    public CompletionStage<Void> lookUp(String keyId) {
        return lookup.bringUpToDate(keyId).exceptionally(problem -> null);
    }

    private void fetch() throws IOException, InterruptedException {
        try {
            var byId = new HashMap<String, Key>();
            for (var key : new JsonWebKeySet(document()).getJsonWebKeys()) {
                if (key.getKeyId() != null) {
                    byId.put(key.getKeyId(), key.getKey());
                }
            }
            published = new KeySet(Map.copyOf(byId), ticker.read());
        } catch (IOException | JoseException e) {
            Log.warnf("The key set of the token issuer cannot be read: %s", e.getMessage());
            throw new IOException(e);
        }
    }

    private String document() throws IOException, InterruptedException {
        var answer = http.sendAsync(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
        try {
            // Not the request's own time-out, which ends with the headers.
            var response = answer.get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != 200) {
                throw new IOException(address + " answers " + response.statusCode());
            }
            return response.body();
        } catch (TimeoutException e) {
            throw new IOException(address + " did not answer within " + DEADLINE.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IOException(address + ": " + e.getCause(), e);
        } finally {
            answer.cancel(true);
        }
    }
}
