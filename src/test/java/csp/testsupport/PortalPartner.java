package csp.testsupport;

import static io.restassured.RestAssured.given;

import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** A partner of a test's own with a person for every role, to do in the portal what people do there. */
public final class PortalPartner {

    private static final String PUBLIC_CLIENT = "e0000000-0000-4000-8000-0000000000fe";
    private static final List<String> ROLES =
            List.of("GlobalAdmin", "AdminAgent", "SalesAgent", "HelpdeskAgent", "BillingAdmin");

    public final UUID tenantId = UUID.randomUUID();
    public final String name = "Partner " + tenantId;
    public final String contactEmail = "contact@" + tenantId + ".example";
    public final String programEmail = "program@" + tenantId + ".example";
    private final UUID clientId = UUID.randomUUID();
    private final Map<String, Object> partner = new LinkedHashMap<>();
    private final Map<String, String> programs = new LinkedHashMap<>();
    private final List<Object> partnerships = new ArrayList<>();
    private final Map<String, String> tokens = new ConcurrentHashMap<>();

    private PortalPartner() {
        partner.put("tenantId", tenantId);
        partner.put("name", name);
        partner.put("mpnId", Long.toString(ThreadLocalRandom.current().nextLong(100_000_000_000L, 1_000_000_000_000L)));
        partner.put("programs", programs);
        partner.put("primaryContact", Map.of("firstName", "Ada", "lastName", "Contact", "email", contactEmail));
        partner.put("programAccountEmail", programEmail);
        partner.put(
                "users",
                ROLES.stream()
                        .map(role -> Map.of(
                                "objectId",
                                UUID.randomUUID(),
                                "userPrincipalName",
                                upn(role),
                                "passwordHash",
                                TestSecret.HASH,
                                "roles",
                                List.of(role)))
                        .toList());
        partner.put("applications", List.of(Map.of("clientId", clientId, "clientSecretHash", TestSecret.HASH)));
    }

    /** Direct-bill, with the revenue it takes, and nothing else yet. */
    public static PortalPartner directBill() {
        return new PortalPartner().program("directBill", "active").with("cspRevenueLast12Months", 450000);
    }

    /** Direct-bill and enrolled as reseller. */
    public static PortalPartner inTransition() {
        return directBill().program("indirectReseller", "enrolled").with("partnerAgreementSigned", true);
    }

    /** An active indirect provider. */
    public static PortalPartner provider() {
        return new PortalPartner().program("indirectProvider", "active").with("partnerAgreementSigned", true);
    }

    public PortalPartner program(String program, String status) {
        programs.put(program, status);
        return this;
    }

    /** Sets a property of the partner in the scenario document. */
    public PortalPartner with(String property, Object value) {
        partner.put(property, value);
        return this;
    }

    public PortalPartner without(String property) {
        partner.remove(property);
        return this;
    }

    /** The reseller has accepted the invitation of {@code provider}. */
    public PortalPartner partneredWith(UUID provider) {
        partnerships.add(Map.of("provider", provider, "reseller", tenantId));
        return this;
    }

    public PortalPartner load() {
        Sandbox.load(Map.of("partners", List.of(partner), "partnerships", partnerships))
                .then()
                .statusCode(201);
        return this;
    }

    /** Name to sign in with of the person that has this role alone. */
    public String upn(String role) {
        return role.toLowerCase() + "@" + tenantId + ".example";
    }

    /** A request by the person that has this role alone; request and answer must be as openapi.yaml says. */
    public RequestSpecification calls(String role) {
        return request(ContractFilter.ofRequestsAndAnswers(), userToken(role));
    }

    /** A request by the person that has this role alone, which the document need not allow. */
    public RequestSpecification sendsAnythingAs(String role) {
        return request(ContractFilter.ofAnswers(), userToken(role));
    }

    /** A request by the partner's application. */
    public RequestSpecification appCalls() {
        return request(
                ContractFilter.ofRequestsAndAnswers(),
                tokens.computeIfAbsent(
                        "app",
                        key -> token(Map.of(
                                "grant_type",
                                "client_credentials",
                                "client_id",
                                clientId.toString(),
                                "client_secret",
                                TestSecret.PLAIN))));
    }

    /** A request for a token by the partner's application. */
    public RequestSpecification asksForAppToken() {
        return given().formParams(Map.of(
                "grant_type",
                "client_credentials",
                "client_id",
                clientId.toString(),
                "client_secret",
                TestSecret.PLAIN,
                "scope",
                "https://api.partnercenter.microsoft.com/.default"));
    }

    /** A new token of the person that has this role alone. */
    public String newUserToken(String role) {
        return token(Map.of(
                "grant_type",
                "password",
                "client_id",
                PUBLIC_CLIENT,
                "username",
                upn(role),
                "password",
                TestSecret.PLAIN));
    }

    private String userToken(String role) {
        return tokens.computeIfAbsent(role, this::newUserToken);
    }

    private static RequestSpecification request(ContractFilter filter, String token) {
        return given().filter(filter).auth().oauth2(token).contentType("application/json");
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
