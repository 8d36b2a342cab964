package csp.chaos;

import csp.testsupport.PackagedService;
import csp.testsupport.Signal;
import csp.testsupport.Sql;
import csp.testsupport.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A PostgreSQL beside the service, always on the same port, to be frozen, stopped and started again. */
final class OutsideDatabase implements AutoCloseable {

    private final Path cluster;
    private final String password;
    private final int port = Service.freePort();
    private Process server;

    private OutsideDatabase(Path cluster) throws IOException {
        this.cluster = cluster;
        password = Files.readString(cluster.resolve("csp-password")).strip();
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    static OutsideDatabase start(Path directory) throws IOException, InterruptedException {
        TestDatabase.layEmptyCluster(directory);
        var database = new OutsideDatabase(directory.resolve("postgres"));
        database.start();
        return database;
    }

    void start() throws IOException, InterruptedException {
        Path postgres;
        try (var binaries = Files.walk(PackagedService.PROGRAMS, 3)) {
            postgres = binaries.filter(file -> file.endsWith("bin/postgres"))
                    .findFirst()
                    .orElseThrow();
        }
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("unshare", "--user")); // it will not run as root
        }
        command.addAll(List.of(postgres.toString(), "-D", cluster.toString(), "-p", Integer.toString(port)));
        command.addAll(List.of("-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="));
        server = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        cluster.resolveSibling("postgres.log").toFile()))
                .start();
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!accepts()) {
            if (System.nanoTime() > deadline || !server.isAlive()) {
                throw new IllegalStateException(
                        "PostgreSQL did not start:\n" + Files.readString(cluster.resolveSibling("postgres.log")));
            }
            Crowd.rest(50);
        }
    }

    private boolean accepts() {
        try (var connection = connect()) {
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    /** What makes a service use it. */
    Map<String, String> settings() {
        return Map.of(
                "quarkus.datasource.jdbc.url", url(),
                "quarkus.datasource.username", "postgres",
                "quarkus.datasource.password", password,
                "csp.scenario", "demo",
                "csp.sandbox", "true");
    }

    int port() {
        return port;
    }

    String password() {
        return password;
    }

    Sql connect() throws SQLException {
        return new Sql(DriverManager.getConnection(url() + "?connectTimeout=5", "postgres", password));
    }

    private String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    void freeze() {
        Signal.STOP.toAll(Signal.tree(server.toHandle()));
    }

    void thaw() {
        Signal.CONT.toAll(Signal.tree(server.toHandle()));
    }

    /** Its clients are cut off. */
    void stop() throws InterruptedException {
        Signal.INT.to(server.toHandle());
        if (!server.waitFor(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("PostgreSQL did not stop");
        }
    }

    @Override
    public void close() {
        if (server != null && server.isAlive()) {
            Signal.KILL.toAll(Signal.tree(server.toHandle()));
        }
    }
}
