package csp.chaos;

import csp.testsupport.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A PostgreSQL with the Patroni that looks after it. */
final class Node implements AutoCloseable {

    private final String name;
    private final Path directory;
    private final String password;
    private final int etcd;
    private final int postgres = Service.freePort();
    private final int patroni = Service.freePort();
    private Daemon daemon;

    Node(String name, Path directory, String password, int etcd) throws IOException {
        this.name = name;
        this.directory = Files.createDirectories(directory.resolve(name));
        this.password = password;
        this.etcd = etcd;
        Runtime.getRuntime().addShutdownHook(new Thread(this::killServer));
    }

    /** Starts Patroni, which starts PostgreSQL when it knows as what. */
    void start() throws IOException {
        var file = Files.writeString(directory.resolve("patroni.yml"), settings());
        daemon = Daemon.start(
                "patroni",
                directory,
                Programs.withoutRoot(List.of(Programs.get("patroni").toString(), file.toString())));
    }

    private String settings() {
        return """
                scope: csp
                name: %s
                restapi: {listen: '127.0.0.1:%d', connect_address: '127.0.0.1:%2$d'}
                etcd3: {host: '127.0.0.1:%d'}
                bootstrap:
                  dcs:
                    # How long the lock of a primary lasts of which nothing is heard.
                    ttl: 8
                    loop_wait: 1
                    retry_timeout: 3
                    # A primary that crashed is not waited for.
                    primary_start_timeout: 0
                    # A commit is one when it is on both nodes, and there is none while there is no second node.
                    synchronous_mode: true
                    synchronous_mode_strict: true
                    postgresql:
                      use_pg_rewind: true
                      parameters: {max_connections: 200, wal_log_hints: 'on', wal_keep_size: 512MB}
                  initdb: [{encoding: UTF8}, {locale: C}, data-checksums]
                postgresql:
                  listen: 127.0.0.1:%d
                  connect_address: 127.0.0.1:%4$d
                  data_dir: %s
                  bin_dir: %s
                  pgpass: %s
                  authentication:
                    superuser: {username: postgres, password: '%s'}
                    replication: {username: replicator, password: '%8$s'}
                  parameters: {unix_socket_directories: ''}
                  pg_hba:
                    - host all all 127.0.0.1/32 scram-sha-256
                    - host replication replicator 127.0.0.1/32 scram-sha-256
                """.formatted(
                        name,
                        patroni,
                        etcd,
                        postgres,
                        directory.resolve("cluster"),
                        Programs.postgres().orElseThrow(),
                        directory.resolve("pgpass"),
                        password);
    }

    String name() {
        return name;
    }

    int postgres() {
        return postgres;
    }

    int patroni() {
        return patroni;
    }

    Daemon daemon() {
        return daemon;
    }

    /** Whether Patroni says that its PostgreSQL is this: {@code primary}, {@code sync}, {@code replica}. */
    boolean is(String role) {
        try (var wire = new Wire(patroni, Duration.ofSeconds(2))) {
            return wire.ask(Request.get("/" + role)).status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Who there is as the nodes have agreed upon, as this one reads it now; empty when it does not. */
    String cluster() {
        try (var wire = new Wire(patroni, Duration.ofSeconds(2))) {
            return wire.ask(Request.get("/cluster")).body();
        } catch (IOException e) {
            return "";
        }
    }

    /** The server process and all of its children. */
    List<ProcessHandle> server() {
        return postmaster().map(Signal::tree).orElse(List.of());
    }

    private Optional<ProcessHandle> postmaster() {
        try {
            return ProcessHandle.of(Long.parseLong(Files.readAllLines(directory.resolve("cluster/postmaster.pid"))
                    .get(0)
                    .trim()));
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /** SIGKILL to PostgreSQL; Patroni finds out. */
    void killServer() {
        Signal.KILL.toAll(server());
    }

    /** SIGKILL to everything: what the others see of a machine that lost its power. */
    void killAll() {
        var all = server();
        daemon.kill();
        Signal.KILL.toAll(all);
    }

    @Override
    public void close() {
        if (daemon != null) {
            daemon.close();
            killServer();
        }
    }
}
