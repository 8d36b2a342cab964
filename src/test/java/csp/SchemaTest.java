package csp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What holds for every table, and what the database refuses of the service's own records. Primary keys and plain references,
 * which have no name of ours, are tripped one by one from the catalogue.
 */
class SchemaTest extends MigratedDatabase {

    @Test
    void every_constraint_and_unique_index_has_its_test() throws SQLException {
        var tests = Stream.of(
                        SchemaTest.class,
                        PartnerSchemaTest.class,
                        CustomerSchemaTest.class,
                        TransferSchemaTest.class,
                        NewCommerceSchemaTest.class)
                .flatMap(test -> Stream.of(test.getDeclaredMethods()))
                .map(method -> method.getName())
                .toList();
        var untested =
                strings("""
                        select conname from pg_constraint where connamespace = 'public'::regnamespace and contype in ('c', 'u', 'x', 'p', 'f')
                            and conrelid <> 'flyway_schema_history'::regclass and conname !~ '_(pkey|fkey)$'
                        union select indexrelid::regclass::text from pg_index where indisunique and not indisprimary
                            and indrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace)
                        order by 1""").stream().filter(name -> !tests.contains(name)).toList();
        assertEquals(List.of(), untested);
    }

    @TestFactory
    Stream<DynamicTest> a_reference_must_exist() throws SQLException {
        return rows("""
                select conname, conrelid::regclass::text, attname, case atttypid when 'bigint'::regtype then '0' else %s end
                from pg_constraint join pg_attribute on attrelid = conrelid and attnum = conkey[1]
                where connamespace = 'public'::regnamespace and contype = 'f' and conname ~ '_fkey$' order by 1""".formatted(NOBODY)).stream()
                .map(row -> dynamicTest(
                        row.get(0),
                        () -> assertEquals(row.get(0), refusal("""
                        update %1$s set %2$s = '%3$s' where ctid = (select ctid from %1$s order by %2$s is null limit 1)""".formatted(row.get(1), row.get(2), row.get(3))))));
    }

    @TestFactory
    Stream<DynamicTest> a_key_names_one_row() throws SQLException {
        return rows("""
                select conname, conrelid::regclass::text, (select string_agg(attname, ', ') from pg_attribute
                    where attrelid = conrelid and attnum > 0 and attgenerated = '' and not attisdropped)
                from pg_constraint where connamespace = 'public'::regnamespace
                and contype = 'p' and conrelid <> 'flyway_schema_history'::regclass order by 1""").stream()
                .map(row -> dynamicTest(
                        row.get(0),
                        () -> assertEquals(
                                row.get(0),
                                refusal("insert into %1$s (%2$s) overriding system value select %2$s from %1$s limit 1"
                                        .formatted(row.get(1), row.get(2))))));
    }

    @Test
    void all_that_hangs_on_a_customer_leaves_with_it() throws SQLException {
        assertEquals(List.of(), strings("""
                with recursive hanging(relation) as (
                    select 'customer'::regclass::oid
                    union select conrelid from pg_constraint join hanging on confrelid = relation where contype = 'f'
                )
                select conname from pg_constraint join hanging on confrelid = relation
                where contype = 'f' and confdeltype <> 'c' order by 1"""));
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
    void stored_answer_one_per_request() {
        refused("insert into stored_answer select * from stored_answer");
    }

    @Test
    void clock_offset_is_one() {
        refused("insert into clock_offset values (false, 0)");
    }

    @Test
    void sandbox_fault_strikes_at_least_once() {
        refused("update sandbox_fault set times = 0");
    }

    @Test
    void sandbox_fault_probability_is_a_fraction() {
        refused("update sandbox_fault set probability = 1.1, seed = 1");
    }

    @Test
    void sandbox_fault_effect_is_known() {
        refused("update sandbox_fault set effect = 'EXPLODE'");
    }

    @Test
    void sandbox_fault_line_failure_is_known() {
        refused("update sandbox_fault set effect = 'LINE_FAILURE', line_failure = 'BROKEN'");
    }

    @Test
    void sandbox_fault_drop_is_before_or_after() {
        refused("update sandbox_fault set effect = 'DROP_CONNECTION', drop_when = 'DURING'");
    }

    @Test
    void sandbox_fault_strikes_no_oftener() {
        refused("update sandbox_fault set struck = 2");
    }

    @Test
    void sandbox_fault_has_a_seed_with_its_probability() {
        refused("update sandbox_fault set probability = 0.5");
    }

    @Test
    void sandbox_fault_says_what_its_effect_needs() {
        for (var effect : new String[] {"DELAY", "ERROR", "LINE_FAILURE", "DROP_CONNECTION", "CUT_ANSWER"}) {
            refused("update sandbox_fault set effect = '%s'".formatted(effect));
        }
        refused("update sandbox_fault set seconds = null");
    }

    @Test
    void journal_start_is_one() {
        refused("insert into journal_start values (false, now())");
    }

    @Test
    void scheduled_job_one_per_kind_and_id() {
        refused("insert into scheduled_job select * from scheduled_job");
    }

    @Test
    void outgoing_mail_status_is_known() {
        refused("update outgoing_mail set status = 'LOST', sent = null");
    }

    @Test
    void outgoing_mail_says_when_it_was_sent() {
        refused("update outgoing_mail set status = 'WAITING'");
    }

    @Test
    void outgoing_mail_says_when_it_failed() {
        refused("update outgoing_mail set status = 'FAILED', sent = null");
    }

    @Test
    void outgoing_mail_says_why_it_failed() {
        refused("update outgoing_mail set status = 'FAILED', sent = null, failed = now()");
    }

    @Test
    void outgoing_mail_subject_is_one_line() {
        refused("update outgoing_mail set subject = E'Hello\\nBcc: everybody'");
    }

    @Test
    void webhook_registration_one_per_partner() {
        refused("insert into webhook_registration select * from webhook_registration");
    }

    @Test
    void webhook_registration_url_is_of_the_web() {
        refused("update webhook_registration set url = 'ftp://source.example'");
    }

    @Test
    void webhook_registration_has_events() {
        refused("update webhook_registration set events = '{}'");
    }

    @Test
    void webhook_delivery_state_is_known() {
        refused("update webhook_delivery set state = 'LOST'");
    }

    @Test
    void webhook_delivery_tries_are_counted() {
        refused("update webhook_delivery set tries = -1");
    }

    @Test
    void webhook_delivery_is_due_while_it_waits() {
        refused("update webhook_delivery set due = now()");
    }

    @Test
    void webhook_delivery_is_held_for_a_time() {
        refused("update webhook_delivery set holder = id");
    }

    @Test
    void webhook_key_is_single() {
        refused("insert into webhook_key values (false, '', '', now())");
    }
}
