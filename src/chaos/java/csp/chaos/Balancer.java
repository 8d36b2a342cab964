package csp.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** HAProxy on the loopback, in front of copies of the service or of PostgreSQL nodes. */
final class Balancer implements AutoCloseable {

    private static final String COMMON = """
            global
                maxconn 4000
            defaults
                timeout connect 3s
                timeout client 60s
                timeout server 60s
            """;

    private final Daemon daemon;
    private final int port;

    private Balancer(Daemon daemon, int port) {
        this.daemon = daemon;
        this.port = port;
    }

    /** In front of copies of the service: one after the other, whoever asks. What docs/operating.md shows. */
    static Balancer ofCopies(Path directory, List<Integer> ports) throws IOException, InterruptedException {
        return start(
                directory,
                "copies",
                """
                frontend clients
                    mode http
                    bind 127.0.0.1:%d
                    monitor-uri /balanced
                    monitor fail if { nbsrv(copies) lt COUNT }
                    default_backend copies
                backend copies
                    mode http
                    balance roundrobin
                    option httpchk GET /q/health/ready
                    # A no counts at once, silence does not: the only copy that is left may be slow to answer.
                    timeout check 10s
                    option redispatch
                    retries 3
                    default-server check inter 200ms fall 1 rise 1
                """.replace("COUNT", Integer.toString(ports.size())),
                ports.stream()
                        .map(port -> "    server copy%d 127.0.0.1:%1$d\n".formatted(port))
                        .collect(Collectors.joining()));
    }

    /**
     * In front of PostgreSQL nodes, of which Patroni knows the primary. A node that is none any more loses its clients at once.
     *
     * @param patroni the ports of Patroni, in the order of {@code postgres}
     */
    static Balancer ofPrimary(Path directory, List<Integer> postgres, List<Integer> patroni)
            throws IOException, InterruptedException {
        return start(
                directory,
                "primary",
                """
                frontend clients
                    mode tcp
                    bind 127.0.0.1:%d
                    default_backend primary
                backend primary
                    mode tcp
                    option httpchk OPTIONS /primary
                    http-check expect status 200
                    default-server check inter 500ms fall 2 rise 1 on-marked-down shutdown-sessions
                """,
                IntStream.range(0, postgres.size())
                        .mapToObj(node -> "    server node%d 127.0.0.1:%d port %d\n"
                                .formatted(node, postgres.get(node), patroni.get(node)))
                        .collect(Collectors.joining()));
    }

    private static Balancer start(Path directory, String name, String sections, String servers)
            throws IOException, InterruptedException {
        var port = Service.freePort();
        var file = directory.resolve("haproxy-" + name + ".cfg");
        Files.writeString(file, COMMON + sections.formatted(port) + servers);
        var daemon = Daemon.start(
                "haproxy-" + name,
                directory,
                List.of(Programs.get("haproxy").toString(), "-db", "-f", file.toString()));
        return new Balancer(daemon.listening(port), port);
    }

    /** Whether all copies are sent requests. */
    boolean hasAll() {
        try (var wire = new Wire(port, Stage.PATIENCE)) {
            return wire.ask(Request.get("/balanced")).status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        daemon.close();
    }
}
