package csp.sandbox.scenario.api;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static csp.testsupport.Sandbox.export;
import static csp.testsupport.Sandbox.load;
import static csp.testsupport.Sandbox.operator;
import static csp.testsupport.Sandbox.reset;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.sandbox.scenario.World;
import csp.testsupport.ContractFilter;
import csp.testsupport.PostgresTestResource;
import csp.testsupport.TestCustomer;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class ScenarioRoundTripTest {

    private static final Map<String, Integer> NOTHING = counts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    private static Map<String, Integer> counts(int... counts) {
        var kinds = List.of(
                "partners",
                "users",
                "applications",
                "partnerships",
                "customers",
                "relationships",
                "agreements",
                "subscriptions",
                "transfers",
                "orders",
                "offers");
        return IntStream.range(0, counts.length).boxed().collect(Collectors.toMap(kinds::get, index -> counts[index]));
    }

    @Inject
    AgroalDataSource database;

    @BeforeEach
    void demoWorld() {
        reset();
    }

    @Test
    void a_document_with_every_property_is_loaded_and_counted() {
        operator()
                .filter(ContractFilter.ofRequestsAndAnswers())
                .contentType("application/json")
                .body(World.everything().toString())
                .post("/sandbox/scenarios")
                .then()
                .statusCode(201)
                .body("", is(counts(2, 2, 1, 1, 1, 3, 1, 5, 2, 5, 2)));
    }

    @Test
    void loading_the_same_document_twice_changes_nothing() {
        load(World.everything().toString()).then().statusCode(201);
        var once = export();
        load(World.everything().toString()).then().statusCode(201).body("", is(NOTHING));
        assertEquals(once, export());
    }

    @Test
    void the_demo_document_loads_onto_the_demo_world_without_a_change() {
        var before = export();
        load(World.demo().toString()).then().statusCode(201).body("", is(NOTHING));
        assertEquals(before, export());
    }

    @Test
    void an_export_loads_onto_its_own_world_without_a_change() {
        load(World.everything().toString()).then().statusCode(201);
        var world = export();
        load(world).then().statusCode(201).body("", is(NOTHING));
        assertEquals(world, export());
    }

    @Test
    void an_export_loaded_into_an_empty_database_is_exported_as_the_same_text() throws SQLException {
        load(World.everything().toString()).then().statusCode(201);
        var world = export();
        emptyDatabase();
        assertEquals("{\"partners\":[],\"partnerships\":[],\"customers\":[],\"offers\":[]}", export());
        load(world).then().statusCode(201);
        assertEquals(world, export());
    }

    @Test
    void a_world_that_the_api_has_changed_comes_back_from_its_export() throws SQLException {
        var customer = TestCustomer.readyToTransfer()
                .license("moved", 25)
                .addon("with it", "moved", 5)
                .azure("cloud")
                .license("refused", 1)
                .license("withdrawn", 2)
                .license("open", 3)
                .subscription("unsynced", Map.of("syncState", "none"));
        var failing = UUID.randomUUID();
        customer.transfer(failing, "Active", Map.of(), "unsynced").load();
        FABRIKAM.calls()
                .post(customer.path() + "/transfers/" + customer.openTransfer("moved", "cloud") + "/accept")
                .then()
                .statusCode(200);
        FABRIKAM.calls()
                .post(customer.path() + "/transfers/" + failing + "/accept")
                .then()
                .statusCode(200)
                .body("orders", hasSize(0));
        var refused = customer.openTransfer("refused");
        FABRIKAM.calls()
                .contentType("application/json")
                .body(Map.of("id", refused, "status", "reject"))
                .patch(customer.path() + "/transfers/" + refused)
                .then()
                .statusCode(200);
        CONTOSO.calls()
                .delete(customer.path() + "/transfers/" + customer.openTransfer("withdrawn"))
                .then()
                .statusCode(204);
        customer.openTransfer("open");
        var world = export();
        var rows = rows();
        emptyDatabase();
        load(world).then().statusCode(201);
        assertEquals(world, export());
        assertEquals(rows, rows());
    }

    @Test
    void the_export_is_the_same_text_whatever_the_order_of_the_document() throws SQLException {
        load(World.everything().toString()).then().statusCode(201);
        var world = World.parse(export());
        var text = world.toString();
        World.reverse(world);
        emptyDatabase();
        load(world.toString()).then().statusCode(201);
        assertEquals(text, export());
    }

    @Test
    void the_export_is_as_published_and_names_no_secret_and_no_operator() {
        load(World.everything().toString()).then().statusCode(201);
        var world = operator()
                .filter(ContractFilter.ofRequestsAndAnswers())
                .get("/sandbox/scenario")
                .asString();
        assertFalse(world.contains("-password") || world.contains("-secret"));
        assertFalse(world.contains("e0000000-0000-4000-8000-0000000000ff"));
        assertFalse(world.contains("null"));
        assertTrue(world.contains("\"passwordHash\":\"$2a$"));
    }

    @Test
    void W41_a_user_may_lack_the_second_factor_and_the_export_says_so_of_each() {
        load("""
                {"customers": [{"tenantId": "c3000000-0000-4000-8000-000000000001", "companyName": "Graphic Design Institute",
                   "users": [{"objectId": "d3000000-0000-4000-8000-000000000001"},
                             {"objectId": "d3000000-0000-4000-8000-000000000002", "mfa": false}]}]}""").then().statusCode(201);
        operator()
                .get("/sandbox/scenario")
                .then()
                .body("customers.find { it.companyName.startsWith('Graphic') }.users.mfa", contains(true, false));
    }

    @Test
    void what_a_document_leaves_out_gets_the_published_defaults() {
        load("""
                {"partners": [{"tenantId": "A2000000-0000-4000-8000-00000000000A", "name": "Margie's Travel", "country": "DE",
                               "users": [{"objectId": "b2000000-0000-4000-8000-000000000001"}],
                               "applications": [{"clientId": "e2000000-0000-4000-8000-000000000001"}]}],
                 "customers": [{"tenantId": "c2000000-0000-4000-8000-000000000001", "companyName": "Graphic Design Institute",
                   "users": [{"objectId": "d2000000-0000-4000-8000-000000000001"}],
                   "relationships": [{"partner": "a2000000-0000-4000-8000-00000000000a", "kind": "directReseller"}],
                   "agreements": [{"type": "MicrosoftCustomerAgreement"}],
                   "subscriptions": [
                     {"id": "52000000-0000-4000-8000-000000000001", "partner": "a2000000-0000-4000-8000-00000000000a",
                      "product": "license", "offerId": "X1", "creationDate": "2025-03-31T22:00:00Z"},
                     {"id": "52000000-0000-4000-8000-000000000002", "partner": "a2000000-0000-4000-8000-00000000000a",
                      "product": "azurePayg", "offerId": "MS-AZR-0145P", "friendlyName": "Cloud"}]}]}""").then().statusCode(201);
        operator()
                .get("/sandbox/scenario")
                .then()
                .root("partners.find { it.name.startsWith('Margie') }")
                .body(
                        "tenantId",
                        is("a2000000-0000-4000-8000-00000000000a"),
                        "domain",
                        is("a2000000-0000-4000-8000-00000000000a.example"),
                        "currency",
                        is("EUR"),
                        "programs",
                        is(Map.of("directBill", "none", "indirectReseller", "none", "indirectProvider", "none")),
                        "partnerAgreementSigned",
                        is(false),
                        "users[0].userPrincipalName",
                        is("b2000000-0000-4000-8000-000000000001@a2000000-0000-4000-8000-00000000000a.example"),
                        "users[0].roles",
                        hasSize(0))
                .root("customers.find { it.companyName.startsWith('Graphic') }")
                .body(
                        "country",
                        is("US"),
                        "domain",
                        is("c2000000-0000-4000-8000-000000000001.example"),
                        "relationships[0].delegatedAdmin",
                        is(true),
                        "relationships[0].via",
                        is("direct"),
                        "agreements[0].method",
                        is("direct"),
                        "agreements[0].dateAgreed",
                        is("2020-01-31T00:00:00Z"),
                        "subscriptions.quantity",
                        everyItem(is(1)),
                        "subscriptions.status",
                        everyItem(is("active")),
                        "subscriptions.syncState",
                        everyItem(is("complete")),
                        "subscriptions[0].offerName",
                        is("X1"),
                        "subscriptions[0].termDuration",
                        is("P1Y"),
                        "subscriptions[0].billingCycle",
                        is("annual"),
                        "subscriptions[0].commitmentEndDate",
                        is("2026-03-31T22:00:00Z"),
                        "subscriptions[0].autoRenewEnabled",
                        is(true),
                        "subscriptions[1].billingCycle",
                        is("monthly"),
                        "subscriptions[1].offerName",
                        is("Cloud"),
                        "subscriptions[1].commitmentEndDate",
                        is("9999-12-10T00:00:00Z"),
                        "subscriptions[1].azureSubscriptionId",
                        is("52000000-0000-4000-8000-000000000002"),
                        "subscriptions[1].autoRenewEnabled",
                        is(false),
                        "orders",
                        hasSize(2),
                        "orders.currencyCode",
                        everyItem(is("EUR")));
    }

    @Test
    void an_open_transfer_takes_its_lines_and_add_ons_from_the_subscriptions_and_claims_them() throws SQLException {
        var document = World.demo();
        World.set(document, "/customers/0/transfers", World.parse("""
                {"list": [{"id": "72000000-0000-4000-8000-000000000001", "source": "a0000000-0000-4000-8000-000000000001",
                           "target": "a0000000-0000-4000-8000-000000000002",
                           "lineItems": [{"subscriptionId": "50000000-0000-4000-8000-000000000001"},
                                         {"subscriptionId": "50000000-0000-4000-8000-000000000004"}]}]}""").get("list"));
        load(document.toString()).then().statusCode(201).body("transfers", is(1), "subscriptions", is(0));
        operator()
                .get("/sandbox/scenario")
                .then()
                .root("customers[0].transfers[0].lineItems")
                .body(
                        "[0].quantity",
                        is(25),
                        "[0].addonItems.subscriptionId",
                        is(List.of("50000000-0000-4000-8000-000000000002", "50000000-0000-4000-8000-000000000003")),
                        "[0].addonItems.quantity",
                        is(List.of(25, 5)),
                        "[1].entitlementId",
                        is("50000000-0000-4000-8000-000000000004"),
                        "[1].billingCycle",
                        is("monthly"),
                        "[1].addonItems",
                        hasSize(0));
        assertEquals(
                4,
                count(
                        "select count(*) from transfer_claim where transfer_id = '72000000-0000-4000-8000-000000000001'"));
    }

    @Test
    void a_completed_line_gets_an_order_of_the_target_and_leaves_its_subscription_moved_away() throws SQLException {
        var document = World.demo();
        World.set(document, "/customers/0/transfers", World.parse("""
                {"list": [{"id": "72000000-0000-4000-8000-000000000001", "source": "a0000000-0000-4000-8000-000000000001",
                           "target": "a0000000-0000-4000-8000-000000000002", "status": "PartiallyComplete",
                           "lastModifiedTime": "2026-02-01T10:00:00Z",
                           "lineItems": [{"subscriptionId": "50000000-0000-4000-8000-000000000001"},
                                         {"subscriptionId": "50000000-0000-4000-8000-000000000010", "status": "Failed"}]}]}""").get("list"));
        load(document.toString()).then().statusCode(201).body("transfers", is(1), "orders", is(1));
        var world = operator().get("/sandbox/scenario").then();
        String orderId = world.extract().path("customers[0].transfers[0].lineItems[0].orderId");
        world.root("customers[0].orders.find { it.id == '" + orderId + "' }")
                .body(
                        "partner",
                        is("a0000000-0000-4000-8000-000000000002"),
                        "transferGroupId",
                        is(0),
                        "creationDate",
                        is("2026-02-01T10:00:00Z"),
                        "lineItems.quantity",
                        is(List.of(25, 25, 5)))
                .root("customers[0].transfers[0].lineItems[1]")
                .body(
                        "status",
                        is("Failed"),
                        "transferError",
                        is("The order of the transfer failed."),
                        "transferGroupId",
                        is(1));
        assertEquals(3, count("select count(*) from subscription where moved_away"));
        assertEquals(
                0,
                count(
                        "select count(*) from transfer_claim where transfer_id = '72000000-0000-4000-8000-000000000001'"));
    }

    @Test
    void a_loaded_user_and_a_loaded_application_sign_in() {
        load(World.everything().toString()).then().statusCode(201);
        given().formParam("grant_type", "client_credentials")
                .formParam("client_id", "e1000000-0000-4000-8000-000000000001")
                .formParam("client_secret", "tailspin-secret")
                .formParam("resource", "https://api.partnercenter.microsoft.com")
                .post("/tailspin.example/oauth2/token")
                .then()
                .statusCode(200);
        given().formParam("grant_type", "password")
                .formParam("client_id", "e0000000-0000-4000-8000-0000000000fe")
                .formParam("username", "admin@tailspin.example")
                .formParam("password", "tailspin-password")
                .formParam("resource", "https://api.partnercenter.microsoft.com")
                .post("/tailspin.example/oauth2/token")
                .then()
                .statusCode(200);
    }

    @Test
    void a_reset_brings_back_the_demo_world_and_keeps_tokens_valid() throws SQLException {
        var before = export();
        var operator = operator();
        load(World.everything().toString()).then().statusCode(201);
        operator.filter(ContractFilter.ofRequestsAndAnswers())
                .post("/sandbox/reset")
                .then()
                .statusCode(204);
        assertEquals(before, export());
        operator.get("/sandbox/scenario").then().statusCode(200);
        assertEquals(0, count("select count(*) from audit_record"));
    }

    @Test
    void ten_thousand_customers_load_from_one_document_in_seconds() {
        var document = new StringBuilder("{\"customers\":[");
        for (var i = 0; i < 10_000; i++) {
            document.append(i == 0 ? "" : ",").append("""
                    {"tenantId": "c3000000-0000-4000-8000-%1$012d", "companyName": "Customer %1$d",
                     "users": [{"objectId": "d3000000-0000-4000-8000-%1$012d", "password": "customer-password"}],
                     "relationships": [{"partner": "a0000000-0000-4000-8000-000000000001", "kind": "directReseller"}],
                     "subscriptions": [{"id": "53000000-0000-4000-8000-%1$012d", "product": "license", "offerId": "X1",
                                        "partner": "a0000000-0000-4000-8000-000000000001"}]}""".formatted(i));
        }
        var begin = System.nanoTime();
        load(document.append("]}").toString())
                .then()
                .statusCode(201)
                .body("customers", is(10_000), "orders", is(10_000));
        var seconds = (System.nanoTime() - begin) / 1e9;
        assertTrue(seconds < 30, "took " + seconds + " s");
        reset();
    }

    private void emptyDatabase() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("truncate partner, customer, offer cascade");
        }
    }

    /** What a storefront could tell apart, but for the versions in etags. */
    private String rows() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("""
                        select string_agg(line, E'\\n' order by line) from (
                            select (to_jsonb(s) - 'version')::text as line from subscription s
                            union all select (to_jsonb(t) - 'version')::text from transfer t where status <> 'WITHDRAWN'
                            union all select to_jsonb(c)::text from transfer_claim c
                            union all select (to_jsonb(o) - 'version')::text from customer_order o
                            union all select to_jsonb(r)::text from customer_relationship r
                            union all select to_jsonb(a)::text from customer_agreement a) lines""")) {
            row.next();
            return row.getString(1);
        }
    }

    private int count(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }
}
