package csp.identity;

import java.time.Instant;

import csp.shared.http.Caller;

/**
 * What a bearer token was found to say.
 *
 * @param withMfa whether the sign-in used a second factor ({@code amr})
 * @param expires {@code exp}
 */
public record VerifiedToken(Caller caller, boolean withMfa, Instant expires) {
}
