package csp.sandbox.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.identity.Secrets;
import csp.sandbox.clock.SandboxClock;
import csp.sandbox.clock.SandboxCopies;
import csp.sandbox.clock.Step;
import csp.shared.storage.LongWork;
import csp.shared.storage.PlainSql;
import csp.testsupport.PostgresTestResource;
import csp.testsupport.Sql;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What a reset and a load leave alone, and whom they keep waiting. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class ResetTest {

    @Inject
    ScenarioService scenarios;

    @Inject
    StartupScenario startup;

    @Inject
    LongWork longWork;

    @Inject
    SandboxClock sandboxClock;

    @Inject
    SandboxCopies copies;

    @Inject
    Clock clock;

    @Inject
    AgroalDataSource database;

    @Inject
    PlainSql sql;

    @AfterEach
    void demoWorld() {
        scenarios.reset();
    }

    @Test
    void the_table_of_somebody_else_in_the_same_schema_keeps_its_rows() {
        try (var sql = Sql.on(database)) {
            sql.update("create table of_somebody_else as select 1 as kept");
            try {
                scenarios.reset();
                assertEquals(List.of("1"), sql.column("select kept from of_somebody_else"));
            } finally {
                sql.update("drop table of_somebody_else");
            }
        }
    }

    @Test
    void a_reset_that_fails_leaves_the_clock_where_it_was() {
        var moved = sandboxClock.advance(Step.read("P400D").orElseThrow()).now();
        try (var sql = Sql.on(database)) {
            // Something that the start-up scenario cannot be loaded beside.
            sql.update("create function refuse() returns trigger language plpgsql as "
                    + "$$ begin raise exception 'no customers today'; end $$");
            sql.update("create trigger refuses before insert on customer execute function refuse()");
            try {
                assertThrows(IllegalStateException.class, scenarios::reset);
            } finally {
                sql.update("drop trigger refuses on customer");
                sql.update("drop function refuse");
            }
        }
        assertTrue(!clock.instant().isBefore(moved), () -> clock.instant() + " is before " + moved);
    }

    @Test
    void secrets_are_hashed_and_compared_before_the_load_locks_the_partners() {
        var keptWaiting = new ConcurrentLinkedQueue<String>();
        var watching = new Secrets() {
            @Override
            public String hash(String plain) {
                lookAtLock(keptWaiting);
                return super.hash(plain);
            }

            @Override
            public boolean matches(String plain, String hash) {
                lookAtLock(keptWaiting);
                return super.matches(plain, hash);
            }
        };
        keptWaiting.clear(); // of what it hashed when it was made
        new ScenarioService(sql, watching, clock, sandboxClock, copies, startup, longWork)
                .load(new ByteArrayInputStream("""
                {"partners": [{"tenantId": "%s", "name": "Proseware", "users": [{"objectId": "%s", "password": "new"}],
                               "applications": [{"clientId": "%s", "clientSecret": "other"}]},
                              {"tenantId": "a0000000-0000-4000-8000-000000000001", "name": "Contoso Direct",
                               "applications": [{"clientId": "e0000000-0000-4000-8000-000000000001",
                                                 "clientSecret": "contoso-secret"}]}]}""".formatted(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID())
                        .getBytes()));
        assertEquals(List.of("free", "free", "free"), List.copyOf(keptWaiting));
    }

    private void lookAtLock(ConcurrentLinkedQueue<String> keptWaiting) {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var held = statement.executeQuery("""
                        select case when exists (select from pg_locks where relation = 'partner'::regclass
                            and mode = 'ShareRowExclusiveLock') then 'held' else 'free' end""")) {
            held.next();
            keptWaiting.add(held.getString(1));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
