package csp.sandbox.scenario;

import csp.identity.Secrets;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The hashes of the plain secrets of one document. A secret that occurs twice is hashed once, and many are hashed at a time: a
 * big document would spend minutes on nothing else.
 */
final class SecretHashes {

    private final Map<String, String> byPlain = new ConcurrentHashMap<>();
    private final Map<Comparison, Boolean> comparisons = new ConcurrentHashMap<>();
    private final Secrets secrets;

    SecretHashes(Secrets secrets) {
        this.secrets = secrets;
    }

    record Comparison(String plain, String hash) {}

    void prepare(Collection<String> plains, Collection<Comparison> pairs) {
        plains.parallelStream().forEach(this::hash);
        pairs.parallelStream().forEach(pair -> matches(pair.plain, pair.hash));
    }

    String hash(String plain) {
        return byPlain.computeIfAbsent(plain, secrets::hash);
    }

    boolean matches(String plain, String hash) {
        return comparisons.computeIfAbsent(new Comparison(plain, hash), pair -> secrets.matches(pair.plain, pair.hash));
    }
}
