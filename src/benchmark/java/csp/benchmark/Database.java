package csp.benchmark;

import csp.platform.database.EmbeddedDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/** The PostgreSQL of the measurement, as durable as that of any user; each contender has a database of its own in it. */
class Database implements AutoCloseable {

    private static final Map<String, String> SETTINGS =
            Map.of("shared_buffers", "512MB", "max_wal_size", "4GB", "max_connections", "200");

    private final EmbeddedDatabase server;
    private final ProcessHandle process;

    private Database(EmbeddedDatabase server, ProcessHandle process) {
        this.server = server;
        this.process = process;
    }

    static Database start(Path directory) {
        var server = EmbeddedDatabase.start(directory, SETTINGS);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "end database")); // a second call does nothing
        try (var connection = DriverManager.getConnection(server.jdbcUrl(), server.username(), server.password());
                var statement = connection.createStatement();
                var parent = statement.executeQuery(
                        "select split_part(pg_read_file('postmaster.pid'), e'\\n', 1)::bigint")) {
            parent.next();
            return new Database(server, ProcessHandle.of(parent.getLong(1)).orElseThrow());
        } catch (SQLException e) {
            server.close();
            throw new IllegalStateException(e);
        }
    }

    void create(String name) {
        try (var connection = DriverManager.getConnection(server.jdbcUrl(), server.username(), server.password());
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As options of a service. */
    Map<String, String> optionsOf(String name) {
        return Map.of(
                "quarkus.datasource.jdbc.url", url(name),
                "quarkus.datasource.username", server.username(),
                "quarkus.datasource.password", server.password());
    }

    Connection connect(String name) throws SQLException {
        return DriverManager.getConnection(url(name), server.username(), server.password());
    }

    private String url(String name) {
        return server.jdbcUrl().replaceFirst("/postgres$", "/" + name);
    }

    /** Of PostgreSQL. */
    String version() {
        try (var connection = DriverManager.getConnection(server.jdbcUrl(), server.username(), server.password())) {
            return connection.getMetaData().getDatabaseProductVersion();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    double cpuSeconds() {
        return Cpu.secondsOfTree(process);
    }

    @Override
    public void close() {
        server.close();
    }
}
