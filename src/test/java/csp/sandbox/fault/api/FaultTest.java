package csp.sandbox.fault.api;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static csp.testsupport.DemoPartner.LITWARE;
import static csp.testsupport.NewCommerceWorld.acceptance;
import static csp.testsupport.NewCommerceWorld.ask;
import static csp.testsupport.NewCommerceWorld.await;
import static csp.testsupport.NewCommerceWorld.customerWith;
import static csp.testsupport.NewCommerceWorld.patch;
import static csp.testsupport.TestCustomer.readyToTransfer;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.testsupport.DemoPartner;
import csp.testsupport.PostgresTestResource;
import csp.testsupport.RawConnection;
import csp.testsupport.Sandbox;
import csp.testsupport.Simultaneously;
import csp.testsupport.Sql;
import csp.testsupport.TestCustomer;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes wrong on purpose (design §5). */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class FaultTest {

    private static final Map<String, Object> ORDER_FAILS = Map.of("type", "error", "status", 500, "code", 900103);

    @Inject
    AgroalDataSource database;

    @AfterEach
    void nothing_goes_wrong_any_more() {
        DemoPartner.operatorCalls().delete("/sandbox/faults").then().statusCode(204);
    }

    @Test
    void a_fault_is_listed_read_and_removed() {
        var subscription = UUID.randomUUID();
        var set = set(Map.of(
                        "operation",
                        "acceptTransfer",
                        "partner",
                        FABRIKAM.tenantId,
                        "subscription",
                        subscription,
                        "times",
                        2,
                        "effect",
                        ORDER_FAILS))
                .body(
                        "operation", is("acceptTransfer"),
                        "partner", is(FABRIKAM.tenantId.toString()),
                        "customer", nullValue(),
                        "subscription", is(subscription.toString()),
                        "times", is(2),
                        "remaining", is(2),
                        "effect.type", is("error"),
                        "effect.status", is(500),
                        "effect.code", is(900103))
                .extract();
        String id = set.path("id");
        assertTrue(set.header("Location").endsWith("/sandbox/faults/" + id), set.header("Location"));
        var delay = id(set(Map.of("operation", "getTransfer", "effect", Map.of("type", "delay", "by", "PT1S"))));
        list().body("items.id", is(List.of(id, delay)), "items[1].effect.by", is("PT1S"));
        operator().get("/sandbox/faults/" + id).then().statusCode(200).body("id", is(id), "struck", is(0));

        operator().delete("/sandbox/faults/" + id).then().statusCode(204);
        list().body("items.id", is(List.of(delay)));
        operator().delete("/sandbox/faults").then().statusCode(204);
        list().body("items", empty());
    }

    @Test
    void an_unknown_fault_can_neither_be_read_nor_removed_404_1000() {
        for (var id : List.of(UUID.randomUUID().toString(), "none")) {
            operator().get("/sandbox/faults/" + id).then().statusCode(404).body("code", is(1000));
            operator().delete("/sandbox/faults/" + id).then().statusCode(404).body("code", is(1000));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                                                                   | operation
            {"operation":"acceptTransfers","effect":{"type":"throttle","retryAfter":1}}                          | operation
            {"operation":"resetSandbox","effect":{"type":"throttle","retryAfter":1}}                             | operation
            {"operation":"getTransfer"}                                                                          | effect
            {"operation":"getTransfer","effect":{}}                                                              | effect.type
            {"operation":"getTransfer","effect":{"type":"explode"}}                                              | effect.type
            {"operation":"getTransfer","partner":"contoso","effect":{"type":"throttle","retryAfter":1}}          | partner
            {"operation":"requestToken","partner":"a0000000-0000-4000-8000-000000000001","effect":{"type":"throttle","retryAfter":1}} | partner
            {"operation":"getTransfer","customer":1,"effect":{"type":"throttle","retryAfter":1}}                 | customer
            {"operation":"getTransfer","times":0,"effect":{"type":"throttle","retryAfter":1}}                    | times
            {"operation":"getTransfer","probability":1.5,"effect":{"type":"throttle","retryAfter":1}}            | probability
            {"operation":"getTransfer","probability":"often","effect":{"type":"throttle","retryAfter":1}}        | probability
            {"operation":"getTransfer","seed":1,"effect":{"type":"throttle","retryAfter":1}}                     | seed
            {"operation":"getTransfer","probability":1,"seed":99999999999999999999,"effect":{"type":"throttle","retryAfter":1}} | seed
            {"operation":"getTransfer","effect":{"type":"throttle"}}                                             | effect.retryAfter
            {"operation":"getTransfer","effect":{"type":"throttle","retryAfter":0}}                              | effect.retryAfter
            {"operation":"getTransfer","effect":{"type":"delay","by":"2 s"}}                                     | effect.by
            {"operation":"getTransfer","effect":{"type":"delay","by":"PT11M"}}                                   | effect.by
            {"operation":"getTransfer","effect":{"type":"error","status":500}}                                   | effect.code
            {"operation":"getTransfer","effect":{"type":"error","status":500,"code":4711}}                       | effect.code
            {"operation":"getTransfer","effect":{"type":"error","status":418,"code":900103}}                     | effect.status
            {"operation":"getTransfer","effect":{"type":"error","code":900103}}                                  | effect.status
            {"operation":"getTransfer","effect":{"type":"error","status":400,"code":50126}}                      | effect.code
            {"operation":"requestToken","effect":{"type":"error","status":400,"code":900102}}                    | effect.code
            {"operation":"getTransfer","effect":{"type":"lineFailure","name":"notSynced"}}                       | effect.type
            {"operation":"acceptTransfer","effect":{"type":"lineFailure"}}                                       | effect.text
            {"operation":"acceptTransfer","effect":{"type":"lineFailure","name":"notSynced","text":"x"}}         | effect.text
            {"operation":"acceptTransfer","effect":{"type":"lineFailure","name":"broken"}}                       | effect.name
            {"operation":"getTransfer","effect":{"type":"dropConnection","when":"during"}}                       | effect.when
            {"operation":"getTransfer","effect":{"type":"cutAnswer","bytes":-1}}                                 | effect.bytes
            """)
    void what_can_strike_nothing_is_refused_400_800002_naming_the_field(String body, String field) {
        operator()
                .body(body)
                .post("/sandbox/faults")
                .then()
                .statusCode(400)
                .body("code", is(800002), "description", startsWith("Invalid input: " + field));
        list().body("items", empty());
    }

    @Test
    void an_error_is_the_service_s_own_and_leaves_no_trace() {
        var customer = readyToTransfer().license("e3", 5).load();
        var transfer = customer.openTransfer("e3");
        var requestId = UUID.randomUUID().toString();
        set(Map.of("operation", "acceptTransfer", "times", 1, "effect", ORDER_FAILS));
        accept(customer, transfer, requestId)
                .statusCode(500)
                .header("MS-RequestId", is(requestId))
                .body(
                        "code", is(900103),
                        "description", is("The order of the transfer failed."),
                        "source", is("PartnerFD"),
                        "data", empty());
        CONTOSO.calls().get(customer.transfersPath() + "/" + transfer).then().body("status", is("Active"));
        accept(customer, transfer, requestId).statusCode(200).body("orders", hasSize(1));
        list().body("items[0].remaining", is(0), "items[0].struck", is(1), "items[0].matched", is(1));
    }

    @ParameterizedTest
    @CsvSource({
        "409, 900104, Transfer %s is being processed by another request.",
        "404, 900100, Transfer %s was not found.",
        "404, 1000, There is no resource at /v1/customers/",
        "401, 800001, The request carries no bearer token.",
        "503, 800003, The service cannot answer at the moment"
    })
    void the_sentence_of_an_error_speaks_of_the_request(int status, int code, String sentence) {
        var customer = readyToTransfer().license("e3", 5).load();
        var transfer = customer.openTransfer("e3");
        set(Map.of("operation", "getTransfer", "effect", Map.of("type", "error", "status", status, "code", code)));
        given().auth()
                .oauth2(FABRIKAM.appToken(DemoPartner.serviceUnderTest()))
                .get(customer.transfersPath() + "/" + transfer)
                .then()
                .statusCode(status)
                .header("WWW-Authenticate", status == 401 ? is("Bearer") : nullValue())
                .header("Retry-After", status == 503 ? is("5") : nullValue())
                .body("code", is(code), "description", startsWith(sentence.formatted(transfer)));
    }

    @Test
    void a_throttled_request_gets_429_in_the_recorded_form_ST6() {
        var customer = readyToTransfer().license("e3", 5).load();
        set(Map.of(
                "operation",
                "listTransfers",
                "customer",
                customer.id,
                "effect",
                Map.of("type", "throttle", "retryAfter", 57)));
        CONTOSO.calls()
                .get(customer.transfersPath())
                .then()
                .statusCode(429)
                .header("Retry-After", "57")
                .body(
                        "statusCode", is(429),
                        "message", is("Rate limit is exceeded. Try again in 57 seconds."),
                        "code", nullValue());
    }

    @Test
    void it_strikes_the_partner_the_customer_and_the_subscription_that_it_names_and_nobody_else() {
        var customer = readyToTransfer().license("e3", 5).license("visio", 1).load();
        var other = readyToTransfer().license("e3", 5).load();
        var transfer = customer.openTransfer("visio");
        Map<String, Object> fault = new HashMap<>(Map.of("operation", "getTransfer", "effect", ORDER_FAILS));

        fault.put("partner", FABRIKAM.tenantId);
        var ofPartner = id(set(fault));
        var path = customer.transfersPath() + "/" + transfer;
        assertEquals(500, status(FABRIKAM, "GET", path, null));
        assertEquals(200, status(CONTOSO, "GET", path, null));
        remove(ofPartner);

        fault.put("partner", null);
        fault.put("customer", other.id);
        var ofCustomer = id(set(fault));
        assertEquals(200, status(FABRIKAM, "GET", path, null));
        assertEquals(500, status(FABRIKAM, "GET", other.transfersPath() + "/" + other.openTransfer("e3"), null));
        remove(ofCustomer);

        fault.put("customer", null);
        fault.put("subscription", customer.subscription("e3"));
        var ofSubscription = id(set(fault));
        assertEquals(200, status(FABRIKAM, "GET", path, null));
        remove(ofSubscription);
        fault.put("subscription", customer.subscription("visio"));
        set(fault); // named by the transfer of the path
        assertEquals(500, status(FABRIKAM, "GET", path, null));

        fault.put("operation", "createTransfer");
        fault.put("subscription", customer.subscription("e3"));
        set(fault); // named by the body
        assertEquals(500, status(CONTOSO, "POST", customer.transfersPath(), customer.transferRequest("e3")));
        fault.put("operation", "getSubscription");
        set(fault); // named by the path
        assertEquals(500, status(CONTOSO, "GET", subscriptionPath(customer, "e3"), null));
        assertEquals(200, status(CONTOSO, "GET", subscriptionPath(customer, "visio"), null));
    }

    private static String subscriptionPath(TestCustomer customer, String name) {
        return customer.path() + "/subscriptions/"
                + customer.subscription(name).toString().toUpperCase();
    }

    @Test
    void who_has_no_token_is_struck_by_nothing() {
        set(Map.of("operation", "listCustomers", "times", 1, "effect", ORDER_FAILS));
        given().get("/v1/customers").then().statusCode(401).body("code", is(800001));
        list().body("items[0].matched", is(0));
    }

    @Test
    @SuppressWarnings("unchecked")
    void it_strikes_as_often_as_it_says_however_many_come_at_once() {
        var customer = readyToTransfer().license("e3", 5).load();
        set(Map.of("operation", "listTransfers", "customer", customer.id, "times", 5, "effect", ORDER_FAILS));
        Supplier<Integer>[] calls = IntStream.range(0, 20)
                .<Supplier<Integer>>mapToObj(n -> () -> status(CONTOSO, "GET", customer.transfersPath(), null))
                .toArray(Supplier[]::new);
        var statuses = Simultaneously.run(calls);
        assertEquals(5, Collections.frequency(statuses, 500), statuses::toString);
        assertEquals(15, Collections.frequency(statuses, 200), statuses::toString);
    }

    @Test
    void with_a_probability_the_seed_decides_and_again_in_the_same_way() {
        var customer = readyToTransfer().license("e3", 5).load();
        Map<String, Object> fault = Map.of(
                "operation",
                "listTransfers",
                "customer",
                customer.id,
                "probability",
                0.4,
                "seed",
                42,
                "effect",
                ORDER_FAILS);
        var expected = new SplittableRandom(42)
                .doubles(12)
                .mapToObj(number -> number < 0.4 ? 500 : 200)
                .toList();
        for (var round = 0; round < 2; round++) {
            var id = id(set(fault));
            var seen = new ArrayList<Integer>();
            for (var n = 0; n < 12; n++) {
                seen.add(status(CONTOSO, "GET", customer.transfersPath(), null));
            }
            assertEquals(expected, seen);
            list().body("items[0].matched", is(12), "items[0].struck", is(Collections.frequency(expected, 500)));
            remove(id);
        }
    }

    @Test
    void without_a_seed_one_is_chosen_and_told() {
        set(Map.of("operation", "listTransfers", "probability", 0, "effect", ORDER_FAILS))
                .body("seed", notNullValue(), "probability", is(0.0F));
    }

    @Test
    void a_delayed_request_takes_so_long_and_then_happens_even_if_another_fault_strikes_it_too() {
        var customer = readyToTransfer().license("e3", 5).load();
        set(Map.of("operation", "createTransfer", "effect", Map.of("type", "delay", "by", "PT0.3S")));
        set(Map.of("operation", "createTransfer", "times", 1, "effect", ORDER_FAILS));
        for (var status : new int[] {500, 201}) {
            var begin = System.nanoTime();
            assertEquals(status, status(CONTOSO, "POST", customer.transfersPath(), customer.transferRequest("e3")));
            assertTrue(System.nanoTime() - begin >= Duration.ofMillis(300).toNanos());
        }
    }

    @Test
    void a_hundred_delayed_requests_keep_nobody_from_being_served() {
        var customer = readyToTransfer().license("e3", 5).load();
        set(Map.of(
                "operation",
                "listTransfers",
                "customer",
                customer.id,
                "effect",
                Map.of("type", "delay", "by", "PT30S")));
        var connections = new ArrayList<RawConnection>();
        try (var sql = Sql.on(database)) {
            for (var n = 1; n <= 100; n++) {
                var connection = new RawConnection(RestAssured.port);
                connections.add(connection);
                connection.send("GET " + customer.transfersPath()
                        + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                        + CONTOSO.appToken(DemoPartner.serviceUnderTest()) + "\r\n\r\n");
                if (n % 20 == 0) { // fewer than may be worked at, until they are delayed
                    sql.await("delayed requests", "select sum(struck) from sandbox_fault", n);
                }
            }
            CONTOSO.calls().get(customer.path()).then().statusCode(200);
        } finally {
            connections.forEach(RawConnection::close);
        }
    }

    @Test
    void a_connection_dropped_before_the_effect_leaves_nothing_behind() {
        var customer = readyToTransfer().license("e3", 5).load();
        set(drop(customer, "before"));
        assertEquals("", raw(customer, UUID.randomUUID()));
        CONTOSO.calls().get(customer.transfersPath()).then().body("$", empty());
        assertTrue(raw(customer, UUID.randomUUID()).startsWith("HTTP/1.1 201"));
    }

    @Test
    void a_connection_dropped_after_the_effect_is_made_up_for_by_a_repeat_D8() {
        var customer = readyToTransfer().license("e3", 5).load();
        var requestId = UUID.randomUUID();
        set(drop(customer, "after"));
        assertEquals("", raw(customer, requestId));
        String id =
                CONTOSO.calls().get(customer.transfersPath()).then().extract().path("[0].id");
        assertTrue(raw(customer, requestId).contains(id));
        CONTOSO.calls().get(customer.transfersPath()).then().body("$", hasSize(1));
    }

    @Test
    void of_an_answer_that_is_cut_short_so_much_arrives_and_a_repeat_brings_all_D8() {
        var customer = readyToTransfer().license("e3", 5).load();
        var requestId = UUID.randomUUID();
        set(Map.of(
                "operation",
                "createTransfer",
                "customer",
                customer.id,
                "times",
                1,
                "effect",
                Map.of("type", "cutAnswer", "bytes", 17)));
        var cut = raw(customer, requestId);
        var whole = raw(customer, requestId);
        assertTrue(cut.startsWith("HTTP/1.1 201"), cut);
        assertEquals(17, body(cut).length(), cut);
        assertTrue(body(whole).startsWith(body(cut)), whole);
        var length = "content-length: " + body(whole).length();
        assertTrue(cut.toLowerCase().contains(length), cut);
        CONTOSO.calls().get(customer.transfersPath()).then().body("$", hasSize(1));
    }

    @Test
    void an_answer_that_is_shorter_than_the_cut_arrives_whole() {
        var customer = readyToTransfer().license("e3", 5).load();
        set(Map.of("operation", "listTransfers", "effect", Map.of("type", "cutAnswer", "bytes", 100)));
        CONTOSO.calls().get(customer.transfersPath()).then().statusCode(200).body("$", empty());
    }

    @Test
    void a_line_fails_with_the_recorded_text_of_its_name_and_its_sibling_moves() {
        var customer = readyToTransfer()
                .license("moved", 5)
                .license("unsynced", 1)
                .license("told", 1)
                .license("fine", 1)
                .load();
        fail(customer, "moved", Map.of("type", "lineFailure", "name", "alreadyTransferred"));
        fail(customer, "unsynced", Map.of("type", "lineFailure", "name", "notSynced"));
        fail(customer, "told", Map.of("type", "lineFailure", "text", "The licence is on holiday."));
        var transfer = customer.openTransfer("moved", "unsynced", "told", "fine");
        accept(customer, transfer, UUID.randomUUID().toString())
                .statusCode(200)
                .body(
                        "orders",
                        hasSize(1),
                        "transferErrors.description",
                        is(List.of(
                                "Subscription has already been transfered. Subscription: "
                                        + customer.subscription("moved"),
                                "Subscription SyncState must be SyncComplete for the Subscription to be a source in a Subscription"
                                        + " Ownership Transfer. Subscription: " + customer.subscription("unsynced")
                                        + ", current state: None",
                                "The licence is on holiday.")));
        CONTOSO.calls()
                .get(customer.transfersPath() + "/" + transfer)
                .then()
                .body(
                        "status",
                        is("PartiallyComplete"),
                        "lineItems.status",
                        is(List.of("Failed", "Failed", "Failed", "Complete")));
        CONTOSO.calls().get(subscriptionPath(customer, "moved")).then().body("status", is("active"));
    }

    private static void fail(TestCustomer customer, String name, Map<String, Object> effect) {
        set(Map.of(
                "operation",
                "acceptTransfer",
                "partner",
                FABRIKAM.tenantId,
                "customer",
                customer.id,
                "subscription",
                customer.subscription(name),
                "effect",
                effect));
    }

    @Test
    void without_a_subscription_the_times_count_lines_and_an_add_on_fails_with_its_base() {
        var customer = readyToTransfer()
                .license("e3", 5)
                .addon("audio", "e3", 2)
                .license("visio", 1)
                .load();
        set(Map.of(
                "operation",
                "acceptTransfer",
                "subscription",
                customer.subscription("audio"),
                "effect",
                Map.of("type", "lineFailure", "name", "notSynced")));
        set(Map.of(
                "operation",
                "acceptTransfer",
                "customer",
                customer.id,
                "partner",
                CONTOSO.tenantId, // does not accept
                "effect",
                Map.of("type", "lineFailure", "name", "notSynced")));
        var transfer = customer.openTransfer("e3", "visio");
        accept(customer, transfer, UUID.randomUUID().toString())
                .body("orders", hasSize(1), "transferErrors", hasSize(1));

        var another = readyToTransfer().license("e3", 5).license("visio", 1).load();
        set(Map.of(
                "operation",
                "acceptTransfer",
                "customer",
                another.id,
                "times",
                1,
                "effect",
                Map.of("type", "lineFailure", "name", "notSynced")));
        accept(another, another.openTransfer("e3", "visio"), UUID.randomUUID().toString())
                .body(
                        "orders",
                        hasSize(1),
                        "transferErrors.description[0]",
                        containsString(another.subscription("e3").toString()));
    }

    @Test
    void a_line_of_a_new_commerce_transfer_fails_when_it_is_completed() {
        var customer = customerWith("basic", "premium").load();
        set(Map.of(
                "operation",
                "updateTransfer",
                "partner",
                CONTOSO.tenantId,
                "subscription",
                customer.subscription("basic"),
                "times",
                1,
                "effect",
                Map.of("type", "lineFailure", "name", "alreadyTransferred")));
        var path = ask(customer);
        patch(CONTOSO, path, acceptance(customer, "basic", "premium")).then().statusCode(200);
        await(path, "PartiallyComplete");
        CONTOSO.calls().get(path).then().body("lineItems.status", is(List.of("Failed", "Complete")));
        list().body("items[0].remaining", is(0));
    }

    @Test
    void an_exchange_of_tokens_takes_a_token_so_its_fault_may_be_for_one_partner() {
        set(Map.of(
                "operation",
                "generateToken",
                "partner",
                CONTOSO.tenantId,
                "effect",
                Map.of("type", "throttle", "retryAfter", 3)));
    }

    @Test
    void the_token_endpoints_refuse_in_their_own_form_and_are_throttled_in_the_recorded_one() {
        var refused = id(set(
                Map.of("operation", "requestToken", "effect", Map.of("type", "error", "status", 400, "code", 50126))));
        signIn().statusCode(400)
                .body(
                        "error",
                        is("invalid_grant"),
                        "error_description",
                        allOf(startsWith("AADSTS50126"), notNullValue()));
        remove(refused);
        var down = id(set(
                Map.of("operation", "requestToken", "effect", Map.of("type", "error", "status", 503, "code", 800003))));
        signIn().statusCode(503).header("Retry-After", notNullValue());
        remove(down);
        set(Map.of("operation", "requestToken", "times", 1, "effect", Map.of("type", "throttle", "retryAfter", 3)));
        signIn().statusCode(429).header("Retry-After", "3");
        signIn().statusCode(200).body("access_token", notNullValue());
    }

    private static ValidatableResponse signIn() {
        return given().formParams(Map.of(
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        LITWARE.clientId.toString(),
                        "client_secret",
                        "litware-secret",
                        "resource",
                        "https://api.partnercenter.microsoft.com"))
                .post("/litware.example/oauth2/token")
                .then();
    }

    @Test
    void a_reset_removes_all_faults() {
        set(Map.of("operation", "listCustomers", "effect", ORDER_FAILS));
        assertEquals(500, status(CONTOSO, "GET", "/v1/customers", null));
        Sandbox.reset();
        assertEquals(200, status(CONTOSO, "GET", "/v1/customers", null));
        list().body("items", empty());
    }

    @Test
    void spent_faults_make_room_and_beyond_500_that_may_strike_one_more_is_refused_400_800002() {
        var customer = readyToTransfer().license("e3", 5).load();
        Map<String, Object> fault =
                Map.of("operation", "listTransfers", "customer", customer.id, "times", 1, "effect", ORDER_FAILS);
        var spent = id(set(fault));
        assertEquals(500, status(CONTOSO, "GET", customer.transfersPath(), null));
        try (var sql = Sql.on(database)) {
            sql.update("""
                    insert into sandbox_fault (id, operation, times, effect, seconds, created_time)
                    select gen_random_uuid(), 'listTransfers', 1, 'THROTTLE', 1, now() from generate_series(1, 499)""");
        }
        set(fault);
        operator().get("/sandbox/faults/" + spent).then().statusCode(404);
        operator()
                .body(fault)
                .post("/sandbox/faults")
                .then()
                .statusCode(400)
                .body("code", is(800002), "description", containsString("500"));
        list().body("items", hasSize(500));
    }

    private static Map<String, Object> drop(TestCustomer customer, String when) {
        return Map.of(
                "operation",
                "createTransfer",
                "customer",
                customer.id,
                "times",
                1,
                "effect",
                Map.of("type", "dropConnection", "when", when));
    }

    /** The answer to a request for a transfer, until the connection ends. */
    private static String raw(TestCustomer customer, UUID requestId) {
        var body = """
                {"sourcePartnerTenantId":"%s","targetPartnerTenantId":"%s","lineItems":[{"subscriptionId":"%s"}]}""".formatted(CONTOSO.tenantId, FABRIKAM.tenantId, customer.subscription("e3"));
        try (var connection = new RawConnection(RestAssured.port)) {
            return connection
                    .send("POST " + customer.transfersPath() + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                            + "Authorization: Bearer " + CONTOSO.appToken(DemoPartner.serviceUnderTest())
                            + "\r\nMS-RequestId: " + requestId
                            + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                            + body)
                    .untilClosed();
        }
    }

    private static String body(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    private static RequestSpecification operator() {
        return DemoPartner.operatorCalls();
    }

    private static ValidatableResponse set(Map<String, Object> fault) {
        return operator().body(fault).post("/sandbox/faults").then().statusCode(201);
    }

    private static String id(ValidatableResponse set) {
        return set.extract().path("id");
    }

    private static void remove(String id) {
        operator().delete("/sandbox/faults/" + id).then().statusCode(204);
    }

    private static ValidatableResponse list() {
        return operator().get("/sandbox/faults").then().statusCode(200);
    }

    private static ValidatableResponse accept(TestCustomer customer, String transfer, String requestId) {
        return FABRIKAM.calls()
                .header("MS-RequestId", requestId)
                .post(customer.transfersPath() + "/" + transfer + "/accept")
                .then();
    }

    /** By an application, whatever the document says of it: faults answer what no operation lists. */
    private static int status(DemoPartner partner, String method, String path, Object body) {
        var request = given().auth().oauth2(partner.appToken(DemoPartner.serviceUnderTest()));
        if (body != null) {
            request.contentType(ContentType.JSON).body(body);
        }
        return request.request(method, path).statusCode();
    }
}
