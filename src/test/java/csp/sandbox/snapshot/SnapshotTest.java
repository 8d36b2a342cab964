package csp.sandbox.snapshot;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static csp.testsupport.TestCustomer.readyToTransfer;
import static io.restassured.http.ContentType.JSON;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.sandbox.scenario.WorldTables;
import csp.testsupport.DemoPartner;
import csp.testsupport.NewCommerceWorld;
import csp.testsupport.OwnPartner;
import csp.testsupport.PostgresTestResource;
import csp.testsupport.Sandbox;
import csp.testsupport.Simultaneously;
import csp.testsupport.Sql;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Worlds to go back to (design §5). */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class SnapshotTest {

    /** Who is at work in the world is no part of it. */
    private static final String AT_WORK =
            "array['picked', 'picked_by', 'last_heartbeat', 'holder', 'leased_until', 'talk_until']";

    private final String name = "test-" + UUID.randomUUID();

    @Inject
    AgroalDataSource database;

    @AfterEach
    void demoWorld() {
        operator().delete("/sandbox/snapshots/" + name);
        Sandbox.reset();
    }

    @Test
    void all_tables_hold_what_they_held_whatever_happened_meanwhile() {
        Sandbox.reset();
        var customer = readyToTransfer()
                .license("e3", 5)
                .addon("audio", "e3", 2)
                .license("visio", 1)
                .load();
        FABRIKAM.calls()
                .contentType(JSON)
                .body(Map.of(
                        "WebhookUrl",
                        "http://localhost:9/",
                        "WebhookEvents",
                        List.of("create-transfer", "update-transfer")))
                .post("/webhooks/v1/registration")
                .then()
                .statusCode(200);
        NewCommerceWorld.ask(NewCommerceWorld.customerWith("basic").load());
        var open = customer.openTransfer("e3");
        invite();
        Sandbox.advanceClock("PT5M");
        operator()
                .body(Map.of(
                        "operation",
                        "listCustomers",
                        "times",
                        3,
                        "effect",
                        Map.of("type", "throttle", "retryAfter", 1)))
                .post("/sandbox/faults")
                .then()
                .statusCode(201);
        take(name).statusCode(201);
        var before = world();

        FABRIKAM.calls()
                .post(customer.transfersPath() + "/" + open + "/accept")
                .then()
                .statusCode(200);
        NewCommerceWorld.ask(NewCommerceWorld.customerWith("basic").load());
        invite();
        operator().delete("/sandbox/faults").then().statusCode(204);
        Sandbox.advanceClock("P60D");
        assertFalse(before.equals(world()));

        restore(name).statusCode(204);
        assertEquals(before, world());
        assertTrue(Duration.between(Sandbox.now(), java.time.Clock.systemUTC().instant())
                        .abs()
                        .compareTo(Duration.ofHours(1))
                < 0);
        operator().get("/sandbox/faults").then().body("items.operation", is(List.of("listCustomers")));
        CONTOSO.sendsAnything().get("/v1/customers").then().statusCode(429);
        // and the world goes on
        FABRIKAM.calls()
                .post(customer.transfersPath() + "/" + open + "/accept")
                .then()
                .statusCode(200)
                .body("orders.size()", is(1));
        Sandbox.reset();
        restore(name).statusCode(204);
        assertEquals(before, world());
    }

    private static void invite() {
        OwnPartner.provider()
                .load()
                .calls("admin")
                .header("MS-RequestId", UUID.randomUUID())
                .post("/portal/v1/partnershipInvitations")
                .then()
                .statusCode(201);
    }

    /** Table to its rows, as one text. */
    private Map<String, String> world() {
        var world = new TreeMap<String, String>();
        try (var sql = Sql.on(database)) {
            for (var table : WorldTables.ofTheWorld()) {
                var version = table.equals("scheduled_job") ? " - 'version'" : "";
                world.put(
                        table,
                        String.join(
                                "\n",
                                sql.column("select (to_jsonb(t) - %s%s)::text from %s t order by 1"
                                        .formatted(AT_WORK, version, table))));
            }
        }
        return world;
    }

    @Test
    void a_job_that_was_waiting_is_done_after_going_back_and_once_more_after_going_back_again() {
        var transfer =
                NewCommerceWorld.ask(NewCommerceWorld.customerWith("basic").load());
        take(name).statusCode(201);
        for (var round = 0; round < 2; round++) {
            CONTOSO.calls().get(transfer).then().body("status", is("Pending"));
            Sandbox.advanceClock("P40D");
            CONTOSO.calls().get(transfer).then().body("status", is("Expired"));
            assertEquals(0, jobs(transfer));
            restore(name).statusCode(204);
            assertEquals(1, jobs(transfer));
        }
    }

    private long jobs(String transfer) {
        try (var sql = Sql.on(database)) {
            return sql.number(
                    "select count(*) from scheduled_job where task_instance = ?",
                    transfer.substring(transfer.lastIndexOf('/') + 1));
        }
    }

    @Test
    void the_scenario_of_a_snapshot_is_the_export_of_its_moment() {
        var world = operator()
                .get("/sandbox/scenario")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        take(name).statusCode(201);
        try (var sql = Sql.on(database)) {
            sql.update("update customer set company_name = 'Renamed'");
        }

        operator()
                .get("/sandbox/snapshots/" + name + "/scenario")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body(is(world));
        operator()
                .get("/sandbox/snapshots/" + name + "x/scenario")
                .then()
                .statusCode(404)
                .body("code", is(1000));
        restore(name).statusCode(204);
    }

    @Test
    void snapshots_are_listed_and_dropped_and_outlive_a_reset() {
        take(name)
                .statusCode(201)
                .body(
                        "name", is(name),
                        "created", notNullValue(),
                        "offset", containsString("PT"),
                        "rows", greaterThan(100),
                        "bytes", greaterThan(10_000));
        Sandbox.reset();
        list().body("items.name", hasItem(name));
        operator().delete("/sandbox/snapshots/" + name).then().statusCode(204);
        list().body("items.name", not(hasItem(name)));
        operator().delete("/sandbox/snapshots/" + name).then().statusCode(404).body("code", is(1000));
        restore(name).statusCode(404).body("code", is(1000), "description", containsString(name));
        operator().post("/sandbox/snapshots/a%00b/restore").then().statusCode(404);
        operator().delete("/sandbox/snapshots/a%00b").then().statusCode(404);
    }

    @Test
    void a_name_that_is_taken_is_refused_409_800002_and_the_first_snapshot_stays() {
        take(name).statusCode(201);
        var customer = readyToTransfer().license("e3", 1).load();
        take(name).statusCode(409).body("code", is(800002), "description", containsString(name));
        restore(name).statusCode(204);
        CONTOSO.calls().get(customer.path()).then().statusCode(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"name\":\"\"}",
                "{\"name\":7}",
                "{\"name\":\"../x\"}",
                "{\"name\":\"a b\"}",
                "{\"name\":\".hidden\"}",
                "{\"name\":\"12345678901234567890123456789012345678901234567890123456789012345\"}"
            })
    void a_name_that_is_none_is_refused_400_800002(String body) {
        operator()
                .body(body)
                .post("/sandbox/snapshots")
                .then()
                .statusCode(400)
                .body("code", is(800002), "description", containsString("name "));
    }

    @Test
    void beyond_100_snapshots_or_256_MiB_of_them_one_more_is_refused_400_800002() {
        try (var sql = Sql.on(database)) {
            sql.update("""
                    insert into sandbox_snapshot select 'many-' || n, now(), 0, '0', 0, 0, '{}' from generate_series(1, 100) n""");
            try {
                take(name).statusCode(400).body("code", is(800002), "description", containsString("100"));
                sql.update("delete from sandbox_snapshot where name like 'many-%' and name <> 'many-1'");
                sql.update("update sandbox_snapshot set bytes = 268435456 where name = 'many-1'");
                take(name).statusCode(400).body("code", is(800002), "description", containsString("268435456"));
                list().body("items.name", not(hasItem(name)));
            } finally {
                sql.update("delete from sandbox_snapshot where name like 'many-%'");
            }
        }
    }

    @Test
    void a_snapshot_of_another_release_is_refused_409_800002_and_the_world_stays() {
        take(name).statusCode(201);
        var customer = readyToTransfer().license("e3", 1).load();
        try (var sql = Sql.on(database)) {
            sql.update("update sandbox_snapshot set migration = '36' where name = ?", name);
        }
        restore(name).statusCode(409).body("code", is(800002));
        CONTOSO.calls().get(customer.path()).then().statusCode(200);
    }

    @Test
    void going_back_waits_for_a_request_under_way_and_lets_it_have_what_it_still_wants() {
        var customer = readyToTransfer().license("e3", 1).load();
        take(name).statusCode(201);
        try (var request = Sql.on(database)) {
            request.hold();
            // The last of the tables, so that a restore would hold all others.
            request.update("lock table webhook_registration in row exclusive mode");
            var restored =
                    Simultaneously.inBackground(() -> restore(name).extract().statusCode());
            try (var watching = Sql.on(database)) {
                watching.await(
                        "a restore that waits",
                        "select count(*) from pg_locks where relation = 'webhook_registration'::regclass and not granted",
                        1);
            }
            request.update("update customer set company_name = 'Renamed' where tenant_id = ?", customer.id);
            request.commit();
            assertEquals(204, restored.join());
        }
        CONTOSO.calls()
                .get(customer.path())
                .then()
                .statusCode(200)
                .body("companyProfile.companyName", not(is("Renamed")));
    }

    private static io.restassured.specification.RequestSpecification operator() {
        return DemoPartner.operatorCalls();
    }

    private static ValidatableResponse take(String name) {
        return operator().body(Map.of("name", name)).post("/sandbox/snapshots").then();
    }

    private static ValidatableResponse restore(String name) {
        return operator().post("/sandbox/snapshots/" + name + "/restore").then();
    }

    private static ValidatableResponse list() {
        return operator().get("/sandbox/snapshots").then().statusCode(200);
    }
}
