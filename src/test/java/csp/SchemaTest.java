package csp;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.util.PSQLException;

import csp.database.EmbeddedDatabase;

/**
 * What the database itself refuses. A constraint's name is the sentence that its test proves, so the test carries
 * the same name; primary keys and plain references, which have no name of ours, are tripped one by one from the
 * catalogue.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SchemaTest {

    private static final String SOURCE = "'a0000000-0000-4000-8000-000000000001'";
    private static final String TARGET = "'a0000000-0000-4000-8000-000000000002'";
    private static final String CUSTOMER = "'c0000000-0000-4000-8000-000000000001'";
    private static final String OTHER_CUSTOMER = "'c0000000-0000-4000-8000-000000000002'";
    private static final String SUBSCRIPTION = "'50000000-0000-4000-8000-000000000001'";
    private static final String TRANSFER = "'70000000-0000-4000-8000-000000000001'";
    private static final String NOBODY = "'00000000-0000-4000-8000-00000000dead'";

    /** One row in every table, two where a rule is about two. */
    private static final String WORLD = """
            insert into partner (tenant_id, name, domain, mpn_id, country, currency, direct_bill, indirect_reseller,
                indirect_provider, partner_agreement_signed) values
                (%1$s, 'Source', 'source.example', '1', 'US', 'USD', 'ACTIVE', 'ENROLLED', 'NONE', true),
                (%2$s, 'Target', 'target.example', '2', 'US', 'USD', 'NONE', 'NONE', 'ACTIVE', true);
            insert into partnership values (%2$s, %1$s, 'ACTIVE');
            insert into customer values (%3$s, 'Customer', 'customer.example', 'US', null, 1),
                (%4$s, 'Other', 'other.example', 'US', null, 1);
            insert into user_account (object_id, partner_tenant_id, customer_tenant_id, user_principal_name, roles) values
                (gen_random_uuid(), %1$s, null, 'admin@source.example', '{}'),
                (gen_random_uuid(), null, %3$s, 'owner@customer.example', '{}');
            insert into application values (gen_random_uuid(), %1$s, null);
            insert into signing_key (jwk, created) values ('{}', now());
            insert into customer_relationship values (%3$s, %2$s, 'INDIRECT_PROVIDER', %1$s, false, 'EXTENSION');
            insert into customer_agreement values (%3$s, 'MicrosoftCustomerAgreement', %2$s, 'ATTESTATION', now(), null);
            insert into subscription (id, customer_id, partner_id, product, offer_id, offer_name, friendly_name, quantity,
                billing_cycle, status, sync_state, creation_date, commitment_end_date, auto_renew_enabled, order_id, version)
                select id, %3$s, %1$s, 'LICENSE', 'offer', 'offer', 'name', 1, 'ANNUAL', 'ACTIVE', 'COMPLETE', now(), now(), true,
                'order', 1 from unnest(array[%5$s, gen_random_uuid(), gen_random_uuid()]::uuid[]) as id;
            insert into transfer (id, type, customer_tenant_id, source_partner_tenant_id, source_partner_name,
                target_partner_tenant_id, target_partner_name, status, created_time, last_modified_time, last_modified_user,
                line_items, version) values
                (%6$s, 'LEGACY', %3$s, %1$s, 'Source', %2$s, 'Target', 'ACTIVE', now(), now(), %1$s, '[{"quantity": 1}]', 0);
            insert into transfer_claim values (%5$s, %6$s);
            insert into customer_order values ('order', %3$s, %2$s, %6$s, 0, 'annual', 'USD', 'completed', 'UserPurchase', now(),
                '[{}]', 1);
            insert into audit_record (partner_id, participants, resource_type, operation_type, operation_date) values
                (%1$s, '{}', 'transfer', 'create_transfer', now());
            insert into stored_answer values (%1$s, %1$s, 'id', 'POST', '/', '', 200, '{}', now());
            """
            .formatted(SOURCE, TARGET, CUSTOMER, OTHER_CUSTOMER, SUBSCRIPTION, TRANSFER);

    @TempDir
    static Path directory;
    private static EmbeddedDatabase server;
    private static Connection database;
    private String constraint;

    @BeforeAll
    static void start() throws SQLException {
        server = EmbeddedDatabase.start(directory, Map.of("timezone", "Pacific/Auckland"));
        Flyway.configure().dataSource(server.jdbcUrl(), server.username(), server.password())
                .locations("classpath:db/migration")
                .load().migrate();
        database = DriverManager.getConnection(server.jdbcUrl(), server.username(), server.password());
        run(WORLD);
        database.setAutoCommit(false);
    }

    @AfterAll
    static void stop() throws SQLException {
        if (database != null) {
            database.close();
        }
        server.close();
    }

    @BeforeEach
    void noteName(TestInfo test) {
        constraint = test.getTestMethod().orElseThrow().getName();
    }

    @AfterEach
    void undo() throws SQLException {
        database.rollback();
    }

    @Test
    void every_constraint_and_unique_index_has_its_test() throws SQLException {
        var tests = Stream.of(SchemaTest.class.getDeclaredMethods()).map(method -> method.getName()).toList();
        var untested = strings(
                """
                        select conname from pg_constraint where connamespace = 'public'::regnamespace and contype in ('c', 'u', 'x', 'p', 'f')
                            and conrelid <> 'flyway_schema_history'::regclass and conname !~ '_(pkey|fkey)$'
                        union select indexrelid::regclass::text from pg_index where indisunique and not indisprimary
                            and indrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace)
                        order by 1""")
                .stream().filter(name -> !tests.contains(name)).toList();
        assertEquals(List.of(), untested);
    }

    @TestFactory
    Stream<DynamicTest> a_reference_must_exist() throws SQLException {
        return rows("""
                select conname, conrelid::regclass::text, attname from pg_constraint
                join pg_attribute on attrelid = conrelid and attnum = conkey[1]
                where connamespace = 'public'::regnamespace and contype = 'f' and conname ~ '_fkey$' order by 1""").stream()
                .map(row -> dynamicTest(row.get(0), () -> {
                    assertEquals(row.get(0), refusal("""
                            update %1$s set %2$s = %3$s where ctid = (select ctid from %1$s order by %2$s is null limit 1)"""
                            .formatted(row.get(1), row.get(2), NOBODY)));
                    database.rollback();
                }));
    }

    @TestFactory
    Stream<DynamicTest> a_key_names_one_row() throws SQLException {
        return rows("""
                select conname, conrelid::regclass::text from pg_constraint where connamespace = 'public'::regnamespace
                and contype = 'p' and conrelid <> 'flyway_schema_history'::regclass order by 1""").stream()
                .map(row -> dynamicTest(row.get(0), () -> {
                    assertEquals(row.get(0), refusal("insert into %1$s overriding system value select * from %1$s limit 1"
                            .formatted(row.get(1))));
                    database.rollback();
                }));
    }

    @Test
    void every_time_is_an_instant() throws SQLException {
        assertEquals(List.of(), strings("""
                select table_name || '.' || column_name from information_schema.columns where table_schema = 'public'
                and table_name <> 'flyway_schema_history'
                and (data_type = 'timestamp without time zone' or data_type like 'time%' and data_type not like 'timestamp%'
                    or data_type = 'date')"""));
    }

    @Test
    void partner_direct_bill_is_known() {
        refused("update partner set direct_bill = 'active'");
    }

    @Test
    void partner_indirect_reseller_is_known() {
        refused("update partner set indirect_reseller = 'PENDING'");
    }

    @Test
    void partner_indirect_provider_is_known() {
        refused("update partner set indirect_provider = 'CLOSED'");
    }

    @Test
    void partner_domain_is_unique() {
        refused("update partner set domain = 'SOURCE.example' where tenant_id = " + TARGET);
    }

    @Test
    void partner_mpn_id_is_unique() {
        refused("update partner set mpn_id = '1'");
    }

    @Test
    void partnership_state_is_known() {
        refused("update partnership set state = 'ENDED'");
    }

    @Test
    void partnership_is_between_two_partners() {
        refused("update partnership set reseller_id = provider_id");
    }

    @Test
    void user_account_belongs_to_one_tenant() {
        refused("update user_account set partner_tenant_id = %s, customer_tenant_id = %s".formatted(SOURCE, CUSTOMER));
        refused("update user_account set partner_tenant_id = null, customer_tenant_id = null");
    }

    @Test
    void user_account_name_is_unique() {
        refused("update user_account set user_principal_name = 'ADMIN@source.example' where partner_tenant_id is null");
    }

    @Test
    void signing_key_is_single() {
        refused("insert into signing_key values (false, '{}', now())");
    }

    @Test
    void customer_relationship_kind_is_known() {
        refused("update customer_relationship set kind = 'FRIEND'");
    }

    @Test
    void customer_relationship_via_is_known() {
        refused("update customer_relationship set via = 'RUMOUR'");
    }

    @Test
    void customer_relationship_counterpart_is_another() {
        refused("update customer_relationship set counterpart_id = partner_id");
    }

    @Test
    void customer_relationship_direct_has_no_counterpart() {
        refused("update customer_relationship set kind = 'DIRECT_RESELLER'");
    }

    @Test
    void customer_agreement_type_is_known() {
        refused("update customer_agreement set type = 'Handshake'");
    }

    @Test
    void customer_agreement_method_is_known() {
        refused("update customer_agreement set method = 'HEARSAY'");
    }

    @Test
    void customer_agreement_attestation_names_its_partner() {
        refused("update customer_agreement set partner_id = null");
    }

    @Test
    void customer_agreement_is_unique() throws SQLException {
        refused("insert into customer_agreement select * from customer_agreement");
        run("update customer_agreement set method = 'DIRECT', partner_id = null");
        refused("insert into customer_agreement select * from customer_agreement");
    }

    @Test
    void subscription_product_is_known() {
        refused("update subscription set product = 'HARDWARE'");
    }

    @Test
    void subscription_quantity_is_positive() {
        refused("update subscription set quantity = 0");
    }

    @Test
    void subscription_billing_cycle_is_known() {
        refused("update subscription set billing_cycle = 'DAILY'");
    }

    @Test
    void subscription_status_is_known() {
        refused("update subscription set status = 'LOST'");
    }

    @Test
    void subscription_sync_state_is_known() {
        refused("update subscription set sync_state = 'HALF'");
    }

    @Test
    void subscription_version_starts_at_one() {
        refused("update subscription set version = 0");
    }

    @Test
    void subscription_moves_once() {
        refused("update subscription set moved_from = %1$s where id <> %1$s".formatted(SUBSCRIPTION));
    }

    @Test
    void subscription_id_with_customer() {
        // The primary key would speak first, were it not for a referrer that needs both columns.
        refused("alter table subscription drop constraint subscription_pkey cascade",
                "insert into subscription select * from subscription");
    }

    @Test
    void subscription_parent_is_of_the_same_customer() {
        refused("update subscription set customer_id = %s where id = %s".formatted(OTHER_CUSTOMER, SUBSCRIPTION),
                "update subscription set parent_subscription_id = %1$s where id <> %1$s".formatted(SUBSCRIPTION));
    }

    @Test
    void subscription_is_not_its_own_parent() {
        refused("update subscription set parent_subscription_id = id");
    }

    @Test
    void transfer_type_is_known() {
        refused("update transfer set type = 'MODERN'");
    }

    @Test
    void transfer_status_is_known() {
        refused("delete from transfer_claim", "update transfer set status = 'LOST'");
    }

    @Test
    void transfer_has_1_to_500_lines() {
        refused("update transfer set line_items = '[]'");
        refused("update transfer set line_items = (select jsonb_agg('{}'::jsonb) from generate_series(1, 501))");
    }

    @Test
    void transfer_line_has_a_positive_quantity() {
        refused("update transfer set line_items = '[{\"quantity\": 1}, {\"quantity\": 0}]'");
    }

    @Test
    void transfer_is_between_two_partners() {
        refused("update transfer set target_partner_tenant_id = source_partner_tenant_id");
    }

    @Test
    void transfer_id_with_status() {
        refused("alter table transfer drop constraint transfer_pkey cascade", "insert into transfer select * from transfer");
    }

    @Test
    void transfer_order_belongs_to_a_completed_line() {
        refused("delete from transfer_claim",
                "update transfer set status = 'COMPLETE', line_items = '[{\"quantity\": 1, \"status\": \"Complete\"}]'");
        refused("update transfer set line_items = '[{\"quantity\": 1, \"orderId\": \"o\"}]'");
    }

    @Test
    void transfer_lines_are_open_until_it_completes() {
        refused("update transfer set line_items = '[{\"quantity\": 1, \"status\": \"Failed\", \"transferError\": \"e\"}]'");
    }

    @Test
    void transfer_lines_are_closed_when_it_completes() {
        refused("delete from transfer_claim", "update transfer set status = 'PARTIALLY_COMPLETE'");
    }

    @Test
    void transfer_is_complete_when_no_line_failed() {
        refused("delete from transfer_claim", """
                update transfer set status = 'COMPLETE',
                line_items = '[{"quantity": 1, "status": "Failed", "transferError": "e"}]'""");
    }

    @Test
    void transfer_failed_line_says_why() {
        refused("delete from transfer_claim",
                "update transfer set status = 'PARTIALLY_COMPLETE', line_items = '[{\"quantity\": 1, \"status\": \"Failed\"}]'");
    }

    @Test
    void transfer_claim_one_open_per_subscription() {
        refused("insert into transfer_claim select * from transfer_claim");
    }

    @Test
    void transfer_claim_ends_with_the_transfer() {
        refused("update transfer_claim set transfer_status = 'REJECTED'");
    }

    @Test
    void transfer_claim_is_of_an_active_transfer() {
        refused("update transfer set status = 'REJECTED'");
        refused("update transfer_claim set transfer_id = " + NOBODY);
    }

    @Test
    void customer_order_status_is_known() {
        refused("update customer_order set status = 'lost'");
    }

    @Test
    void customer_order_has_lines() {
        refused("update customer_order set line_items = '[]'");
    }

    @Test
    void customer_order_one_per_line_group() {
        refused("""
                insert into customer_order select 'second', customer_id, partner_id, transfer_id, transfer_group_id, billing_cycle,
                currency_code, status, transaction_type, creation_date, line_items, version from customer_order""");
    }

    @Test
    void customer_order_names_transfer_and_group_together() {
        refused("update customer_order set transfer_group_id = null");
    }

    @Test
    void stored_answer_one_per_request() {
        refused("insert into stored_answer select * from stored_answer");
    }

    /** The constraint that bears the name of the running test refuses the last statement; those before it pass. */
    private void refused(String... statements) {
        try {
            for (var i = 0; i < statements.length - 1; i++) {
                run(statements[i]);
            }
            assertEquals(constraint, refusal(statements[statements.length - 1]));
            database.rollback();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static String refusal(String statement) {
        return assertThrows(PSQLException.class, () -> run(statement)).getServerErrorMessage().getConstraint();
    }

    private static void run(String statements) throws SQLException {
        try (var statement = database.createStatement()) {
            statement.execute(statements);
        }
    }

    private static List<String> strings(String query) throws SQLException {
        return rows(query).stream().map(row -> row.get(0)).collect(toCollection(ArrayList::new));
    }

    private static List<List<String>> rows(String query) throws SQLException {
        try (var statement = database.createStatement(); var result = statement.executeQuery(query)) {
            var rows = new ArrayList<List<String>>();
            while (result.next()) {
                var row = new ArrayList<String>();
                for (var column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    row.add(result.getString(column));
                }
                rows.add(row);
            }
            return rows;
        }
    }
}
