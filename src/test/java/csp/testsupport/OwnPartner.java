package csp.testsupport;

import static io.restassured.RestAssured.given;

import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A partner of a test's own, with fresh ids and users for every role, plain direct-bill with a signed partner
 * agreement unless the test says otherwise.
 */
public final class OwnPartner {

    private static final String AUDIENCE = "https://api.partnercenter.microsoft.com/.default";
    private static final String PUBLIC_CLIENT = "e0000000-0000-4000-8000-0000000000fe";

    public final UUID tenantId = UUID.randomUUID();
    private final Map<String, String> tokens = new HashMap<>();
    private final UUID clientId = UUID.randomUUID();
    private final Map<String, Object> partner = new LinkedHashMap<>();
    private final List<Object> partnerships = new ArrayList<>();

    private OwnPartner(Map<String, String> programs) {
        partner.put("tenantId", tenantId);
        partner.put("name", "Partner " + tenantId);
        partner.put("domain", tenantId + ".example");
        partner.put("mpnId", Long.toString(ThreadLocalRandom.current().nextLong(100_000_000_000L, 1_000_000_000_000L)));
        partner.put("country", "US");
        partner.put("programs", programs);
        partner.put("partnerAgreementSigned", true);
        partner.put(
                "users",
                List.of(
                        user("admin", "GlobalAdmin", "AdminAgent"),
                        user("owner", "GlobalAdmin"),
                        user("agent", "AdminAgent"),
                        user("sales", "SalesAgent"),
                        user("help", "HelpdeskAgent")));
        partner.put("applications", List.of(Map.of("clientId", clientId, "clientSecretHash", TestSecret.HASH)));
    }

    private Map<String, Object> user(String name, String... roles) {
        return Map.of(
                "objectId",
                UUID.randomUUID(),
                "userPrincipalName",
                name + "@" + tenantId + ".example",
                "passwordHash",
                TestSecret.HASH,
                "roles",
                List.of(roles));
    }

    public static OwnPartner directBill() {
        return new OwnPartner(Map.of("directBill", "active"));
    }

    /** Direct-bill and enrolled as indirect reseller. */
    public static OwnPartner inTransition() {
        return new OwnPartner(Map.of("directBill", "active", "indirectReseller", "enrolled"));
    }

    /** Enrolled as reseller, with restricted direct-bill capabilities. */
    public static OwnPartner restricted() {
        return new OwnPartner(Map.of("directBill", "restricted", "indirectReseller", "enrolled"));
    }

    /** An indirect reseller and nothing else. */
    public static OwnPartner reseller() {
        return new OwnPartner(Map.of("indirectReseller", "enrolled"));
    }

    public static OwnPartner provider() {
        return new OwnPartner(Map.of("indirectProvider", "active"));
    }

    /** Sets a property of the partner in the scenario document. */
    public OwnPartner with(String property, Object value) {
        partner.put(property, value);
        return this;
    }

    /** A partnership with a provider that is loaded already. */
    public OwnPartner partneredWith(UUID provider) {
        partnerships.add(Map.of("provider", provider, "reseller", tenantId));
        return this;
    }

    public OwnPartner load() {
        Sandbox.load(Map.of("partners", List.of(partner), "partnerships", partnerships))
                .then()
                .statusCode(201);
        return this;
    }

    public String mpnId() {
        return (String) partner.get("mpnId");
    }

    public String name() {
        return (String) partner.get("name");
    }

    /** A request by one of the partner's users; what is sent and what comes back must be as openapi.yaml says. */
    public RequestSpecification calls(String user) {
        return given().filter(ContractFilter.ofRequestsAndAnswers()).auth().oauth2(userToken(user));
    }

    /** A request by one of the partner's users that the document need not allow. */
    public RequestSpecification sendsAnythingAs(String user) {
        return given().filter(ContractFilter.ofAnswers()).auth().oauth2(userToken(user));
    }

    /** A request by the partner's application that the document need not allow. */
    public RequestSpecification applicationSends() {
        return given().filter(ContractFilter.ofAnswers()).auth().oauth2(appToken());
    }

    /** The token of the partner's application. */
    public String appToken() {
        return DemoPartner.tokenOf(tenantId, clientId, TestSecret.PLAIN);
    }

    private String userToken(String user) {
        return tokens.computeIfAbsent(user, this::newUserToken);
    }

    private String newUserToken(String user) {
        return given().formParams(Map.of(
                        "grant_type",
                        "password",
                        "client_id",
                        PUBLIC_CLIENT,
                        "username",
                        user + "@" + tenantId + ".example",
                        "password",
                        TestSecret.PLAIN,
                        "scope",
                        AUDIENCE))
                .post("/" + tenantId + "/oauth2/v2.0/token")
                .then()
                .statusCode(200)
                .extract()
                .path("access_token");
    }
}
