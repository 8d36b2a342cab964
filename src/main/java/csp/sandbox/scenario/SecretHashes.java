package csp.sandbox.scenario;

import csp.identity.Secrets;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

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

    /** Spares the hashing of secrets that everybody knows. */
    void know(Map<String, String> hashesByPlain) {
        byPlain.putAll(hashesByPlain);
    }

    private record Comparison(String plain, String hash) {}

    private record Holder(String id, String plain) {}

    /** Users and applications whose secrets the document says in plain. */
    private static Stream<Holder> holders(Entry document) {
        return Stream.of(Kind.values())
                .filter(kind -> Shape.of(kind.form).secret() != null)
                .flatMap(kind -> kind.entries(document).map(entry -> new Holder(kind.idOf(entry), plainOf(entry))))
                .filter(holder -> holder.plain != null);
    }

    /** The ids of users and applications whose secrets the document says in plain. */
    static Stream<String> holderIds(Entry document) {
        return holders(document).map(Holder::id);
    }

    /** What a user or an application signs in with; null when the document does not say it. */
    static String plainOf(Entry holder) {
        return holder.get(holder.shape().secret());
    }

    /** The property of a user or an application that holds the hash. */
    static String hashProperty(Entry holder) {
        return holder.shape().secret() + "Hash";
    }

    /**
     * Does all the work that loading the document will ask for: it must not be done while others wait for a lock.
     *
     * @param stored the present hashes of users and applications
     */
    void prepare(Entry document, Map<String, String> stored) {
        var plains = new HashSet<String>();
        var pairs = new HashSet<Comparison>();
        holders(document).forEach(holder -> {
            var hash = stored.get(holder.id);
            if (hash == null) {
                plains.add(holder.plain);
            } else {
                pairs.add(new Comparison(holder.plain, hash));
            }
        });
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
