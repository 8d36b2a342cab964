package csp.benchmark;

import csp.benchmark.Results.Delivery;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Notifications beside requests: reads at one rate without any, with 300 a second to receivers that answer, and with as many
 * while 10,000 wait for a receiver that does not. The notifications are written to the outbox as a second copy of the service would
 * write them, so that what is measured is their delivery and not the writes that cause them.
 */
class Deliveries {

    private static final int A_SECOND = 300;
    private static final int FOR_THE_DEAD = 10_000;
    private static final double READS_A_SECOND = 300;
    private static final int STEPS_A_SECOND = 20;
    private static final Duration LATECOMERS = Duration.ofSeconds(5);

    private static final String NOTIFICATION = """
            insert into webhook_delivery (id, partner_id, event_name, transfer_id, body, created_time, state, tries, due)
            values (?, ?, 'create-transfer', ?, ?, ?, 'WAITING', 0, ?)""";

    private final Database database;
    private final LoadGenerator generator;
    private final Server service;
    private final World world;
    private final Settings settings;
    private final Consumer<Delivery> results;

    Deliveries(
            Database database,
            LoadGenerator generator,
            Server service,
            World world,
            Settings settings,
            Consumer<Delivery> results) {
        this.database = database;
        this.generator = generator;
        this.service = service;
        this.world = world;
        this.settings = settings;
        this.results = results;
    }

    /** On a service that knows webhooks; the rounds one after the other, each of the three loads in each. */
    void measure() throws SQLException {
        try (var healthy = new Receiver.Healthy();
                var dead = new Receiver.Dead();
                var connection = database.connect(Results.SERVICE)) {
            var tokens = Tokens.of(generator, service.port());
            register(HttpMethod.POST, tokens.source(), healthy);
            register(HttpMethod.POST, tokens.target(), healthy);
            read(tokens, settings.warmUp());
            for (var round = 1; round <= settings.rounds(); round++) {
                result(round, "none", read(tokens, settings.duration()), 0, healthy);
                result(round, "healthy", notifying(tokens, connection, World.SOURCE, World.TARGET), sent(), healthy);
                register(HttpMethod.PUT, tokens.target(), dead);
                add(connection, World.TARGET, FOR_THE_DEAD);
                result(round, "beside a dead one", notifying(tokens, connection, World.SOURCE), sent(), healthy);
                execute(connection, "delete from webhook_delivery");
                register(HttpMethod.PUT, tokens.target(), healthy);
            }
        }
    }

    private long sent() {
        return A_SECOND * settings.duration().toMillis() / 1000;
    }

    private void register(HttpMethod method, String token, Receiver receiver) {
        var body = "{\"WebhookUrl\":\"http://127.0.0.1:" + receiver.port()
                + "/\",\"WebhookEvents\":[\"create-transfer\"]}";
        generator.answer(
                service.port(),
                new Call(method, "/webhooks/v1/registration", token, Buffer.buffer(body), "application/json", 200));
    }

    private Load read(Tokens tokens, Duration duration) {
        return generator.atRate(
                service.port(), Settings.CONNECTIONS, READS_A_SECOND, duration, Operation.GET.calls(world, tokens));
    }

    /** Reads while notifications are written, evenly and by turns for these partners. */
    private Load notifying(Tokens tokens, Connection connection, UUID... partners) {
        var thread = Executors.newSingleThreadScheduledExecutor();
        try {
            var steps = settings.duration().toMillis() * STEPS_A_SECOND / 1000;
            var done = new CompletableFuture<Void>();
            var step = new long[1];
            thread.scheduleAtFixedRate(
                    () -> {
                        try {
                            if (step[0] < steps) {
                                add(
                                        connection,
                                        partners[(int) (step[0]++ % partners.length)],
                                        A_SECOND / STEPS_A_SECOND);
                            } else {
                                done.complete(null);
                            }
                        } catch (SQLException e) {
                            done.completeExceptionally(e);
                        }
                    },
                    0,
                    1000 / STEPS_A_SECOND,
                    TimeUnit.MILLISECONDS);
            var load = read(tokens, settings.duration());
            done.join();
            return load;
        } finally {
            thread.shutdownNow();
        }
    }

    private static void add(Connection connection, UUID partner, int count) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NOTIFICATION)) {
            for (var i = 0; i < count; i++) {
                var now = new Timestamp(System.currentTimeMillis());
                var transfer = UUID.randomUUID();
                statement.setObject(1, UUID.randomUUID());
                statement.setObject(2, partner);
                statement.setObject(3, transfer);
                statement.setString(4, body(partner, transfer, now.getTime()));
                statement.setTimestamp(5, now);
                statement.setTimestamp(6, now);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static String body(UUID partner, UUID transfer, long made) {
        return "{\"EventName\":\"create-transfer\",\"ResourceUri\":\"http://localhost:8080/v1/customers/" + World.SOURCE
                + "\",\"ResourceName\":\"Transfer\",\"AuditUri\":\"http://localhost:8080/auditactivity/v1/auditrecords/"
                + partner + "_" + World.SOURCE + "_" + transfer + "_createtransfer_" + made
                + "\",\"ResourceChangeUtcDate\":\"2026-11-25T23:14:28.7928990+00:00\"}";
    }

    private static void execute(Connection connection, String statement) throws SQLException {
        try (var open = connection.createStatement()) {
            open.execute(statement);
        }
    }

    /** Gives what is under way a moment to arrive, unless all has. */
    private void result(int round, String receivers, Load reads, long sent, Receiver.Healthy healthy) {
        var ages = healthy.take();
        var end = System.nanoTime() + LATECOMERS.toNanos();
        while (ages.getTotalCount() < sent && System.nanoTime() < end) {
            try {
                TimeUnit.MILLISECONDS.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            ages.add(healthy.take());
        }
        results.accept(new Delivery(
                receivers,
                round,
                sent,
                ages.getTotalCount(),
                ages.getValueAtPercentile(50),
                ages.getValueAtPercentile(99),
                reads.errors(),
                reads.milliseconds(50),
                reads.milliseconds(99)));
    }
}
