package csp.platform.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.testsupport.TestDatabase;
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

@DisplayNameGeneration(ReplaceUnderscores.class)
class EmbeddedDatabaseTest {

    @TempDir
    Path directory;

    @Test
    void a_commit_is_on_disk_before_it_is_answered() throws SQLException {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, Map.of())) {
            assertEquals("on", ask(database, "show fsync"));
            assertEquals("on", ask(database, "show synchronous_commit"));
            assertEquals("on", ask(database, "show full_page_writes"));
        }
    }

    @Test
    void it_listens_on_the_loopback_interface_only_and_wants_its_password() throws SQLException {
        TestDatabase.layEmptyCluster(directory);
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, Map.of())) {
            assertEquals("127.0.0.1", ask(database, "show listen_addresses"));
            SQLException refused = assertThrows(
                    SQLException.class,
                    () -> DriverManager.getConnection(database.jdbcUrl(), database.username(), "guessed"));
            assertEquals("28P01", refused.getSQLState());
        }
    }

    @Test
    void a_restart_finds_everything_that_was_there() throws SQLException {
        TestDatabase.layEmptyCluster(directory);
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, Map.of())) {
            tell(database, "create table kept as select 42 as answer");
        }
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, Map.of())) {
            assertEquals("42", ask(database, "select answer from kept"));
        }
    }

    @Test
    void closing_ends_every_process_even_with_clients_connected() throws SQLException {
        TestDatabase.layEmptyCluster(directory);
        EmbeddedDatabase database = EmbeddedDatabase.start(directory, Map.of());
        try (Connection client = connect(database)) {
            long server = Long.parseLong(ask(database, "select pg_read_file('postmaster.pid')")
                    .lines()
                    .findFirst()
                    .get());
            assertTrue(ProcessHandle.of(server).isPresent());
            database.close();
            assertTrue(ProcessHandle.of(server).isEmpty());
        }
    }

    @Test
    void a_directory_in_use_is_refused_by_a_sentence_and_its_owner_goes_on() throws SQLException {
        TestDatabase.layEmptyCluster(directory);
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, Map.of())) {
            DatabaseStartException refused =
                    assertThrows(DatabaseStartException.class, () -> EmbeddedDatabase.start(directory, Map.of()));
            assertEquals(
                    "The data directory " + directory
                            + " is in use by another running service; stop that one or choose another directory with csp.data-dir.",
                    refused.getMessage());
            assertEquals("1", ask(database, "select 1"));
        }
    }

    @Test
    void a_pid_file_whose_pid_now_belongs_to_another_program_neither_blocks_the_start_nor_harms_that_program()
            throws Exception {
        TestDatabase.layEmptyCluster(directory);
        EmbeddedDatabase.start(directory, Map.of()).close();
        Process stranger = new ProcessBuilder("sleep", "600").start();
        try {
            Files.write(
                    directory.resolve("postgres/postmaster.pid"),
                    List.of(
                            Long.toString(stranger.pid()),
                            directory.resolve("postgres").toString(),
                            "1700000000",
                            "5432",
                            "",
                            "127.0.0.1",
                            "",
                            "ready   "));
            try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, Map.of())) {
                assertEquals("1", ask(database, "select 1"));
            }
            assertTrue(stranger.isAlive());
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void a_creation_that_was_killed_half_way_is_begun_again() throws Exception {
        Files.createDirectories(directory.resolve("postgres.new"));
        Files.writeString(directory.resolve("postgres.new/postgresql.conf"), "");
        Files.createDirectories(directory.resolve("binaries/PG-half/bin"));
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, Map.of())) {
            assertEquals("1", ask(database, "select 1"));
        }
    }

    private static Connection connect(EmbeddedDatabase database) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
    }

    private static String ask(EmbeddedDatabase database, String query) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(query)) {
            answer.next();
            return answer.getString(1);
        }
    }

    private static void tell(EmbeddedDatabase database, String statement) throws SQLException {
        try (Connection connection = connect(database);
                Statement executed = connection.createStatement()) {
            executed.execute(statement);
        }
    }
}
