package csp.testsupport;

import static io.restassured.RestAssured.given;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The partners of the demo world, ready to call the service. */
public enum DemoPartner {

    /** Direct-bill and enrolled as reseller: the source of transfers. */
    CONTOSO(1, "4800001", "Contoso Direct"),
    /** Provider with a partnership with Contoso: the target. */
    FABRIKAM(2, "4800002", "Fabrikam Distribution"),
    /** Provider without partnership. */
    NORTHWIND(3, "4800003", "Northwind Distribution"),
    /** Direct-bill, not enrolled as reseller. */
    LITWARE(4, "4800004", "Litware Direct"),
    /** Provider in another region. */
    ADATUM(5, "4800005", "Adatum Europe");

    private static final String AUDIENCE = "https://api.partnercenter.microsoft.com/.default";
    private static final String PUBLIC_CLIENT = "e0000000-0000-4000-8000-0000000000fe";
    private static final Map<String, String> TOKENS = new ConcurrentHashMap<>();

    public final UUID tenantId;
    public final UUID clientId;
    public final String mpnId;
    public final String displayName;
    private final String word = name().toLowerCase();

    DemoPartner(int number, String mpnId, String displayName) {
        this.tenantId = UUID.fromString("a0000000-0000-4000-8000-00000000000" + number);
        this.clientId = UUID.fromString("e0000000-0000-4000-8000-00000000000" + number);
        this.mpnId = mpnId;
        this.displayName = displayName;
    }

    /** A request by the partner's application; what is sent and what comes back must be as openapi.yaml says. */
    public RequestSpecification calls() {
        return given().filter(ContractFilter.ofRequestsAndAnswers()).auth().oauth2(appToken(serviceUnderTest()));
    }

    /** A request by the partner's application that the document need not allow. */
    public RequestSpecification sendsAnything() {
        return given().filter(ContractFilter.ofAnswers()).auth().oauth2(appToken(serviceUnderTest()));
    }

    /** A request by one of the partner's users: {@code admin}, {@code sales} or {@code help}. */
    public RequestSpecification calls(String user) {
        return given().filter(ContractFilter.ofRequestsAndAnswers()).auth().oauth2(userToken(serviceUnderTest(), user));
    }

    /** A request by one of the partner's users that the document need not allow. */
    public RequestSpecification sendsAnythingAs(String user) {
        return given().filter(ContractFilter.ofAnswers()).auth().oauth2(userToken(serviceUnderTest(), user));
    }

    /** A token of an application of a partner that the test loaded itself. */
    public static String tokenOf(UUID tenantId, UUID clientId, String secret) {
        return token(
                serviceUnderTest(),
                "/" + tenantId + "/oauth2/v2.0/token",
                Map.of(
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        clientId.toString(),
                        "client_secret",
                        secret,
                        "scope",
                        AUDIENCE));
    }

    /** A request with such a token. */
    public static RequestSpecification callsWith(String token) {
        return given().filter(ContractFilter.ofRequestsAndAnswers()).auth().oauth2(token);
    }

    /** A token of the partner's application, from the service at {@code baseUrl}. */
    public String appToken(String baseUrl) {
        return token(
                baseUrl,
                "/" + word + ".example/oauth2/v2.0/token",
                Map.of(
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        clientId.toString(),
                        "client_secret",
                        word + "-secret",
                        "scope",
                        AUDIENCE));
    }

    /** A token of one of the partner's users, from the service at {@code baseUrl}. */
    public String userToken(String baseUrl, String user) {
        return token(
                baseUrl,
                "/" + word + ".example/oauth2/v2.0/token",
                Map.of(
                        "grant_type",
                        "password",
                        "client_id",
                        PUBLIC_CLIENT,
                        "username",
                        user + "@" + word + ".example",
                        "password",
                        word + "-password",
                        "scope",
                        AUDIENCE));
    }

    /** A request by the operator of the sandbox. */
    public static RequestSpecification operatorCalls() {
        return given().filter(ContractFilter.ofAnswers())
                .contentType(ContentType.JSON)
                .auth()
                .oauth2(operatorToken(serviceUnderTest()));
    }

    /** The operator's token, from the service at {@code baseUrl}. */
    public static String operatorToken(String baseUrl) {
        return token(
                baseUrl,
                "/sandbox/oauth2/token",
                Map.of(
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        "e0000000-0000-4000-8000-0000000000ff",
                        "client_secret",
                        "sandbox",
                        "resource",
                        "https://api.partnercenter.microsoft.com"));
    }

    private static String token(String baseUrl, String path, Map<String, String> form) {
        return TOKENS.computeIfAbsent(
                baseUrl + form,
                key -> given().baseUri(baseUrl)
                        .formParams(form)
                        .post(path)
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("access_token"));
    }

    /** Where REST Assured sends requests that name no host. */
    public static String serviceUnderTest() {
        return RestAssured.baseURI + ":" + RestAssured.port;
    }
}
