package csp.chaos;

import csp.testsupport.Sql;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** Two PostgreSQL nodes under Patroni, each the synchronous copy of the other, with etcd, and HAProxy before whichever is the primary. */
final class ReplicatedDatabase implements AutoCloseable {

    private static final Duration WITHIN = Duration.ofSeconds(60);

    private final String password = UUID.randomUUID().toString();
    private final Daemon etcd;
    private final List<Node> nodes;
    private Balancer balancer;

    private ReplicatedDatabase(Path directory) throws IOException, InterruptedException {
        var clients = Service.freePort();
        var peers = Service.freePort();
        etcd = Daemon.start(
                        "etcd",
                        directory,
                        List.of(
                                Programs.get("etcd").toString(),
                                "--data-dir",
                                directory.resolve("etcd").toString(),
                                "--listen-client-urls=http://127.0.0.1:" + clients,
                                "--advertise-client-urls=http://127.0.0.1:" + clients,
                                "--listen-peer-urls=http://127.0.0.1:" + peers,
                                "--initial-advertise-peer-urls=http://127.0.0.1:" + peers,
                                "--initial-cluster=default=http://127.0.0.1:" + peers))
                .listening(clients);
        nodes = List.of(new Node("one", directory, password, clients), new Node("two", directory, password, clients));
    }

    /** Returns when there is a primary with a synchronous standby. */
    static ReplicatedDatabase start(Path directory) throws IOException, InterruptedException {
        var database = new ReplicatedDatabase(directory);
        try {
            for (var node : database.nodes) {
                node.start();
            }
            database.balancer = Balancer.ofPrimary(
                    directory,
                    database.nodes.stream().map(Node::postgres).toList(),
                    database.nodes.stream().map(Node::patroni).toList());
            for (var node : database.nodes) {
                node.daemon().await("in its place", () -> node.is("primary") || node.is("sync"));
            }
            if (!becomes(database::isWhole)) {
                throw new IllegalStateException("There is no primary with a synchronous standby");
            }
            return database;
        } catch (IOException | InterruptedException | RuntimeException e) {
            database.close();
            throw e;
        }
    }

    Optional<Node> primary() {
        return nodes.stream().filter(node -> node.is("primary")).findFirst();
    }

    Optional<Node> standby() {
        return nodes.stream().filter(node -> node.is("sync")).findFirst();
    }

    /** Whether the standby would take over: what a node says of itself may be old. */
    boolean isWhole() {
        var cluster = primary().map(Node::cluster).orElse("");
        return cluster.contains("\"leader\"")
                && cluster.contains("\"sync_standby\"")
                && standby().isPresent();
    }

    /** Whether it becomes true in time. */
    static boolean becomes(BooleanSupplier condition) throws InterruptedException {
        var deadline = System.nanoTime() + WITHIN.toNanos();
        while (System.nanoTime() < deadline) {
            if (condition.getAsBoolean()) {
                return true;
            }
            Crowd.rest(100);
        }
        return false;
    }

    /** What makes a service use whatever HAProxy says is the primary. */
    Map<String, String> settings() {
        return settings("127.0.0.1:" + balancer.port() + "/postgres");
    }

    /** What makes a service find the primary by itself. */
    Map<String, String> settingsOfAllNodes() {
        return settings("127.0.0.1:" + nodes.get(0).postgres() + ",127.0.0.1:"
                + nodes.get(1).postgres() + "/postgres?targetServerType=primary");
    }

    private Map<String, String> settings(String place) {
        return Map.of(
                "quarkus.datasource.jdbc.url", "jdbc:postgresql://" + place,
                "quarkus.datasource.username", "postgres",
                "quarkus.datasource.password", password,
                "csp.scenario", "demo",
                "csp.sandbox", "true");
    }

    /** A connection to the primary. */
    Sql connect() throws SQLException {
        return new Sql(DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + balancer.port() + "/postgres?connectTimeout=5&socketTimeout=60",
                "postgres",
                password));
    }

    @Override
    public void close() {
        nodes.forEach(Node::close);
        if (balancer != null) {
            balancer.close();
        }
        etcd.close();
    }
}
