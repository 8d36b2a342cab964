package csp;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.testsupport.CountingProxy;
import csp.testsupport.DemoPartner;
import csp.testsupport.MeasuredDatabase;
import csp.testsupport.OwnPartner;
import csp.testsupport.PartnerClient;
import csp.testsupport.PartnerClient.Answer;
import csp.testsupport.Sandbox;
import csp.testsupport.TestCustomer;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** How often each operation waits for the database, commits included: a number that does not grow with the data. */
@QuarkusTest
@WithTestResource(MeasuredDatabase.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class StatementCountTest {

    /** Of one: what a stored answer takes, four reads, and one statement each for relationship, consent and audit record. */
    private static final long EXTENSION = 10;

    CountingProxy proxy;

    private PartnerClient contoso;
    private PartnerClient fabrikam;

    @BeforeEach
    void signIn() {
        contoso = PartnerClient.of(CONTOSO, DemoPartner.serviceUnderTest());
        fabrikam = PartnerClient.of(FABRIKAM, DemoPartner.serviceUnderTest());
    }

    @Test
    void signing_in_reads_the_tenant_the_account_and_the_key_once_each_and_a_user_leaves_a_refresh_token() {
        assertEquals(
                3,
                roundTrips(() -> signIn(Map.of(
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        CONTOSO.clientId.toString(),
                        "client_secret",
                        "contoso-secret"))));
        var user = Map.of(
                "grant_type",
                "password",
                "client_id",
                "e0000000-0000-4000-8000-0000000000fe",
                "username",
                "admin@contoso.example",
                "password",
                "contoso-password");
        signIn(user); // once with hashing, which takes so long that failures are looked for again
        // and the failures of the account
        assertEquals(5, roundTrips(() -> signIn(user)));
    }

    private static Answer signIn(Map<String, String> form) {
        var response = given().formParams(form)
                .formParam("resource", "https://api.partnercenter.microsoft.com")
                .post("/contoso.example/oauth2/token");
        return new Answer(response.statusCode(), response.asString());
    }

    @Test
    void reading_a_transfer_is_one_round_trip() {
        var customer = customerWith(1, 0);
        var path = open(customer, 1);
        assertEquals(1, roundTrips(() -> fabrikam.get(path)));
    }

    @Test
    void a_fault_costs_round_trips_only_those_whom_it_can_strike() {
        var customer = customerWith(1, 0);
        var other = customerWith(1, 0);
        var path = open(customer, 1);
        var operator = PartnerClient.operator(DemoPartner.serviceUnderTest());
        assertEquals(1, roundTrips(() -> fabrikam.get(path)));
        fault(operator, "listTransfers", customer);
        fault(operator, "getTransfer", other);
        assertEquals(1, roundTrips(() -> fabrikam.get(path)));
        fault(operator, "getTransfer", customer); // takes no time, once
        assertTrue(roundTrips(() -> fabrikam.get(path)) > 1);
        assertEquals(1, roundTrips(() -> fabrikam.get(path)));
        assertTrue(operator.delete("/sandbox/faults").succeeded());
        assertEquals(1, roundTrips(() -> fabrikam.get(path)));
    }

    private static void fault(PartnerClient operator, String operation, TestCustomer customer) {
        var set = operator.post(
                "/sandbox/faults",
                Map.of(
                        "operation",
                        operation,
                        "customer",
                        customer.id,
                        "times",
                        1,
                        "effect",
                        Map.of("type", "delay", "by", "PT0S")));
        assertTrue(set.succeeded(), set::body);
    }

    @Test
    void listing_a_thousand_transfers_is_one_round_trip_as_for_one() {
        var one = TestCustomer.readyToTransfer()
                .license("licence", 1)
                .transfer(UUID.randomUUID(), "Reject", Map.of(), "licence")
                .load();
        var thousand = TestCustomer.readyToTransfer().license("licence", 1);
        IntStream.range(0, 1000).forEach(n -> thousand.transfer(UUID.randomUUID(), "Reject", Map.of(), "licence"));
        thousand.load();
        assertEquals(1, roundTrips(() -> contoso.get(one.transfersPath())));
        assertEquals(1, roundTrips(() -> contoso.get(thousand.transfersPath())));
    }

    @Test
    void creating_a_transfer_of_500_lines_takes_as_many_as_of_one() {
        var one = customerWith(1, 0);
        var many = customerWith(500, 0);
        assertEquals(6, roundTrips(() -> contoso.post(one.transfersPath(), request(one, 1))));
        assertEquals(6, roundTrips(() -> contoso.post(many.transfersPath(), request(many, 500))));
    }

    @Test
    void accepting_50_lines_with_100_add_ons_takes_as_many_as_5_lines() {
        var five = customerWith(5, 2);
        var fifty = customerWith(50, 2);
        var pathOfFive = open(five, 5);
        var pathOfFifty = open(fifty, 50);
        assertEquals(6, roundTrips(() -> fabrikam.post(pathOfFive + "/accept", null)));
        assertEquals(6, roundTrips(() -> fabrikam.post(pathOfFifty + "/accept", null)));
    }

    @Test
    void rejecting_withdrawing_and_repeating_have_their_fixed_numbers() {
        var customer = customerWith(20, 2);
        var rejected = open(customer, 20);
        assertEquals(8, roundTrips(() -> fabrikam.patch(rejected, Map.of("status", "reject"))));
        var withdrawn = open(customer, 20);
        assertEquals(6, roundTrips(() -> contoso.delete(withdrawn)));
        var requestId = UUID.randomUUID();
        Supplier<Answer> create =
                () -> contoso.send("POST", customer.transfersPath(), requestId, request(customer, 20));
        create.get();
        assertEquals(3, roundTrips(create));
    }

    @Test
    void eligibility_of_500_subscriptions_takes_as_many_as_of_one() {
        var one = customerWith(1, 0);
        var many = customerWith(500, 0);
        assertEquals(4, roundTrips(() -> contoso.get(one.eligibilityPath())));
        assertEquals(4, roundTrips(() -> contoso.get(many.eligibilityPath())));
    }

    @Test
    void the_lists_of_the_storefront_have_their_fixed_numbers() {
        var one = customerWith(1, 0);
        var many = customerWith(200, 0);
        assertEquals(2, roundTrips(() -> contoso.get("/v1/customers")));
        assertEquals(2, roundTrips(() -> contoso.get("/v1/customers?size=1")));
        assertEquals(1, roundTrips(() -> contoso.get(many.path())));
        for (var customer : new TestCustomer[] {one, many}) {
            assertEquals(2, roundTrips(() -> contoso.get(customer.path() + "/subscriptions")));
            assertEquals(2, roundTrips(() -> contoso.get(customer.path() + "/orders")));
        }
    }

    @Test
    void extending_1000_customers_takes_as_many_as_one_but_for_a_batch_of_consents_per_hundred() {
        var admin = PartnerClient.of(CONTOSO, "admin", DemoPartner.serviceUnderTest());
        var one = extensions(1);
        var thousand = extensions(1000);
        assertEquals(EXTENSION, roundTrips(() -> admin.post("/portal/v1/relationshipExtensions", one)));
        assertEquals(EXTENSION + 9, roundTrips(() -> admin.post("/portal/v1/relationshipExtensions", thousand)));
    }

    /** Requests for so many new customers of Contoso's. */
    private static List<Object> extensions(int count) {
        var ids = IntStream.range(0, count).mapToObj(n -> UUID.randomUUID()).toList();
        Sandbox.load(Map.of(
                        "customers",
                        ids.stream()
                                .map(id -> Map.of(
                                        "tenantId",
                                        id,
                                        "companyName",
                                        "Customer " + id,
                                        "relationships",
                                        List.of(Map.of("partner", CONTOSO.tenantId, "kind", "directReseller"))))
                                .toList()))
                .then()
                .statusCode(201);
        return ids.stream()
                .<Object>map(id -> Map.of(
                        "customerId",
                        id,
                        "directPartnerId",
                        CONTOSO.tenantId,
                        "indirectProviderId",
                        FABRIKAM.tenantId,
                        "consent",
                        Map.of("givenBy", "Owner", "givenAt", "2026-02-01T15:00:00Z", "method", "email")))
                .toList();
    }

    @Test
    void loading_a_thousand_customers_with_users_and_subscriptions_takes_as_many_as_one() {
        loaded(1); // the first call signs in and opens connections
        assertEquals(roundTrips(() -> loaded(1)), roundTrips(() -> loaded(1000)));
    }

    private static Answer loaded(int count) {
        var customers = IntStream.range(0, count)
                .mapToObj(n -> {
                    var id = UUID.randomUUID();
                    return Map.of(
                            "tenantId",
                            id,
                            "companyName",
                            "Customer " + id,
                            "users",
                            List.of(Map.of("objectId", UUID.randomUUID(), "password", "customer-password")),
                            "relationships",
                            List.of(Map.of("partner", CONTOSO.tenantId, "kind", "directReseller")),
                            "subscriptions",
                            List.of(Map.of(
                                    "id",
                                    UUID.randomUUID(),
                                    "partner",
                                    CONTOSO.tenantId,
                                    "product",
                                    "license",
                                    "offerId",
                                    "X1")));
                })
                .toList();
        var answer = Sandbox.load(Map.of("customers", customers));
        return new Answer(answer.statusCode(), answer.asString());
    }

    @Test
    void readiness_of_a_thousand_customers_takes_as_many_as_of_two() {
        var two = partnerWithCustomers(2);
        var thousand = partnerWithCustomers(1000);
        var path = "/portal/v1/transferReadiness?provider=" + FABRIKAM.tenantId;
        var ofTwo = two.calls("admin"); // signed in before it is counted
        var ofThousand = thousand.calls("admin");
        assertEquals(7, roundTrips(() -> answer(ofTwo.get(path), 2)));
        assertEquals(7, roundTrips(() -> answer(ofThousand.get(path), 1000)));
    }

    private static OwnPartner partnerWithCustomers(int number) {
        var partner = OwnPartner.inTransition().partneredWith(FABRIKAM.tenantId).load();
        var customers = IntStream.range(0, number)
                .mapToObj(n -> {
                    var customer = TestCustomer.unrelated()
                            .related(Map.of("partner", partner.tenantId, "kind", "directReseller"))
                            .related(Map.of(
                                    "partner",
                                    FABRIKAM.tenantId,
                                    "kind",
                                    "indirectProvider",
                                    "reseller",
                                    partner.tenantId));
                    if (n % 2 == 0) {
                        customer.agreedItself().subscription("e3", Map.of("partner", partner.tenantId));
                    }
                    return ((List<?>) customer.document().get("customers")).get(0);
                })
                .toList();
        Sandbox.load(Map.of("customers", customers)).then().statusCode(201);
        return partner;
    }

    private static Answer answer(Response response, int customers) {
        response.then()
                .statusCode(200)
                .body("totalCount", is(customers), "items.findAll { it.ready }.size()", is(customers / 2));
        return new Answer(200, response.asString());
    }

    private long roundTrips(Supplier<Answer> call) {
        var before = proxy.roundTrips();
        var answer = call.get();
        var after = proxy.roundTrips();
        assertTrue(answer.succeeded(), answer::body);
        return after - before;
    }

    private String open(TestCustomer customer, int lines) {
        var created = contoso.post(customer.transfersPath(), request(customer, lines));
        assertTrue(created.succeeded(), created::body);
        return customer.transfersPath() + "/" + created.json().path("id").asText();
    }

    private static Map<String, Object> request(TestCustomer customer, int lines) {
        return customer.transferRequest(
                IntStream.range(0, lines).mapToObj(StatementCountTest::line).toArray(String[]::new));
    }

    private static TestCustomer customerWith(int bases, int addons) {
        var customer = TestCustomer.readyToTransfer();
        for (var base = 0; base < bases; base++) {
            customer.license(line(base), 5);
            for (var addon = 0; addon < addons; addon++) {
                customer.addon(line(base) + " add-on " + addon, line(base), 2);
            }
        }
        return customer.load();
    }

    private static String line(int number) {
        return "licence " + number;
    }
}
