package csp.sandbox.fault;

import static csp.shared.error.ErrorCode.INVALID_INPUT;
import static java.util.Comparator.comparingLong;
import static java.util.stream.Collectors.joining;

import csp.identity.OAuthError;
import csp.identity.OAuthException;
import csp.sandbox.fault.FaultEffect.Refusal;
import csp.shared.error.DomainException;
import csp.shared.error.ErrorCode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The errors that a fault may answer with, and how the service itself would say each. The token endpoints have errors of their own, named
 * by the number of the directory, and beside them those of a service that fails.
 */
public final class ErrorCatalogue {

    private static final String STAGED = "a fault of the sandbox";
    private static final String STAGED_SENTENCE = "The sandbox was told to refuse this request.";
    private static final int OWN_FAULT = 500;

    private ErrorCatalogue() {}

    /** Error 800002 for a code that no error has, and for a status that does not belong to it, each by its name. */
    static void require(Refusal wanted, boolean isTokenEndpoint) {
        var statuses = Stream.concat(
                        isTokenEndpoint
                                ? Stream.of(OAuthError.values())
                                        .filter(error -> error.number == wanted.code())
                                        .map(error -> error.status)
                                : Stream.<Integer>of(),
                        candidates(wanted.code(), isTokenEndpoint).map(error -> error.status))
                .distinct()
                .sorted()
                .toList();
        if (statuses.isEmpty()) {
            throw new DomainException(
                    INVALID_INPUT,
                    "effect.code: the operation has no error with the code %d.".formatted(wanted.code()));
        }
        if (!statuses.contains(wanted.status())) {
            throw new DomainException(
                    INVALID_INPUT,
                    "effect.status: the code %d comes with the status %s, not with %d."
                            .formatted(
                                    wanted.code(),
                                    statuses.stream().map(String::valueOf).collect(joining(" or ")),
                                    wanted.status()));
        }
    }

    /**
     * What the service throws when it refuses so. Of several errors with this status and code the one that says most of the request.
     *
     * @param words what the request has to tell, such as {@code customer}, in lower case, to what a sentence says of it
     */
    public static RuntimeException exception(Refusal wanted, boolean isTokenEndpoint, Map<String, String> words) {
        var ofTokens = isTokenEndpoint
                ? Stream.of(OAuthError.values())
                        .filter(error -> error.number == wanted.code() && error.status == wanted.status())
                        .findFirst()
                : Optional.<OAuthError>empty();
        if (ofTokens.isPresent()) {
            return new OAuthException(ofTokens.get(), STAGED_SENTENCE);
        }
        var error = candidates(wanted.code(), isTokenEndpoint)
                .filter(candidate -> candidate.status == wanted.status())
                .min(comparingLong(candidate -> unsaid(candidate, words)))
                .orElseThrow();
        return new DomainException(
                error,
                error.placeholders().stream()
                        .map(word -> words.getOrDefault(word.toLowerCase(Locale.ROOT), STAGED))
                        .toArray());
    }

    private static Stream<ErrorCode> candidates(int code, boolean isTokenEndpoint) {
        return Stream.of(ErrorCode.values())
                .filter(error -> error.code == code && (!isTokenEndpoint || error.status >= OWN_FAULT));
    }

    private static long unsaid(ErrorCode error, Map<String, String> words) {
        return error.placeholders().stream()
                .filter(word -> !words.containsKey(word.toLowerCase(Locale.ROOT)))
                .count();
    }
}
