package csp.identity;

import java.time.Instant;

import csp.shared.http.Caller;

/**
 * What a bearer token was found to say.
 *
 * @param ofCustomer whether the caller is a user of a customer, not of a partner
 * @param withMfa whether the sign-in used a second factor ({@code amr})
 * @param expires {@code exp}
 */
public record VerifiedToken(Caller caller, boolean ofCustomer, boolean withMfa, Instant expires) {
}
