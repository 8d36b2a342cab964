package csp.platform.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.testsupport.PackagedService;
import csp.testsupport.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Start and stop of the packaged service. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PackagedServiceIT {

    @TempDir
    Path directory;

    @Test
    void without_settings_it_starts_in_ten_lines_and_stops_with_its_database() throws Exception {
        PackagedService service = PackagedService.start(directory, Map.of());
        service.await("telling how to get a token", () -> service.log().contains("/contoso.example/oauth2/v2.0/token"));
        ProcessHandle database = databaseProcess();
        assertEquals(143, service.stop());
        assertFalse(database.isAlive());
        assertTrue(service.log().contains(service.baseUrl() + "/q/swagger-ui"), service.log());
        assertTrue(service.log().lines().count() <= 10, service.log());
    }

    @Test
    void a_kill_loses_nothing_and_the_first_restart_succeeds() throws Exception {
        PackagedService killed = PackagedService.start(directory, Map.of());
        ProcessHandle orphan = databaseProcess();
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create table kept as select 42 as answer");
        }
        killed.kill();
        assertTrue(orphan.isAlive(), "the library no longer leaves an orphan: this test proves nothing");

        try (PackagedService restarted = PackagedService.start(directory, Map.of());
                Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet kept = statement.executeQuery("select answer from kept")) {
            assertTrue(kept.next());
            assertEquals(42, kept.getInt(1));
            assertFalse(orphan.isAlive());
            assertNotEquals(orphan.pid(), databaseProcess().pid());
            assertEquals(200, restarted.statusOf("/q/health/ready"));
        }
    }

    @Test
    void a_second_instance_on_the_same_directory_is_refused_and_the_first_goes_on() throws Exception {
        try (PackagedService first = PackagedService.start(directory, Map.of())) {
            PackagedService second = PackagedService.launch(directory, Map.of());
            assertEquals(1, second.awaitExit());
            assertEquals(
                    "The data directory " + directory.toRealPath().resolve("data")
                            + " is in use by another running service; stop that one or choose another directory with csp.data-dir.\n",
                    second.log());
            assertEquals(200, first.statusOf("/q/health/ready"));
        }
    }

    @Test
    void a_port_in_use_is_told_in_one_sentence_and_no_database_stays_behind() throws Exception {
        try (PackagedService first = PackagedService.start(directory.resolve("first"), Map.of())) {
            PackagedService second = PackagedService.launch(
                    directory.resolve("second"), Map.of("quarkus.http.port", Integer.toString(first.port())));
            assertEquals(1, second.awaitExit());
            assertEquals(
                    "The service could not start: port " + first.port()
                            + " is in use by another program; choose another one with quarkus.http.port.\n",
                    second.log());
            assertFalse(Files.exists(directory.resolve("second/data/postgres/postmaster.pid")));
        }
    }

    @Test
    void the_first_restart_after_a_kill_of_the_service_and_its_database_succeeds() throws Exception {
        for (int round = 0; round < 2; round++) {
            PackagedService killed = PackagedService.start(directory, Map.of());
            ProcessHandle database = databaseProcess();
            killed.process().destroyForcibly();
            database.destroyForcibly();
            killed.awaitExit();
        }
        try (PackagedService restarted = PackagedService.start(directory, Map.of())) {
            assertEquals(200, restarted.statusOf("/q/health/live"));
        }
    }

    @Test
    void it_is_alive_but_not_ready_while_a_configured_database_is_gone() {
        try (EmbeddedDatabase other = TestDatabase.startWithSchema(directory.resolve("other"));
                PackagedService service = PackagedService.start(directory, TestDatabase.settingsFor(other, Map.of()))) {
            other.close();
            service.await("not ready", () -> service.statusOf("/q/health/ready") == 503);
            assertEquals(200, service.statusOf("/q/health/live"));
        }
    }

    @Test
    void a_database_of_another_version_is_told_in_one_sentence() throws Exception {
        TestDatabase.layEmptyCluster(directory.resolve("data"));
        Files.writeString(directory.resolve("data/postgres/PG_VERSION"), "15\n");
        PackagedService service = PackagedService.launch(directory, Map.of());
        assertEquals(1, service.awaitExit());
        assertEquals(1, service.log().lines().count(), service.log());
        assertTrue(service.log().contains("made by PostgreSQL 15"), service.log());
    }

    @Test
    void copies_on_a_configured_database_start_at_once_without_a_database_or_a_demo_of_their_own() {
        try (EmbeddedDatabase shared = TestDatabase.start(directory.resolve("shared"))) {
            Map<String, String> settings = TestDatabase.settingsFor(shared, Map.of());
            PackagedService racing = PackagedService.launch(directory.resolve("one"), settings);
            try (PackagedService two = PackagedService.start(directory.resolve("two"), settings)) {
                racing.await("ready", () -> racing.statusOf("/q/health/ready") == 200);
                two.await("telling where it is", () -> two.log().contains("/q/swagger-ui"));
                assertFalse(two.log().contains("oauth2"), two.log());
                assertFalse(Files.exists(directory.resolve("one/data")));
                assertFalse(Files.exists(directory.resolve("two/data")));
            } finally {
                racing.stop();
            }
        }
    }

    @Test
    void a_configured_database_that_does_not_answer_is_told_in_one_sentence() {
        PackagedService service = PackagedService.launch(
                directory,
                Map.of(
                        "quarkus.datasource.jdbc.url",
                        "jdbc:postgresql://127.0.0.1:1/none",
                        "quarkus.datasource.username",
                        "nobody"));
        assertEquals(1, service.awaitExit());
        assertTrue(
                service.log().contains("The service could not start: the configured database cannot be used ("),
                service.log());
        assertFalse(service.log().contains("\tat "), service.log());
    }

    private ProcessHandle databaseProcess() throws IOException {
        return ProcessHandle.of(Long.parseLong(pidFile().get(0))).orElseThrow();
    }

    private Connection connect() throws IOException, SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + pidFile().get(3) + "/postgres",
                "postgres",
                Files.readString(directory.resolve("data/postgres/csp-password"))
                        .strip());
    }

    private List<String> pidFile() throws IOException {
        return Files.readAllLines(directory.resolve("data/postgres/postmaster.pid"));
    }
}
