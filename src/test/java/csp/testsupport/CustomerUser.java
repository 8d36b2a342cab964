package csp.testsupport;

import static io.restassured.RestAssured.given;

import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The people of a test's customer: its global admin and a user without any role. */
public final class CustomerUser {

    private static final Map<String, String> TOKENS = new ConcurrentHashMap<>();
    private static final String PUBLIC_CLIENT = "e0000000-0000-4000-8000-0000000000fe";

    private final TestCustomer customer;
    private final String name;

    private CustomerUser(TestCustomer customer, String name) {
        this.customer = customer;
        this.name = name;
    }

    /** Adds both to a customer that is not loaded yet. */
    public static TestCustomer addTo(TestCustomer customer) {
        return customer.with(
                "users", List.of(user(customer, "owner", List.of("GlobalAdmin")), user(customer, "clerk", List.of())));
    }

    public static CustomerUser globalAdminOf(TestCustomer customer) {
        return new CustomerUser(customer, "owner");
    }

    public static CustomerUser clerkOf(TestCustomer customer) {
        return new CustomerUser(customer, "clerk");
    }

    /** A request that need not be as openapi.yaml says; what comes back must be. */
    public RequestSpecification calls() {
        return given().filter(ContractFilter.ofAnswers())
                .auth()
                .oauth2(TOKENS.computeIfAbsent(userName(customer, name), this::newToken));
    }

    private String newToken(String userName) {
        return given().formParams(Map.of(
                        "grant_type",
                        "password",
                        "client_id",
                        PUBLIC_CLIENT,
                        "username",
                        userName,
                        "password",
                        TestSecret.PLAIN,
                        "scope",
                        "https://api.partnercenter.microsoft.com/.default"))
                .post("/" + customer.id + "/oauth2/v2.0/token")
                .then()
                .statusCode(200)
                .extract()
                .path("access_token");
    }

    private static Map<String, Object> user(TestCustomer customer, String name, List<String> roles) {
        return Map.of(
                "objectId",
                UUID.randomUUID(),
                "userPrincipalName",
                userName(customer, name),
                "passwordHash",
                TestSecret.HASH,
                "roles",
                roles);
    }

    private static String userName(TestCustomer customer, String name) {
        return name + "@" + customer.id + ".example";
    }
}
