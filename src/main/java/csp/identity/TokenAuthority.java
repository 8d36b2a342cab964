package csp.identity;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.Use;
import org.jose4j.jws.AlgorithmIdentifiers;

/** What our token issuer tells of itself, so that a sign-in library can find its way and check what it got (W46). */
@ApplicationScoped
public class TokenAuthority {

    private final Accounts accounts;
    private final SigningKeys keys;

    TokenAuthority(Accounts accounts, SigningKeys keys) {
        this.accounts = accounts;
        this.keys = keys;
    }

    /**
     * {@code iss} of the tokens of a tenant; with the placeholder {@code {tenantid}} where the token alone tells its tenant. Error:
     * AADSTS90002 when there is no such tenant.
     */
    public String issuerOf(String tenant) {
        return TokenSigner.ISSUER.replace(
                "{tid}",
                NamedTenants.of(tenant, accounts).single().map(UUID::toString).orElse("{tenantid}"));
    }

    /** The public half of the signing key, in the terms of a JSON Web Key. */
    public Map<String, Object> publicKey() {
        var key = new TreeMap<>(keys.current().toParams(OutputControlLevel.PUBLIC_ONLY));
        key.put("use", Use.SIGNATURE);
        key.put("alg", AlgorithmIdentifiers.RSA_USING_SHA256);
        return key;
    }
}
