package csp.console.frame;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import csp.sandbox.scenario.StartupSecrets;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Signs in at our own token endpoints, as demo identities and as the operator. Tokens are remembered for a while to spare the
 * service the work; any copy gets new ones by itself. No token or secret is ever part of a page.
 */
@ApplicationScoped
class SignIn {

    private static final String OPERATOR = "operator";
    private static final String OPERATOR_APPLICATION = "e0000000-0000-4000-8000-0000000000ff";
    private static final String WELL_KNOWN_SECRET = "sandbox";
    private static final String PUBLIC_CLIENT = "e0000000-0000-4000-8000-0000000000fe";
    private static final String RESOURCE = "https://api.partnercenter.microsoft.com";
    /** Half of what a token lives. */
    private static final Duration REMEMBERED = Duration.ofMinutes(30);

    private final StartupSecrets secrets;
    private final Cache<String, String> tokens = Caffeine.newBuilder()
            .maximumSize(1_000)
            .expireAfterWrite(REMEMBERED)
            .build();

    SignIn(StartupSecrets secrets) {
        this.secrets = secrets;
    }

    /** Empty when nobody told the console the secret, or when it is another one by now. */
    Optional<String> token(Visit visit, Identity identity) {
        var known = tokens.getIfPresent(identity.key());
        return known != null ? Optional.of(known) : fetch(visit, identity);
    }

    private Optional<String> fetch(Visit visit, Identity identity) {
        var secret = identity.isUser() ? secrets.passwordOf(identity.id()) : secrets.clientSecretOf(identity.id());
        var token = secret.flatMap(known -> tokenWith(visit, identity, known));
        token.ifPresent(found -> tokens.put(identity.key(), found));
        return token;
    }

    /** With a secret that the reader gave; it is not remembered. */
    Optional<String> tokenWith(Visit visit, Identity identity, String secret) {
        var form = identity.isUser()
                ? Map.of(
                        "grant_type", "password",
                        "client_id", PUBLIC_CLIENT,
                        "resource", RESOURCE,
                        "username", identity.login(),
                        "password", secret)
                : Map.of(
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        identity.login(),
                        "client_secret",
                        secret,
                        "resource",
                        RESOURCE);
        return issued(visit.token("/" + identity.tenantDomain() + "/oauth2/token", form));
    }

    void forget(Identity identity) {
        tokens.invalidate(identity.key());
    }

    /** Empty where the operator has a secret of its own. */
    Optional<String> wellKnownOperatorToken(Visit visit) {
        var known = tokens.getIfPresent(OPERATOR);
        if (known != null) {
            return Optional.of(known);
        }
        var token = operatorToken(visit, WELL_KNOWN_SECRET);
        token.ifPresent(found -> tokens.put(OPERATOR, found));
        return token;
    }

    Optional<String> operatorToken(Visit visit, String secret) {
        return issued(visit.token(
                "/sandbox/oauth2/token",
                Map.of(
                        "grant_type", "client_credentials",
                        "client_id", OPERATOR_APPLICATION,
                        "client_secret", secret,
                        "resource", RESOURCE)));
    }

    void forgetOperator() {
        tokens.invalidate(OPERATOR);
    }

    private static Optional<String> issued(Loopback.Answer answer) {
        return answer.status() == 200
                ? Optional.of(answer.json().path("access_token").asText())
                : Optional.empty();
    }
}
