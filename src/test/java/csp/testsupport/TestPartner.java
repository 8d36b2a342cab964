package csp.testsupport;

import static io.restassured.RestAssured.given;

import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** A provider of a test's own, with fresh ids, so that nobody else gives it customers or partnerships. */
public final class TestPartner {

    private static final String PUBLIC_CLIENT = "e0000000-0000-4000-8000-0000000000fe";

    public final UUID tenantId = UUID.randomUUID();
    public final String mpnId =
            Long.toString(ThreadLocalRandom.current().nextLong(100_000_000_000L, 1_000_000_000_000L));
    private final UUID clientId = UUID.randomUUID();
    private final String userName = "admin@" + tenantId + ".example";
    private final List<Object> partnerships = new ArrayList<>();
    private final Map<String, Object> properties =
            new HashMap<>(Map.of("programs", Map.of("indirectProvider", "active"), "partnerAgreementSigned", true));
    private List<String> roles = List.of("AdminAgent");
    private String appToken;
    private String userToken;

    /** Sets a property of the partner in the scenario document, e.g. {@code programs}. */
    public TestPartner with(String property, Object value) {
        properties.put(property, value);
        return this;
    }

    /** What its user is, instead of an admin agent. */
    public TestPartner withRoles(String... roles) {
        this.roles = List.of(roles);
        return this;
    }

    /** Accepted by {@code reseller}. */
    public TestPartner partneredWith(UUID reseller) {
        partnerships.add(Map.of("provider", tenantId, "reseller", reseller));
        return this;
    }

    public TestPartner load() {
        var partner = new HashMap<>(properties);
        partner.putAll(Map.of(
                "tenantId",
                tenantId,
                "name",
                "Provider " + tenantId,
                "domain",
                tenantId + ".example",
                "mpnId",
                mpnId,
                "users",
                List.of(Map.of(
                        "objectId",
                        UUID.randomUUID(),
                        "userPrincipalName",
                        userName,
                        "passwordHash",
                        TestSecret.HASH,
                        "roles",
                        roles)),
                "applications",
                List.of(Map.of("clientId", clientId, "clientSecretHash", TestSecret.HASH))));
        DemoPartner.operatorCalls()
                .body(Map.of("partners", List.of(partner), "partnerships", partnerships))
                .post("/sandbox/scenarios")
                .then()
                .statusCode(201);
        appToken = token(Map.of(
                "grant_type",
                "client_credentials",
                "client_id",
                clientId.toString(),
                "client_secret",
                TestSecret.PLAIN));
        userToken = token(Map.of(
                "grant_type",
                "password",
                "client_id",
                PUBLIC_CLIENT,
                "username",
                userName,
                "password",
                TestSecret.PLAIN));
        return this;
    }

    /** A request by the partner's application; what is sent and what comes back must be as openapi.yaml says. */
    public RequestSpecification calls() {
        return given().filter(ContractFilter.ofRequestsAndAnswers()).auth().oauth2(appToken);
    }

    /** A request by the partner's application that the document need not allow. */
    public RequestSpecification sendsAnything() {
        return given().filter(ContractFilter.ofAnswers()).auth().oauth2(appToken);
    }

    /** A request by the partner's user, an admin agent if nothing else was said. */
    public RequestSpecification adminCalls() {
        return given().filter(ContractFilter.ofAnswers()).auth().oauth2(userToken);
    }

    /** The token of the partner's application. */
    public String appToken() {
        return appToken;
    }

    private String token(Map<String, String> form) {
        return given().formParams(form)
                .formParam("scope", "https://api.partnercenter.microsoft.com/.default")
                .post("/" + tenantId + "/oauth2/v2.0/token")
                .then()
                .statusCode(200)
                .extract()
                .path("access_token");
    }
}
