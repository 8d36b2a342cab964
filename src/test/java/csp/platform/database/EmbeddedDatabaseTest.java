package csp.platform.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.testsupport.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
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
    void a_pid_file_whose_process_has_ended_and_was_not_buried_does_not_block_the_start() throws Exception {
        TestDatabase.layEmptyCluster(directory);
        Process parent = new ProcessBuilder("sh", "-c", "(exit 0) & echo $!; exec sleep 600").start();
        try {
            String zombie = parent.inputReader().readLine();
            Files.write(
                    directory.resolve("postgres/postmaster.pid"),
                    List.of(
                            zombie,
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
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void processes_that_outlive_a_killed_server_do_not_block_the_start() throws Exception {
        TestDatabase.layEmptyCluster(directory);
        long outlives;
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, Map.of())) {
            try (Connection client = connect(database)) {
                outlives = client.unwrap(org.postgresql.PGConnection.class).getBackendPID();
                signal("STOP", outlives); // it cannot notice that its server is gone
                signal("KILL", postmaster());
                await(() -> database.isRunning() && connects(database));
                assertTrue(ProcessHandle.of(outlives).isEmpty());
            }
        }
    }

    @Test
    void a_server_that_is_killed_runs_again_at_the_same_address_with_all_that_was_committed() throws Exception {
        TestDatabase.layEmptyCluster(directory);
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, Map.of())) {
            String address = database.jdbcUrl();
            for (int round = 1; round <= 2; round++) {
                tell(database, "create table kept_" + round + " as select 42 as answer");
                long killed = postmaster();
                signal("KILL", killed);
                await(() -> ProcessHandle.of(killed).isEmpty() && database.isRunning() && connects(database));
                assertEquals("42", ask(database, "select answer from kept_" + round));
                assertEquals(address, database.jdbcUrl());
            }
        }
    }

    @Test
    void a_server_that_cannot_be_started_again_is_tried_until_it_can() throws Exception {
        TestDatabase.layEmptyCluster(directory);
        Path needed = directory.resolve("postgres/global/pg_control");
        Path aside = directory.resolve("pg_control");
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, Map.of())) {
            tell(database, "create table kept as select 42 as answer");
            Files.move(needed, aside);
            signal("KILL", postmaster());
            Path log = directory.resolve("postgres.log");
            await(() -> Files.readString(log).contains("could not find the database system"));
            assertFalse(database.isRunning());
            Files.move(aside, needed);
            await(() -> database.isRunning() && connects(database));
            assertEquals("42", ask(database, "select answer from kept"));
        }
    }

    @Test
    void it_can_be_closed_while_it_cannot_be_started_again() throws Exception {
        TestDatabase.layEmptyCluster(directory);
        EmbeddedDatabase database = EmbeddedDatabase.start(directory, Map.of());
        Files.delete(directory.resolve("postgres/global/pg_control"));
        signal("KILL", postmaster());
        await(() -> !database.isRunning());
        database.close();
        assertFalse(database.isRunning());
    }

    @Test
    void a_start_that_fails_says_why_in_one_sentence_and_leaves_nothing_behind() throws Exception {
        TestDatabase.layEmptyCluster(directory);
        Files.writeString(directory.resolve("postgres/postgresql.conf"), "nonsense = 1\n", StandardOpenOption.APPEND);
        for (int round = 0; round < 2; round++) {
            long begin = System.nanoTime();
            DatabaseStartException failed =
                    assertThrows(DatabaseStartException.class, () -> EmbeddedDatabase.start(directory, Map.of()));
            assertTrue(System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(30));
            assertTrue(
                    failed.getMessage()
                            .matches(
                                    "The embedded PostgreSQL did not start \\(configuration file .* contains errors\\); .*postgres.log says more\\."),
                    failed.getMessage());
        }
    }

    @Test
    void a_directory_of_another_major_version_is_refused_by_a_sentence_that_says_which_and_what_to_do()
            throws Exception {
        TestDatabase.layEmptyCluster(directory);
        Files.writeString(directory.resolve("postgres/PG_VERSION"), "15\n");
        DatabaseStartException refused =
                assertThrows(DatabaseStartException.class, () -> EmbeddedDatabase.start(directory, Map.of()));
        assertEquals(
                "The database in " + directory
                        + " was made by PostgreSQL 15, which PostgreSQL 18 of this service cannot read; take its data over with pg_upgrade or a dump, or choose another directory with csp.data-dir.",
                refused.getMessage());
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

    private long postmaster() throws IOException {
        return Long.parseLong(
                Files.readAllLines(directory.resolve("postgres/postmaster.pid")).get(0));
    }

    private static void signal(String name, long process) throws Exception {
        assertEquals(
                0,
                new ProcessBuilder("kill", "-" + name, Long.toString(process))
                        .start()
                        .waitFor());
    }

    private static boolean connects(EmbeddedDatabase database) {
        try (Connection connection = connect(database)) {
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.call()) {
            assertTrue(System.nanoTime() < deadline, "It did not come to that in time");
            TimeUnit.MILLISECONDS.sleep(20); // between two polls
        }
    }
}
