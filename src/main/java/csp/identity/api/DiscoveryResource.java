package csp.identity.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import csp.identity.TokenAuthority;
import csp.identity.TokenService;
import csp.shared.config.CspConfig;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What MSAL and other sign-in libraries ask an authority before they ask it for a token (W46). */
@Path("/")
@Produces(TokenAnswer.JSON)
public class DiscoveryResource {

    private static final String ANY_TENANT = "common";
    private static final Pattern FIRST_SEGMENT = Pattern.compile("/([^/]+)/.*");

    private final TokenService tokens;
    private final TokenAuthority authority;
    private final URI publicUrl;

    DiscoveryResource(TokenService tokens, TokenAuthority authority, CspConfig config) {
        this.tokens = tokens;
        this.authority = authority;
        this.publicUrl = config.publicUrl();
    }

    record Instance(
            @JsonProperty("tenant_discovery_endpoint") String tenantDiscoveryEndpoint,
            @JsonProperty("api-version") String apiVersion,
            List<Host> metadata) {}

    /** The names that a library may take for one and the same authority; here, only its own. */
    record Host(
            @JsonProperty("preferred_network") String preferredNetwork,
            @JsonProperty("preferred_cache") String preferredCache,
            List<String> aliases) {}

    record OpenIdConfiguration(
            String issuer,
            @JsonProperty("authorization_endpoint") String authorizationEndpoint,
            @JsonProperty("token_endpoint") String tokenEndpoint,
            @JsonProperty("jwks_uri") String jwksUri,

            @JsonProperty("token_endpoint_auth_methods_supported")
            List<String> tokenEndpointAuthMethodsSupported,

            @JsonProperty("response_types_supported") List<String> responseTypesSupported,
            @JsonProperty("scopes_supported") List<String> scopesSupported,
            @JsonProperty("subject_types_supported") List<String> subjectTypesSupported,

            @JsonProperty("id_token_signing_alg_values_supported")
            List<String> idTokenSigningAlgValuesSupported) {}

    record Keys(List<Map<String, Object>> keys) {}

    @GET
    @Path("common/discovery/instance")
    public Instance discoverInstance(@QueryParam("authorization_endpoint") String authorizationEndpoint) {
        tokens.requireOwnIssuer();
        var host = publicUrl.getAuthority();
        return new Instance(
                publicUrl + "/" + tenantIn(authorizationEndpoint) + "/v2.0/.well-known/openid-configuration",
                "1.1",
                List.of(new Host(host, host, List.of(host))));
    }

    @GET
    @Path("{tenant}/.well-known/openid-configuration")
    public OpenIdConfiguration discoverAuthority(String tenant) {
        return configuration(tenant, "/oauth2", "/discovery/keys");
    }

    @GET
    @Path("{tenant}/v2.0/.well-known/openid-configuration")
    public OpenIdConfiguration discoverAuthorityV2(String tenant) {
        return configuration(tenant, "/oauth2/v2.0", "/discovery/v2.0/keys");
    }

    @GET
    @Path("{tenant}/discovery/keys")
    public Keys listSigningKeys(String tenant) {
        return keys(tenant);
    }

    @GET
    @Path("{tenant}/discovery/v2.0/keys")
    public Keys listSigningKeysV2(String tenant) {
        return keys(tenant);
    }

    private OpenIdConfiguration configuration(String tenant, String endpoints, String keys) {
        tokens.requireOwnIssuer();
        var base = publicUrl + "/" + tenant;
        return new OpenIdConfiguration(
                authority.issuerOf(tenant),
                // There is no sign-in page; the libraries want to be told of one all the same.
                base + endpoints + "/authorize",
                base + endpoints + "/token",
                base + keys,
                List.of("client_secret_post", "client_secret_basic"),
                List.of("code"),
                List.of("openid", "profile", "email", "offline_access"),
                List.of("pairwise"),
                List.of("RS256"));
    }

    private Keys keys(String tenant) {
        tokens.requireOwnIssuer();
        authority.issuerOf(tenant);
        return new Keys(List.of(authority.publicKey()));
    }

    private static String tenantIn(String authorizationEndpoint) {
        try {
            return Optional.ofNullable(authorizationEndpoint)
                    .map(URI::create)
                    .map(URI::getRawPath)
                    .map(FIRST_SEGMENT::matcher)
                    .filter(Matcher::matches)
                    .map(path -> path.group(1))
                    .orElse(ANY_TENANT);
        } catch (IllegalArgumentException e) {
            return ANY_TENANT; // no address: what it names is of no use to anybody
        }
    }
}
