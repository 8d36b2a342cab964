package csp.sandbox.journal.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import csp.shared.id.Guid;
import java.io.IOException;
import java.util.Base64;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** What a token says, for the journal alone: it is not verified here. */
final class TokenClaims {

    private static final JsonMapper JSON = new JsonMapper();

    private final JsonNode claims;

    private TokenClaims(JsonNode claims) {
        this.claims = claims;
    }

    /** Those of a token; none of what is no token. */
    static TokenClaims of(String token) {
        var parts = token.split("\\.");
        if (parts.length != 3) {
            return new TokenClaims(MissingNode.getInstance());
        }
        try {
            return new TokenClaims(JSON.readTree(Base64.getUrlDecoder().decode(parts[1])));
        } catch (IOException | IllegalArgumentException e) {
            return new TokenClaims(MissingNode.getInstance());
        }
    }

    /** Null when it names none. */
    UUID tenant() {
        return guid("tid");
    }

    /** The user, or the application of an app-only token; null when it names neither. */
    UUID caller() {
        return isUsers() ? guid("oid") : guid("appid");
    }

    boolean isFor(String audience) {
        return claims.path("aud").asText().contains(audience);
    }

    /** A user's, without a second factor. */
    boolean lacksMfa() {
        return isUsers()
                && StreamSupport.stream(claims.path("amr").spliterator(), false)
                        .noneMatch(method -> method.asText().equals("mfa"));
    }

    private boolean isUsers() {
        return claims.hasNonNull("upn");
    }

    private UUID guid(String claim) {
        return Guid.read(claims.path(claim).asText()).orElse(null);
    }
}
