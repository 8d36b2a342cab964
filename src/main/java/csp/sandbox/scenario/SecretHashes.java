package csp.sandbox.scenario;

import csp.identity.Secrets;
import java.util.HashSet;
import java.util.Map;
import java.util.UUID;
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

    private record Comparison(String plain, String hash) {}

    /** Users and applications of the document. */
    static Stream<Entry> holders(Entry document) {
        return Stream.concat(document.entries("partners").stream(), document.entries("customers").stream())
                .flatMap(tenant -> Stream.concat(
                        tenant.entries("users").stream(),
                        tenant.form() == Scenario.Partner.class
                                ? tenant.entries("applications").stream()
                                : Stream.empty()));
    }

    /** Of a user or an application. */
    static UUID idOf(Entry holder) {
        return holder.get(isUser(holder) ? "objectId" : "clientId");
    }

    /** What a user or an application signs in with; null when the document does not say it. */
    static String plainOf(Entry holder) {
        return holder.get(isUser(holder) ? "password" : "clientSecret");
    }

    /** The property of a user or an application that holds the hash. */
    static String hashProperty(Entry holder) {
        return isUser(holder) ? "passwordHash" : "clientSecretHash";
    }

    private static boolean isUser(Entry holder) {
        return holder.form() == Scenario.User.class;
    }

    /**
     * Does all the work that loading the document will ask for: it must not be done while others wait for a lock.
     *
     * @param stored the present hashes of users and applications
     */
    void prepare(Entry document, Map<UUID, String> stored) {
        var plains = new HashSet<String>();
        var pairs = new HashSet<Comparison>();
        holders(document).filter(holder -> plainOf(holder) != null).forEach(holder -> {
            var hash = stored.get(idOf(holder));
            if (hash == null) {
                plains.add(plainOf(holder));
            } else {
                pairs.add(new Comparison(plainOf(holder), hash));
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
