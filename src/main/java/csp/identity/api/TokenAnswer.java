package csp.identity.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import csp.identity.IssuedTokens;
import csp.identity.OAuthError;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Token answers on the wire, in the recorded order of keys. None may be kept by a cache. */
interface TokenAnswer {

    String JSON = "application/json; charset=utf-8";

    /** First version: every number is a string (identity.md §2). */
    record V1(
            @JsonProperty("token_type") String tokenType,
            String scope,
            @JsonProperty("expires_in") String expiresIn,
            @JsonProperty("ext_expires_in") String extExpiresIn,
            @JsonProperty("expires_on") String expiresOn,
            @JsonProperty("not_before") String notBefore,
            String resource,
            @JsonProperty("access_token") String accessToken,
            @JsonProperty("refresh_token") String refreshToken,
            @JsonProperty("id_token") String idToken) {}

    /** Second version: numbers, and the scopes as asked for. */
    record V2(
            @JsonProperty("token_type") String tokenType,
            String scope,
            @JsonProperty("expires_in") long expiresIn,
            @JsonProperty("ext_expires_in") long extExpiresIn,
            @JsonProperty("access_token") String accessToken,
            @JsonProperty("refresh_token") String refreshToken,
            @JsonProperty("id_token") String idToken) {}

    static Response v1(IssuedTokens tokens) {
        var seconds = String.valueOf(tokens.expiresIn().toSeconds());
        return uncached(Response.ok(new V1(
                "Bearer",
                tokens.ofUser() ? "user_impersonation" : null,
                seconds,
                seconds,
                String.valueOf(tokens.expiresOn().getEpochSecond()),
                String.valueOf(tokens.notBefore().getEpochSecond()),
                tokens.resource(),
                tokens.accessToken(),
                tokens.refreshToken(),
                tokens.idToken())));
    }

    static Response v2(IssuedTokens tokens) {
        var seconds = tokens.expiresIn().toSeconds();
        return uncached(Response.ok(new V2(
                "Bearer",
                tokens.scope(),
                seconds,
                seconds,
                tokens.accessToken(),
                tokens.refreshToken(),
                tokens.idToken())));
    }

    static Response refused(OAuthError error, OAuthErrorBody body) {
        return uncached(Response.status(error.status).entity(body));
    }

    private static Response uncached(Response.ResponseBuilder response) {
        var noStore = new CacheControl();
        noStore.setNoStore(true);
        noStore.setNoTransform(false);
        return response.type(MediaType.valueOf(JSON)).cacheControl(noStore).build();
    }
}
