package csp.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Who issues the tokens the service accepts (design §2). Nothing set: the service itself. */
@ConfigMapping(prefix = "csp.identity")
public interface IdentityConfig {

    /**
     * {@code iss} of an external issuer's tokens, set together with {@link #jwksUrl}; then the token endpoints are off. The
     * text
     * {@code {tid}} in it stands for the {@code tid} claim of the token.
     */
    Optional<String> issuer();

    /** Where the external issuer publishes its keys, a JSON Web Key Set. */
    Optional<String> jwksUrl();

    /** The {@code aud} values accepted from the external issuer; by default those of our own tokens. */
    Optional<List<String>> audiences();

    /**
     * Whether a user's token must carry {@code mfa} in {@code amr} (W41). Our own tokens do, unless the scenario says otherwise
     * of the user.
     */
    @WithDefault("true")
    boolean requireMfa();

    /** What becomes of tokens for {@code https://graph.windows.net}, which the real service took until autumn 2025 (W40). */
    @WithDefault("refuse")
    LegacyAudience legacyAudience();

    /** Wrong passwords in a row, after which a user is locked. */
    @WithDefault("10")
    int lockAfterFailures();

    /** For how long, the right password included; not refresh tokens. */
    @WithDefault("PT1M")
    Duration lockDuration();

    /** How long after the last wrong password the count begins anew. */
    @WithDefault("PT15M")
    Duration failuresForgottenAfter();

    /** Threads that hash presented passwords and secrets; unless set, half of the processors. */
    OptionalInt hashingThreads();

    /** Sign-ins that may wait for these threads; beyond them 503. Fewer than requests under way, or nobody else would be let in. */
    @WithDefault("48")
    int hashingQueue();

    /** The values of {@link #legacyAudience()}. */
    enum LegacyAudience {
        /** 401 code 900420, as the real service. */
        REFUSE,
        /** As if they were for the partner API, for archived client libraries. */
        ACCEPT
    }
}
