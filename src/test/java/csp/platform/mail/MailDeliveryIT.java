package csp.platform.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.platform.database.EmbeddedDatabase;
import csp.testsupport.MailServer;
import csp.testsupport.PackagedService;
import csp.testsupport.Sql;
import csp.testsupport.TestDatabase;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of the packaged service that deliver the mails of one database to one mail server. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MailDeliveryIT {

    /** What one copy sends at the same time, and may have handed over without having noted it. */
    private static final int UNDER_WAY = 4;

    @TempDir
    Path directory;

    private EmbeddedDatabase database;
    private MailServer mailServer;
    private Map<String, String> settings;
    private Sql sql;

    @BeforeEach
    void start() throws SQLException {
        database = TestDatabase.startWithSchema(directory.resolve("database"));
        mailServer = new MailServer();
        settings = TestDatabase.settingsFor(database, mailServer.start());
        settings.put("csp.jobs.heartbeat", "1s");
        sql = new Sql(DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password()));
    }

    @AfterEach
    void stop() {
        sql.close();
        database.close();
        mailServer.stop();
    }

    @Test
    void two_copies_send_each_of_many_mails_once() {
        try (var one = PackagedService.start(directory.resolve("one"), settings);
                var another = PackagedService.start(directory.resolve("another"), settings)) {
            var ids = write(500);
            awaitAllSent(one);
            assertEquals(ids, new TreeSet<>(mailServer.takenIds()));
            assertEquals(500, mailServer.takenIds().size());
            assertFalse(one.log().contains("WARN"), one.log());
            assertFalse(another.log().contains("WARN"), another.log());
        }
    }

    @Test
    void a_kill_in_the_middle_loses_no_mail_and_repeats_no_more_than_were_under_way() {
        var doomed = PackagedService.start(directory.resolve("doomed"), settings);
        var ids = write(1000);
        doomed.await("sending", () -> mailServer.takenIds().size() >= 50);
        doomed.kill();
        var before = mailServer.takenIds().size();
        assertTrue(before < 1000, "all were sent before the kill: this test proves nothing");
        try (var next = PackagedService.start(directory.resolve("next"), settings)) {
            awaitAllSent(next);
        }
        var taken = mailServer.takenIds();
        assertEquals(ids, new TreeSet<>(taken));
        assertTrue(taken.size() <= 1000 + UNDER_WAY, () -> taken.size() - 1000 + " repeats");
    }

    @Test
    void a_stop_in_the_middle_is_clean_and_the_next_start_goes_on() {
        var first = PackagedService.start(directory.resolve("first"), settings);
        var ids = write(1000);
        first.await("sending", () -> mailServer.takenIds().size() >= 50);
        assertEquals(143, first.stop());
        assertFalse(first.log().contains("Exception"), first.log());
        assertEquals(0, sql.number("select count(*) from scheduled_job where picked"));
        try (var next = PackagedService.start(directory.resolve("next"), settings)) {
            awaitAllSent(next);
        }
        assertEquals(ids, new TreeSet<>(mailServer.takenIds()));
        assertEquals(1000, mailServer.takenIds().size());
    }

    @Test
    void while_the_mail_server_is_down_mails_wait_without_a_stack_trace_in_the_log() {
        mailServer.stop();
        try (var service = PackagedService.start(directory.resolve("service"), settings)) {
            write(1);
            sql.await("a failure", "select count(*) from scheduled_job where consecutive_failures >= 1", 1);
            service.await("telling of it", () -> service.log().contains("Job mail"));
            assertFalse(service.log().contains("\tat "), service.log());
            assertEquals(200, service.statusOf("/q/health/ready"));
        }
    }

    @Test
    void without_its_database_it_is_quiet() {
        try (var service = PackagedService.start(directory.resolve("service"), settings)) {
            var ids = write(1);
            awaitAllSent(service);
            sql.close();
            database.close();
            for (var asked = 0; asked < 3; asked++) {
                service.await("not ready", () -> service.statusOf("/q/health/ready") == 503);
            }
            assertFalse(service.log().contains("\tat "), service.log());
            assertEquals(ids, Set.copyOf(mailServer.takenIds()));
        }
    }

    /** Mails as the outbox writes them; returns their Message-IDs. */
    private Set<String> write(int count) {
        var ids = sql.column("""
                with mail as (insert into outgoing_mail (id, recipient, subject, text_body, html_body, status, created)
                    select gen_random_uuid(), 'ana@contoso.example', 'Hello', 'Hello', '<p>Hello</p>', 'WAITING', now()
                    from generate_series(1, ?) returning id),
                job as (insert into scheduled_job (task_name, task_instance, execution_time, picked, version)
                    select 'mail', id::text, now(), false, 1 from mail)
                select id from mail""", count);
        return ids.stream().map("<%s@csp-transfer-service>"::formatted).collect(Collectors.toCollection(TreeSet::new));
    }

    /** What a killed copy had taken, another takes after four missed heartbeats. */
    private void awaitAllSent(PackagedService service) {
        service.await(
                "through with all mails",
                () -> sql.number("select count(*) from outgoing_mail where status <> 'SENT'") == 0
                        && sql.number("select count(*) from scheduled_job") == 0);
    }
}
