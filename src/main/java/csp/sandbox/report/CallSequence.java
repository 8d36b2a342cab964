package csp.sandbox.report;

import csp.sandbox.journal.JournalEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * The requests of one partner in the order in which they came, and what shows only over several of them. Each question looks at every
 * request once.
 */
final class CallSequence {

    private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");
    private static final Set<String> TOKEN_REQUESTS = Set.of("requestToken", "requestTokenV2");
    private static final String TRANSFER_READ = "getTransfer";

    /** So long after a failure the same request is a repeat of it. */
    private static final Duration REPEATED_WITHIN = Duration.ofMinutes(5);

    private static final Duration TOKEN_LIVES = Duration.ofHours(1);
    /** So many tokens more than would have been needed are no accident. */
    private static final int NEEDLESS_TOKENS = 2;

    private static final Duration POLLED_WITHIN = Duration.ofMinutes(10);
    private static final int READS_THAT_ARE_POLLING = 5;

    private final UUID partner;
    private final List<JournalEntry> entries;

    /** @param newestFirst those of the partner */
    CallSequence(UUID partner, List<JournalEntry> newestFirst) {
        this.partner = partner;
        entries = new ArrayList<>(newestFirst);
        Collections.reverse(entries);
    }

    /** @param isNotified whether the partner has a webhook registration */
    List<Finding> findings(boolean isNotified) {
        var findings = new ArrayList<Finding>();
        earlyRetries().ifPresent(findings::add);
        newRequestIds().ifPresent(findings::add);
        tokensPerCall().ifPresent(findings::add);
        if (!isNotified) {
            polling().ifPresent(findings::add);
        }
        return findings;
    }

    /** Both clocks count: a test that moves that of the service has waited as well. */
    private Optional<Finding> earlyRetries() {
        return repeats(
                CallPattern.EARLY_RETRY,
                entry -> entry.method() + " " + address(entry),
                entry -> entry.retryAfter() != null && entry.status() != null && entry.status() >= 400,
                (refused, again) -> {
                    var wait = Duration.ofSeconds(refused.retryAfter());
                    return again.received().isBefore(answered(refused).plus(wait))
                            && again.at().isBefore(refused.at().plus(wait));
                },
                (refused, again) -> "%s %s after %d of the %d s that Retry-After told to wait"
                        .formatted(
                                again.method(),
                                address(again),
                                Duration.between(answered(refused), again.received())
                                        .toSeconds(),
                                refused.retryAfter()));
    }

    private Optional<Finding> newRequestIds() {
        return repeats(
                CallPattern.NEW_REQUEST_ID,
                entry -> WRITES.contains(entry.method())
                        ? "%s %s %s %s"
                                .formatted(
                                        entry.caller(),
                                        entry.method(),
                                        entry.path(),
                                        entry.request().body())
                        : null,
                CallSequence::isFailed,
                (failed, again) -> again.received().isBefore(answered(failed).plus(REPEATED_WITHIN))
                        && (again.requestId() == null || !again.requestId().equals(failed.requestId())),
                (failed, again) -> "%s %s after %s %s"
                        .formatted(
                                again.method(),
                                address(again),
                                failed.status() == null ? "no answer" : failed.status(),
                                again.requestId() == null
                                        ? "without an MS-RequestId"
                                        : "with another MS-RequestId than the first time"));
    }

    /** Whether two of the same key, the second the next one after the first was answered, are what is looked for. */
    private interface Pair<T> {
        T of(JournalEntry first, JournalEntry second);
    }

    /** @param key of what is a repeat of one another; null for what is not looked at */
    private Optional<Finding> repeats(
            CallPattern pattern,
            Function<JournalEntry, String> key,
            Function<JournalEntry, Boolean> isFirst,
            Pair<Boolean> isFound,
            Pair<String> described) {
        var firsts = new HashMap<String, JournalEntry>();
        var requests = new ArrayList<String>();
        String example = null;
        for (var entry : entries) {
            var of = key.apply(entry);
            if (of == null) {
                continue;
            }
            var first = firsts.get(of);
            // What was sent before the answer was there knows nothing of it.
            if (first != null && entry.received().isAfter(answered(first))) {
                firsts.remove(of);
                if (isFound.of(first, entry)) {
                    requests.add(0, entry.correlationId());
                    example = example == null ? described.of(first, entry) : example;
                }
            }
            if (isFirst.apply(entry)) {
                firsts.put(of, entry);
            }
        }
        return found(pattern, example, requests.size(), requests);
    }

    private Optional<Finding> tokensPerCall() {
        var lastTokens = new HashMap<UUID, JournalEntry>();
        var calls = new HashMap<UUID, Integer>();
        var needless = new LinkedHashMap<UUID, List<String>>();
        for (var entry : entries) {
            var caller = entry.caller();
            if (caller == null || !isAnswered(entry)) {
                continue;
            }
            if (!TOKEN_REQUESTS.contains(Objects.requireNonNullElse(entry.operation(), ""))) {
                calls.merge(caller, 1, Integer::sum);
                continue;
            }
            var last = lastTokens.put(caller, entry);
            var since = Objects.requireNonNullElse(calls.put(caller, 0), 0);
            if (last != null
                    && since == 1
                    && entry.received().isBefore(last.received().plus(TOKEN_LIVES))) {
                needless.computeIfAbsent(caller, first -> new ArrayList<>()).add(0, entry.correlationId());
            }
        }
        return needless.entrySet().stream()
                .filter(caller -> caller.getValue().size() >= NEEDLESS_TOKENS)
                .findFirst()
                .flatMap(caller -> found(
                        CallPattern.TOKEN_PER_CALL,
                        "%s asked for a token again after a single request".formatted(caller.getKey()),
                        caller.getValue().size(),
                        caller.getValue()));
    }

    private Optional<Finding> polling() {
        var reads = new HashMap<String, List<JournalEntry>>();
        var polled = new HashSet<String>();
        var requests = new ArrayList<String>();
        String example = null;
        for (var entry : entries) {
            if (!TRANSFER_READ.equals(entry.operation()) || !isAnswered(entry)) {
                continue;
            }
            var path = address(entry).toLowerCase(Locale.ROOT);
            var within = reads.computeIfAbsent(path, first -> new ArrayList<>());
            within.removeIf(read -> read.received().plus(POLLED_WITHIN).isBefore(entry.received()));
            within.add(entry);
            if (within.size() >= READS_THAT_ARE_POLLING) {
                if (polled.add(path)) {
                    within.forEach(read -> requests.add(0, read.correlationId()));
                    example = example == null
                            ? "%s %d times within %d minutes"
                                    .formatted(address(entry), within.size(), POLLED_WITHIN.toMinutes())
                            : example;
                } else {
                    requests.add(0, entry.correlationId());
                }
            }
        }
        return found(CallPattern.POLLED, example, requests.size(), requests);
    }

    private Optional<Finding> found(CallPattern pattern, String example, int times, List<String> requests) {
        return times == 0
                ? Optional.empty()
                : Optional.of(new Finding(
                        pattern.id,
                        pattern.severity,
                        partner,
                        "%d %s, the first: %s.".formatted(times, times == 1 ? "request" : "requests", example),
                        pattern.advice,
                        requests));
    }

    private static boolean isFailed(JournalEntry entry) {
        var status = entry.status();
        return status == null || status == 408 || status == 429 || status >= 500;
    }

    private static boolean isAnswered(JournalEntry entry) {
        return entry.status() != null && entry.status() < 400;
    }

    private static Instant answered(JournalEntry entry) {
        return entry.received().plusMillis(entry.milliseconds());
    }

    private static String address(JournalEntry entry) {
        return entry.path().split("\\?", 2)[0];
    }

    /** The callers of these requests, each with theirs, in the order of their newest. */
    static Map<UUID, List<JournalEntry>> byPartner(List<JournalEntry> newestFirst) {
        var byPartner = new LinkedHashMap<UUID, List<JournalEntry>>();
        newestFirst.forEach(entry -> byPartner
                .computeIfAbsent(entry.partner(), first -> new ArrayList<>())
                .add(entry));
        return byPartner;
    }
}
