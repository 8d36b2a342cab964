package csp.sandbox.scenario;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.testsupport.PostgresTestResource;
import csp.testsupport.Sql;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The schema that Flyway made against what a scenario knows of it: what a migration adds cannot be forgotten here. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class ScenarioColumnsTest {

    private static final String COUNTS_CHANGES = "begins anew with each load, and only an etag shows it";
    private static final String OF_PARTNER = "the name of a partner, which the export has at the partner";

    /** Each with the reason. */
    private static final Map<String, String> NOT_EXPORTED = Map.ofEntries(
            Map.entry("customer.version", COUNTS_CHANGES),
            Map.entry("subscription.version", COUNTS_CHANGES),
            Map.entry("transfer.version", COUNTS_CHANGES),
            Map.entry("customer_order.version", COUNTS_CHANGES),
            Map.entry(
                    "subscription.moved_away",
                    "follows from the record that continues it, or from the line that moved it"),
            Map.entry("transfer.source_partner_name", OF_PARTNER),
            Map.entry("transfer.target_partner_name", OF_PARTNER),
            Map.entry("transfer.customer_name", "the name of the customer that has the transfer"),
            Map.entry("transfer.accepted_lines", "the export has them as the lineItems"),
            Map.entry("transfer.open", "the database generates it from the status"),
            Map.entry("user_account.partner_tenant_id", "the export has the user below its partner"),
            Map.entry("user_account.customer_tenant_id", "the export has the user below its customer"),
            Map.entry("webhook_delivery.position", "begins anew with each load, in the order of createdTime"),
            Map.entry("webhook_delivery.signature", "is made where it is sent, with the key that is there"),
            Map.entry("webhook_delivery.holder", "which copy of the service is sending it"),
            Map.entry("webhook_delivery.leased_until", "how long the copy that is sending it has"));

    @Inject
    AgroalDataSource database;

    @ParameterizedTest
    @EnumSource(Kind.class)
    void every_column_of_a_kind_is_a_component_of_its_record_or_left_out_for_a_reason(Kind kind) {
        var known = new TreeSet<>(kind.columns());
        NOT_EXPORTED.keySet().stream()
                .filter(column -> column.startsWith(kind.table + "."))
                .forEach(column -> known.add(column.substring(kind.table.length() + 1)));
        try (var sql = Sql.on(database)) {
            var columns = sql.column(
                    "select column_name from information_schema.columns where table_schema = 'public' and table_name = ?",
                    kind.table);
            assertEquals(new TreeSet<>(columns), known);
        }
    }

    @Test
    void a_column_that_is_left_out_exists() {
        try (var sql = Sql.on(database)) {
            var columns = sql.column(
                    "select table_name || '.' || column_name from information_schema.columns where table_schema = 'public'");
            assertTrue(columns.containsAll(NOT_EXPORTED.keySet()));
        }
    }

    @Test
    void a_reset_empties_every_table_that_flyway_made_but_those_that_outlive_it() {
        try (var sql = Sql.on(database)) {
            var made = sql.column("""
                    select tablename from pg_tables where schemaname = 'public' and tablename <> 'flyway_schema_history'""");
            var known = Stream.of(WorldTables.emptied(), WorldTables.KEPT)
                    .flatMap(Set::stream)
                    .collect(toCollection(TreeSet::new));
            assertEquals(new TreeSet<>(made), known);
        }
    }
}
