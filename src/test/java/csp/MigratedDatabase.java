package csp;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import csp.testsupport.PostgresTestResource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.postgresql.util.PSQLException;

/**
 * The database after all migrations, for tests of what it refuses by itself. A constraint's name is the sentence that its test
 * proves, so the test carries the same name. Each test is rolled back.
 */
@ExtendWith(MigratedDatabase.Start.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
abstract class MigratedDatabase {

    static final String SOURCE = "'a0000000-0000-4000-8000-000000000001'";
    static final String TARGET = "'a0000000-0000-4000-8000-000000000002'";
    static final String CUSTOMER = "'c0000000-0000-4000-8000-000000000001'";
    static final String OTHER_CUSTOMER = "'c0000000-0000-4000-8000-000000000002'";
    static final String SUBSCRIPTION = "'50000000-0000-4000-8000-000000000001'";
    static final String TRANSFER = "'70000000-0000-4000-8000-000000000001'";
    static final String NOBODY = "'00000000-0000-4000-8000-00000000dead'";

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
            insert into customer_invitation (token, kind, inviter_id, reseller_id, provider_id, mail_text, status, created_time,
                expiration_time, customer_id) values
                ('token', 'INDIRECT_RESELLER', %1$s, %1$s, %2$s, 'text', 'ACCEPTED', now(), now(), %3$s);
            insert into audit_record (partner_id, participants, resource_type, operation_type, operation_date) values
                (%1$s, '{}', 'transfer', 'create_transfer', now());
            insert into audit_participant select partner_id, operation_date, id from audit_record;
            insert into enrolment (partner_id, started_time) values (%1$s, now());
            insert into incentive (partner_id, program) values (%1$s, 'INDIRECT_RESELLER');
            insert into partnership_invitation (token, provider_id, reseller_id, status, created_time, expiration_time) values
                ('token', %2$s, %1$s, 'PENDING', now(), now());
            insert into extension_consent values
                (gen_random_uuid(), %3$s, %2$s, %1$s, 'Owner', now(), 'email', 'admin@source.example', now());
            insert into offer values ('offer', 'Offer', 'LICENSE', false, null);
            insert into stored_answer values (%1$s, %1$s, 'id', 'POST', '/', '', 200, '{}', now());
            insert into scheduled_job (task_name, task_instance, execution_time, picked, version) values
                ('mail', 'id', now(), false, 1);
            insert into sign_in_failure values ('account', 1, now(), null);
            insert into refresh_token values ('digest', %1$s, %1$s, %1$s, 'https://api.partnercenter.microsoft.com', 'digest', now());
            insert into request_window values (%1$s, now(), 1);
            insert into clock_offset (microseconds) values (0);
            insert into sandbox_snapshot values ('name', now(), 0, '1', 1, 1, '{}');
            insert into sandbox_snapshot_row values ('name', 'partner', '{}');
            insert into sandbox_copy values (gen_random_uuid(), 0, 0);
            insert into sandbox_fault (id, operation, times, effect, seconds, created_time) values
                (gen_random_uuid(), 'getTransfer', 1, 'THROTTLE', 1, now());
            insert into webhook_registration values (%1$s, 'https://source.example', '{test-created}', false);
            insert into webhook_delivery (id, partner_id, event_name, body, created_time, state, tries) values
                (%6$s, %1$s, 'test-created', '{}', now(), 'DELIVERED', 1);
            insert into webhook_attempt (delivery_id, at, status, milliseconds) values (%6$s, now(), 200, 1);
            insert into webhook_key (signing_key, root_key, created) values ('', '', now());
            insert into webhook_certificate values ('thumbprint', 'Organization', '', '', now());
            insert into journal_start (received) values (now());
            insert into journal_entry (received, at, method, path, correlation_id, milliseconds, deviations, request_headers, request_bytes,
                response_headers, response_bytes, size) values (now(), now(), 'GET', '/', 'id', 1, '', '', 0, '', 0, 1);
            insert into outgoing_mail values (gen_random_uuid(), 'ana@source.example', 'Hello', '', '', 'SENT', now(), now());
            """.formatted(SOURCE, TARGET, CUSTOMER, OTHER_CUSTOMER, SUBSCRIPTION, TRANSFER);

    private static Connection database;
    private String constraint;

    @BeforeEach
    void noteName(TestInfo test) {
        constraint = test.getTestMethod().orElseThrow().getName();
    }

    @AfterEach
    void undo() throws SQLException {
        database.rollback();
    }

    /** The constraint that bears the name of the running test refuses the last statement; those before it pass. */
    void refused(String... statements) {
        try {
            for (var i = 0; i < statements.length - 1; i++) {
                run(statements[i]);
            }
            assertEquals(constraint, refusal(statements[statements.length - 1]));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** The name of the constraint that refuses the statement; then all is undone, so that a test can go on. */
    static String refusal(String statement) throws SQLException {
        try {
            return assertThrows(PSQLException.class, () -> run(statement))
                    .getServerErrorMessage()
                    .getConstraint();
        } finally {
            database.rollback();
        }
    }

    static void run(String statements) throws SQLException {
        try (var statement = database.createStatement()) {
            statement.execute(statements);
        }
    }

    static List<String> strings(String query) throws SQLException {
        return rows(query).stream().map(row -> row.get(0)).collect(toCollection(ArrayList::new));
    }

    static List<List<String>> rows(String query) throws SQLException {
        try (var statement = database.createStatement();
                var result = statement.executeQuery(query)) {
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

    /** One server for all these classes. */
    static class Start implements BeforeAllCallback {

        @Override
        public void beforeAll(ExtensionContext context) {
            database = context.getRoot()
                    .getStore(Namespace.create(Start.class))
                    .computeIfAbsent(Server.class, key -> new Server(), Server.class)
                    .connection;
        }
    }

    private static class Server implements AutoCloseable {

        private final PostgresTestResource postgres = new PostgresTestResource();
        private final Connection connection;

        Server() {
            var settings = postgres.start();
            var url = settings.get("quarkus.datasource.jdbc.url");
            var username = settings.get("quarkus.datasource.username");
            var password = settings.get("quarkus.datasource.password");
            try {
                Flyway.configure()
                        .dataSource(url, username, password)
                        .locations("classpath:db/migration")
                        .load()
                        .migrate();
                connection = DriverManager.getConnection(url, username, password);
                connection.setAutoCommit(false);
                try (var statement = connection.createStatement()) {
                    statement.execute(WORLD);
                }
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                postgres.stop();
                throw new AssertionError(e);
            }
        }

        @Override
        public void close() throws SQLException {
            connection.close();
            postgres.stop();
        }
    }
}
