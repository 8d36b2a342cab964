package csp.commerce.subscription.api;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import csp.testsupport.DemoPartner;
import csp.testsupport.PostgresTestResource;
import csp.testsupport.TestCustomer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Changing subscriptions (storefront.md §3). Every refusal is followed by a read that shows nothing changed. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class UpdateSubscriptionTest {

    @Inject
    DataSource database;

    @Test
    void a_change_is_kept_and_gives_a_new_etag() {
        var it = licence(Map.of("quantity", 5));
        var etag = it.read("attributes.etag");
        it.patch("{\"quantity\":7,\"friendlyName\":\"Seven seats\",\"autoRenewEnabled\":true}")
                .statusCode(200)
                .body(
                        "quantity",
                        is(7),
                        "friendlyName",
                        is("Seven seats"),
                        "autoRenewEnabled",
                        is(true),
                        "attributes.etag",
                        not(is(etag)));
        assertEquals("7", it.read("quantity"));
        assertEquals("Seven seats", it.read("friendlyName"));
    }

    @Test
    void a_change_of_nothing_keeps_the_etag_and_writes_no_audit_record() throws Exception {
        var it = licence(Map.of());
        var etag = it.read("attributes.etag");
        it.patch("{\"quantity\":5,\"status\":\"active\",\"autoRenewEnabled\":true}")
                .statusCode(200)
                .body("attributes.etag", is(etag));
        assertEquals(0, audited(it));
    }

    @Test
    void every_change_is_audited_once_with_both_values() throws Exception {
        var it = licence(Map.of("quantity", 5));
        it.patch("{\"quantity\":6,\"autoRenewEnabled\":true}").statusCode(200);
        assertEquals(1, audited(it));
        try (var connection = database.getConnection();
                var query = connection.prepareStatement("""
                select operation_type, resource_type, customer_id, resource_old_value, resource_new_value from audit_record
                where resource_id = ?""")) {
            query.setString(1, it.id.toString());
            var row = query.executeQuery();
            row.next();
            assertEquals(
                    List.of("update_subscription", "subscription", it.customer.id.toString()),
                    List.of(row.getString(1), row.getString(2), row.getString(3)));
            assertEquals(
                    List.of(true, true),
                    List.of(
                            row.getString(4).contains("\"Quantity\":5"),
                            row.getString(5).contains("\"Quantity\":6")));
        }
    }

    @Test
    void a_refused_change_is_not_audited() throws Exception {
        var it = licence(Map.of());
        it.refused(400, 2002, "{\"quantity\":0,\"autoRenewEnabled\":true}");
        assertEquals(0, audited(it));
    }

    @Test
    void a_body_without_auto_renewal_switches_it_off() {
        var it = licence(Map.of());
        it.patch("{\"friendlyName\":\"other\"}").statusCode(200).body("autoRenewEnabled", is(false));
        assertEquals("false", it.read("autoRenewEnabled"));
    }

    @Test
    void what_cannot_change_is_ignored() {
        var it = licence(Map.of());
        it.patch("""
                {"offerId":"X","offerName":"Y","orderId":"Z","unitType":"none","creationDate":"never","isTrial":7,"links":1,
                 "parentSubscriptionId":null,"partnerId":"","customerId":"me","version":9,"autoRenewEnabled":true}""").statusCode(200);
        assertEquals("it", it.read("offerName"));
        assertEquals("active", it.read("status"));
    }

    @ParameterizedTest
    @CsvSource({"active,suspended", "suspended,active"})
    void an_active_one_can_be_suspended_and_a_suspended_one_reactivated(String from, String to) {
        var it = licence(Map.of("status", from));
        it.patch("{\"status\":\"%s\",\"autoRenewEnabled\":true}".formatted(to))
                .statusCode(200)
                .body("status", is(to));
        assertEquals(to, it.read("status"));
    }

    @ParameterizedTest
    @CsvSource({
        "active,deleted",
        "suspended,deleted",
        "active,expired",
        "active,pending",
        "active,disabled",
        "expired,active",
        "expired,suspended",
        "pending,active",
        "pending,suspended",
        "disabled,active",
        "disabled,suspended"
    })
    void no_other_change_of_status_of_a_licence_is_allowed_800040(String from, String to) {
        licence(Map.of("status", from))
                .refused(400, 800040, "{\"status\":\"%s\",\"autoRenewEnabled\":true}".formatted(to));
    }

    @ParameterizedTest
    @ValueSource(strings = {"azurePlan", "azureReservation", "azureSavingsPlan", "termBased", "marketplaceSaas"})
    void what_ends_with_a_cancellation_can_be_cancelled_active_or_suspended(String product) {
        for (var from : List.of("active", "suspended")) {
            var it = newCommerce(Map.of("status", from, "product", product));
            it.patch("{\"status\":\"deleted\",\"autoRenewEnabled\":true}")
                    .statusCode(200)
                    .body("status", is("deleted"));
            assertEquals("deleted", it.read("status"));
        }
    }

    @Test
    void azure_pay_as_you_go_is_suspended_and_not_cancelled_800040() {
        licence(Map.of("product", "azurePayg"))
                .refused(400, 800040, "{\"status\":\"deleted\",\"autoRenewEnabled\":true}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"active", "suspended"})
    void a_new_commerce_subscription_can_be_cancelled(String from) {
        var it = newCommerce(Map.of("status", from));
        it.patch("{\"status\":\"deleted\",\"autoRenewEnabled\":true}")
                .statusCode(200)
                .body("status", is("deleted"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"status\":\"active\",\"autoRenewEnabled\":true}",
                "{\"friendlyName\":\"x\"}",
                "{\"quantity\":6}",
                "{}"
            })
    void a_deleted_one_cannot_be_changed_2011(String body) {
        licence(Map.of("status", "deleted")).refused(400, 2011, body);
    }

    @Test
    void the_quantity_of_a_suspended_one_cannot_change_2001() {
        licence(Map.of("status", "suspended"))
                .refused(400, 2001, "{\"quantity\":6,\"status\":\"active\",\"autoRenewEnabled\":true}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"expired", "pending", "disabled"})
    void the_quantity_of_one_that_is_not_active_cannot_change_800095(String status) {
        licence(Map.of("status", status)).refused(400, 800095, "{\"quantity\":6,\"autoRenewEnabled\":true}");
    }

    @ParameterizedTest
    @CsvSource({"azurePayg,MS-AZR-0145P", "azurePlan,A:B:C"})
    void the_quantity_of_a_usage_based_one_cannot_change_800095(String product, String offer) {
        of(Map.of("product", product, "offerId", offer, "quantity", 1))
                .refused(400, 800095, "{\"quantity\":2,\"autoRenewEnabled\":false}");
    }

    @Test
    void a_licence_can_shrink_and_a_new_commerce_one_cannot_800090() {
        licence(Map.of("quantity", 5))
                .patch("{\"quantity\":1,\"autoRenewEnabled\":true}")
                .statusCode(200)
                .body("quantity", is(1));
        newCommerce(Map.of("quantity", 5)).refused(400, 800090, "{\"quantity\":4,\"autoRenewEnabled\":true}");
        newCommerce(Map.of("quantity", 5))
                .patch("{\"quantity\":6,\"autoRenewEnabled\":true}")
                .statusCode(200)
                .body("quantity", is(6));
    }

    @Test
    void the_largest_quantity_is_allowed() {
        licence(Map.of())
                .patch("{\"quantity\":10000000,\"autoRenewEnabled\":true}")
                .statusCode(200)
                .body("quantity", is(10_000_000));
    }

    @Test
    void another_billing_cycle_is_refused_2054_and_the_present_one_is_not() {
        var it = licence(Map.of("billingCycle", "annual"));
        it.refused(400, 2054, "{\"billingCycle\":\"monthly\",\"autoRenewEnabled\":true}");
        it.patch("{\"billingCycle\":\"Annual\",\"autoRenewEnabled\":true}").statusCode(200);
    }

    @Test
    void the_reseller_can_be_changed_to_another_reseller_only() {
        var it = licence(Map.of());
        it.refused(404, 800015, "{\"partnerId\":\"999999999\",\"autoRenewEnabled\":true}");
        it.refused(400, 800016, "{\"partnerId\":\"%s\",\"autoRenewEnabled\":true}".formatted(FABRIKAM.mpnId));
        it.patch("{\"partnerId\":\"%s\",\"autoRenewEnabled\":true}".formatted(CONTOSO.mpnId))
                .statusCode(200)
                .body("partnerId", is(CONTOSO.mpnId));
    }

    @Test
    void the_present_reseller_is_not_asked_for_again() {
        var it = licence(Map.of("partnerIdOnRecord", "999999998"));
        it.patch("{\"partnerId\":\"999999998\",\"friendlyName\":\"renamed\",\"autoRenewEnabled\":true}")
                .statusCode(200);
    }

    @Test
    void the_present_etag_is_accepted_in_header_and_body() {
        var it = licence(Map.of());
        for (var spelling : List.of("\"%s\"", "%s")) {
            it.request(
                            CONTOSO.calls().header("If-Match", spelling.formatted(it.read("attributes.etag"))),
                            "{\"friendlyName\":\"a\"}")
                    .statusCode(200);
        }
        it.request(CONTOSO.calls().header("If-Match", "*"), "{\"friendlyName\":\"b\"}")
                .statusCode(200);
        it.patch("{\"friendlyName\":\"c\",\"attributes\":{\"etag\":\"%s\"}}".formatted(it.read("attributes.etag")))
                .statusCode(200);
        it.patch("{\"friendlyName\":\"d\",\"attributes\":{\"etag\":null}}").statusCode(200);
    }

    @Test
    void a_stale_etag_is_refused_2055_in_header_and_body() {
        var it = licence(Map.of());
        var stale = it.read("attributes.etag");
        it.patch("{\"friendlyName\":\"newer\",\"autoRenewEnabled\":true}").statusCode(200);
        it.refused(400, 2055, "{\"friendlyName\":\"older\",\"attributes\":{\"etag\":\"%s\"}}".formatted(stale));
        for (var header : List.of("\"" + stale + "\"", stale, "\"x\"", "\"")) {
            it.refused(CONTOSO.sendsAnything().header("If-Match", header), 400, 2055, "{\"friendlyName\":\"older\"}");
        }
        var fresh = it.read("attributes.etag");
        it.refused(
                CONTOSO.sendsAnything().header("If-Match", fresh),
                400,
                2055,
                "{\"friendlyName\":\"older\",\"attributes\":{\"etag\":\"%s\"}}".formatted(stale));
    }

    @Test
    void a_new_commerce_subscription_has_no_etag_to_be_stale() {
        newCommerce(Map.of())
                .patch("{\"friendlyName\":\"a\",\"attributes\":{\"etag\":\"old\"}}")
                .statusCode(200);
    }

    @Test
    void an_add_on_cannot_be_reactivated_under_an_inactive_base_27009() {
        var family = TestCustomer.readyToTransfer()
                .license("base", 5)
                .addon("addon", "base", 5)
                .load();
        var base = new Target(family, family.subscription("base"));
        var addon = new Target(family, family.subscription("addon"));
        base.patch("{\"status\":\"suspended\",\"autoRenewEnabled\":true}").statusCode(200);
        assertEquals("active", addon.read("status"));
        addon.patch("{\"status\":\"suspended\",\"autoRenewEnabled\":true}").statusCode(200);
        addon.refused(409, 27009, "{\"status\":\"active\",\"autoRenewEnabled\":true}");
        base.patch("{\"status\":\"active\",\"autoRenewEnabled\":true}").statusCode(200);
        addon.patch("{\"status\":\"active\",\"autoRenewEnabled\":true}")
                .statusCode(200)
                .body("status", is("active"));
    }

    @Test
    void a_subscription_in_an_open_transfer_can_be_changed() {
        var it = licence(Map.of("quantity", 5));
        it.customer.openTransfer("it");
        it.patch("{\"quantity\":9,\"autoRenewEnabled\":true}").statusCode(200).body("quantity", is(9));
    }

    @Test
    void roles_that_sell_may_change_and_a_helpdesk_agent_may_not_900150() {
        var it = licence(Map.of("quantity", 5));
        it.request(CONTOSO.calls("admin"), "{\"quantity\":6,\"autoRenewEnabled\":true}")
                .statusCode(200);
        it.request(CONTOSO.calls("sales"), "{\"quantity\":7,\"autoRenewEnabled\":true}")
                .statusCode(200);
        it.refused(CONTOSO.calls("help"), 403, 900150, "{\"quantity\":8,\"autoRenewEnabled\":true}");
        it.refused(CONTOSO.calls("help"), 403, 900150, "{\"quantity\":0}");
    }

    @Test
    void a_subscription_the_caller_does_not_hold_is_not_found_20003_before_its_role_counts() {
        var it = licence(Map.of());
        it.refused(FABRIKAM.sendsAnything(), 404, 20003, "{\"quantity\":8}");
        it.refused(DemoPartner.NORTHWIND.sendsAnything(), 403, 20002, "{\"quantity\":8}");
    }

    @Test
    void a_repeat_with_the_same_request_id_gets_the_first_answer_and_changes_nothing() throws Exception {
        var it = licence(Map.of("quantity", 5));
        var requestId = UUID.randomUUID().toString();
        var body = "{\"quantity\":6,\"autoRenewEnabled\":true}";
        var first = it.request(CONTOSO.calls().header("MS-RequestId", requestId), body)
                .statusCode(200)
                .extract()
                .asString();
        it.patch("{\"quantity\":9,\"autoRenewEnabled\":true}").statusCode(200);
        assertEquals(
                first,
                it.request(CONTOSO.calls().header("MS-RequestId", requestId), body)
                        .statusCode(200)
                        .extract()
                        .asString());
        assertEquals("9", it.read("quantity"));
        assertEquals(2, audited(it));
    }

    @Test
    void of_changes_made_from_one_etag_at_the_same_time_exactly_one_wins() throws Exception {
        var it = licence(Map.of("quantity", 5));
        var etag = it.read("attributes.etag");
        var threads = Executors.newFixedThreadPool(8);
        try {
            var calls = IntStream.range(0, 8)
                    .<Callable<Integer>>mapToObj(i -> () -> it.request(
                                    CONTOSO.sendsAnything(),
                                    "{\"quantity\":%d,\"autoRenewEnabled\":true,\"attributes\":{\"etag\":\"%s\"}}"
                                            .formatted(10 + i, etag))
                            .extract()
                            .statusCode())
                    .toList();
            var statuses = threads.invokeAll(calls).stream()
                    .map(UpdateSubscriptionTest::result)
                    .toList();
            assertEquals(1, statuses.stream().filter(status -> status == 200).count(), statuses.toString());
            assertEquals(
                    7,
                    statuses.stream()
                            .filter(status -> status == 409 || status == 400)
                            .count(),
                    statuses.toString());
        } finally {
            threads.shutdown();
        }
        assertEquals(1, audited(it));
    }

    @Test
    void a_change_that_lost_a_race_is_refused_900104() throws Exception {
        var it = licence(Map.of("quantity", 5));
        var thread = Executors.newSingleThreadExecutor();
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (var update =
                    connection.prepareStatement("update subscription set version = version + 1 where id = ?")) {
                update.setObject(1, it.id);
                update.executeUpdate();
            }
            var loser = thread.submit(
                    () -> it.request(CONTOSO.sendsAnything(), "{\"quantity\":6,\"autoRenewEnabled\":true}"));
            awaitALockWaiter();
            connection.commit();
            loser.get().statusCode(409).body("code", is(900104));
        } finally {
            thread.shutdown();
        }
        assertEquals("5", it.read("quantity"));
        assertEquals(0, audited(it));
    }

    /** Until a session waits for a row of another one: then the change has read and stands before its update. */
    private void awaitALockWaiter() throws Exception {
        var deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(
                        "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like 'update subscription%'")) {
            while (true) {
                var row = query.executeQuery();
                row.next();
                if (row.getInt(1) > 0) {
                    return;
                }
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("the change never came to its update");
                }
                Thread.onSpinWait();
            }
        }
    }

    private static int result(Future<Integer> call) {
        try {
            return call.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private int audited(Target target) throws Exception {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement("select count(*) from audit_record where resource_id = ?")) {
            query.setString(1, target.id.toString());
            var row = query.executeQuery();
            row.next();
            return row.getInt(1);
        }
    }

    private static Target licence(Map<String, Object> properties) {
        var all = new HashMap<String, Object>(Map.of("quantity", 5));
        all.putAll(properties);
        return of(all);
    }

    private static Target newCommerce(Map<String, Object> properties) {
        var all = new HashMap<String, Object>(
                Map.of("product", "newCommerceLicense", "offerId", "CFQ7TTC0LH18:0001:CFQ7TTC0K971"));
        all.putAll(properties);
        return of(all);
    }

    private static Target of(Map<String, Object> properties) {
        var customer =
                TestCustomer.readyToTransfer().subscription("it", properties).load();
        return new Target(customer, customer.subscription("it"));
    }

    /** A subscription of Contoso's. */
    private record Target(TestCustomer customer, UUID id) {

        ValidatableResponse patch(String body) {
            return request(CONTOSO.sendsAnything(), body);
        }

        ValidatableResponse request(RequestSpecification caller, String body) {
            return caller.contentType("application/json")
                    .body(body)
                    .patch(path())
                    .then();
        }

        void refused(int status, int code, String body) {
            refused(CONTOSO.sendsAnything(), status, code, body);
        }

        void refused(RequestSpecification caller, int status, int code, String body) {
            var before = CONTOSO.calls().get(path()).asString();
            request(caller, body)
                    .statusCode(status)
                    .body("code", is(code), "description", notNullValue(), "data", empty());
            assertEquals(before, CONTOSO.calls().get(path()).asString());
        }

        String read(String property) {
            return CONTOSO.calls()
                    .get(path())
                    .then()
                    .statusCode(200)
                    .extract()
                    .path(property)
                    .toString();
        }

        private String path() {
            return customer.path() + "/subscriptions/" + id;
        }
    }
}
