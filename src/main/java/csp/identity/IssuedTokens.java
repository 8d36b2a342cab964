package csp.identity;

import java.time.Duration;
import java.time.Instant;

/**
 * The answer to a token request.
 *
 * @param resource the API the access token is for
 * @param scope the scopes asked for, as asked
 * @param notBefore start of validity, 300 s before the issue (identity.md §2)
 * @param expiresIn what is left of its life at the issue
 * @param refreshToken null for an app-only token
 * @param idToken null for an app-only token
 */
public record IssuedTokens(
        String accessToken,
        String resource,
        String scope,
        boolean ofUser,
        Instant notBefore,
        Instant expiresOn,
        Duration expiresIn,
        String refreshToken,
        String idToken) {}
