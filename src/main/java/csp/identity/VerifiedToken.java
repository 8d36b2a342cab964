package csp.identity;

import csp.shared.caller.Caller;
import java.time.Instant;

/**
 * What a bearer token was found to say.
 *
 * @param portalOnly whether the caller's tenant is a partner that gave up direct-bill, and the API with it (lifecycle.md R16)
 * @param forLegacyAudience whether it was asked for {@code https://graph.windows.net} (W40)
 * @param withMfa whether the sign-in used a second factor ({@code amr})
 * @param expires until when all this holds: {@code exp}, or sooner what was read beside the token
 */
public record VerifiedToken(
        Caller caller, boolean portalOnly, boolean forLegacyAudience, boolean withMfa, Instant expires) {}
