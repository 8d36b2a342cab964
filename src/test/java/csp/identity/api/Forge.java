package csp.identity.api;

import io.agroal.api.AgroalDataSource;
import java.security.Key;
import java.sql.SQLException;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/** Signs whatever a test wants signed. */
class Forge {

    private Forge() {}

    /** The very key of the service, so that a forged token is wrong in one point only. */
    static RsaJsonWebKey keyOfTheService(AgroalDataSource database) {
        try (var connection = database.getConnection();
                var rows = connection.createStatement().executeQuery("select jwk from signing_key")) {
            rows.next();
            return (RsaJsonWebKey) JsonWebKey.Factory.newJwk(rows.getString("jwk"));
        } catch (SQLException | JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    static RsaJsonWebKey newKey(String keyId) {
        try {
            var key = RsaJwkGenerator.generateJwk(2048);
            key.setKeyId(keyId);
            return key;
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    static String rs256(JwtClaims claims, RsaJsonWebKey key) {
        return sign(claims, key.getPrivateKey(), key.getKeyId(), AlgorithmIdentifiers.RSA_USING_SHA256);
    }

    /** A payload as it is written. */
    static String rs256(String payload, RsaJsonWebKey key) {
        return sign(payload, key.getPrivateKey(), key.getKeyId(), AlgorithmIdentifiers.RSA_USING_SHA256);
    }

    static String sign(JwtClaims claims, Key key, String keyId, String algorithm) {
        return sign(claims.toJson(), key, keyId, algorithm);
    }

    private static String sign(String payload, Key key, String keyId, String algorithm) {
        try {
            var signature = new JsonWebSignature();
            signature.setPayload(payload);
            signature.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
            signature.setDoKeyValidation(false);
            signature.setKey(key);
            if (keyId != null) {
                signature.setKeyIdHeaderValue(keyId);
            }
            signature.setAlgorithmHeaderValue(algorithm);
            signature.setHeader("typ", "JWT");
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}
