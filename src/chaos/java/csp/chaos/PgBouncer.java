package csp.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** PgBouncer in transaction mode before a PostgreSQL: what a client does in one transaction is done in one session, and no more than that. */
final class PgBouncer implements AutoCloseable {

    /** Connections to PostgreSQL, whatever the services have with PgBouncer. */
    static final int SESSIONS = 10;

    private final Daemon daemon;
    private final int port;

    private PgBouncer(Daemon daemon, int port) {
        this.daemon = daemon;
        this.port = port;
    }

    /** As docs/operating.md shows it. */
    static PgBouncer start(Path directory, OutsideDatabase database) throws IOException, InterruptedException {
        var port = Service.freePort();
        var users = Files.writeString(
                directory.resolve("users.txt"), "\"postgres\" \"%s\"\n".formatted(database.password()));
        var settings = Files.writeString(
                directory.resolve("pgbouncer.ini"), """
                [databases]
                postgres = host=127.0.0.1 port=%d
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = scram-sha-256
                auth_file = %s
                pool_mode = transaction
                max_client_conn = 1000
                default_pool_size = %d
                ignore_startup_parameters = extra_float_digits,options
                """.formatted(database.port(), port, users, SESSIONS));
        var daemon = Daemon.start(
                "pgbouncer",
                directory,
                Programs.withoutRoot(List.of(Programs.get("pgbouncer").toString(), settings.toString())));
        return new PgBouncer(daemon.listening(port), port);
    }

    /** What makes a service use it. */
    Map<String, String> settings(OutsideDatabase database) {
        var settings = new HashMap<>(database.settings());
        settings.put(
                "quarkus.datasource.jdbc.url", "jdbc:postgresql://127.0.0.1:" + port + "/postgres?prepareThreshold=0");
        return settings;
    }

    @Override
    public void close() {
        daemon.close();
    }
}
