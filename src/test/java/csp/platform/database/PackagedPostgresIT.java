package csp.platform.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the build lays beside the jar for first starts. Runs after packaging. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PackagedPostgresIT {

    private static final Path PACKAGED =
            Path.of("target", "quarkus-app", "postgres").toAbsolutePath();

    @TempDir
    Path directory;

    @Test
    void a_first_start_finds_the_schema_without_a_row_and_sets_a_password_of_its_own() throws Exception {
        var prepared = PackagedPostgres.in(PACKAGED);
        assertTrue(prepared.isPresent());
        String migrations;
        try (var files = Files.list(Path.of("src/main/resources/db/migration"))) {
            migrations = Long.toString(files.count());
        }
        try (var database = EmbeddedDatabase.start(directory.resolve("one"), Map.of(), prepared);
                var another = EmbeddedDatabase.start(directory.resolve("two"), Map.of(), prepared)) {
            assertEquals(migrations, ask(database, "select count(*) from flyway_schema_history where success"));
            assertEquals("0", ask(database, "select count(*) from partner"));
            assertEquals("0", ask(database, "select count(*) from signing_key"));
            assertNotEquals(database.password(), another.password());
            var refused = assertThrows(
                    SQLException.class,
                    () -> DriverManager.getConnection(database.jdbcUrl(), database.username(), another.password()));
            assertEquals("28P01", refused.getSQLState());
            assertEquals("on", ask(database, "show fsync"));
        }
        try (var database = EmbeddedDatabase.start(directory.resolve("one"), Map.of(), prepared)) {
            assertEquals("1", ask(database, "select 1"));
        }
        try (var cluster = new ZipFile(PACKAGED.resolve("cluster.zip").toFile())) {
            assertTrue(cluster.stream().noneMatch(entry -> entry.getName().contains("password")));
        }
    }

    @Test
    void a_prepared_cluster_that_cannot_be_used_is_replaced_by_one_made_on_the_spot() throws Exception {
        var broken = packaged(PackagedPostgres.platform());
        var whole = Files.readAllBytes(PACKAGED.resolve("cluster.zip"));
        Files.write(broken.resolve("cluster.zip"), Arrays.copyOf(whole, whole.length / 2));
        var prepared = PackagedPostgres.in(broken);
        assertTrue(prepared.isPresent());
        try (var database = EmbeddedDatabase.start(directory.resolve("data"), Map.of(), prepared)) {
            assertEquals("t", ask(database, "select to_regclass('partner') is null"));
        }
    }

    @Test
    void what_was_prepared_on_another_platform_is_left_alone() throws IOException {
        assertEquals(Optional.empty(), PackagedPostgres.in(packaged("Plan 9 on another machine")));
        assertEquals(Optional.empty(), PackagedPostgres.in(directory.resolve("nowhere")));
    }

    /** The programs as they are, by a link. */
    private Path packaged(String platform) throws IOException {
        var copy = Files.createDirectories(directory.resolve("packaged"));
        Files.createSymbolicLink(copy.resolve("programs"), PACKAGED.resolve("programs"));
        Files.writeString(copy.resolve("platform"), platform);
        return copy;
    }

    private static String ask(EmbeddedDatabase database, String query) throws SQLException {
        try (var connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
                var statement = connection.createStatement();
                var answer = statement.executeQuery(query)) {
            answer.next();
            return answer.getString(1);
        }
    }
}
