package csp.benchmark;

import csp.benchmark.World.Supply;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.postgresql.PGConnection;

/**
 * What the database alone takes for an operation: its {@link Statements} over plain JDBC, prepared, in one transaction where the
 * service has one, with a connection for each thread. No HTTP, no JSON but ready texts, no rule: nobody can be faster with these
 * statements.
 */
class Floor implements AutoCloseable {

    private static final UUID SOURCE_APPLICATION = UUID.fromString("e0000000-0000-4000-8000-000000000001");
    private static final UUID TARGET_APPLICATION = UUID.fromString("e0000000-0000-4000-8000-000000000002");
    private static final long LONGEST = TimeUnit.MINUTES.toNanos(2);

    private final World world;
    private final List<Session> sessions = new ArrayList<>();

    Floor(Database server, String database, World world) {
        this.world = world;
        try {
            for (var i = 0; i < Settings.CONNECTIONS; i++) {
                sessions.add(new Session(server.connect(database)));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static boolean has(Operation operation) {
        return operation != Operation.STOREFRONT && operation != Operation.TOKEN;
    }

    /** All connections busy for so long, or until nothing is left to write on. */
    Load run(Operation operation, Duration duration) {
        var threads = Executors.newFixedThreadPool(sessions.size());
        try {
            var begin = System.nanoTime();
            var end = begin + duration.toNanos();
            var times = new Histogram(LONGEST, 3);
            var parts = new ArrayList<Callable<Histogram>>();
            sessions.forEach(session -> parts.add(() -> session.repeat(operation, end)));
            for (var part : threads.invokeAll(parts)) {
                times.add(part.get());
            }
            return new Load(times.getTotalCount(), 0, (System.nanoTime() - begin) / 1e9, times, null);
        } catch (ExecutionException e) {
            throw new IllegalStateException("The statements of " + operation, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            threads.shutdown();
        }
    }

    @Override
    public void close() {
        sessions.forEach(Session::close);
    }

    private class Session {

        private final Connection connection;
        private final Map<String, PreparedStatement> prepared = new HashMap<>();

        Session(Connection connection) throws SQLException {
            this.connection = connection;
            connection.unwrap(PGConnection.class).setPrepareThreshold(1);
        }

        void close() {
            try {
                connection.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        Histogram repeat(Operation operation, long end) throws SQLException {
            var times = new Histogram(LONGEST, 3);
            connection.setAutoCommit(!operation.writes());
            for (var begin = System.nanoTime(); begin < end; begin = System.nanoTime()) {
                if (!once(operation)) {
                    break;
                }
                times.recordValue(Math.min(LONGEST, System.nanoTime() - begin));
            }
            return times;
        }

        private boolean once(Operation operation) throws SQLException {
            return switch (operation) {
                case GET -> get();
                case LIST -> list();
                case ELIGIBILITY -> eligibility();
                case CREATE -> create();
                case ACCEPT -> accept(Supply.ACCEPT);
                case ACCEPT_50 -> accept(Supply.ACCEPT_50);
                case STOREFRONT, TOKEN -> throw new IllegalArgumentException(operation.title);
            };
        }

        private boolean get() throws SQLException {
            var customer = random(world.customers());
            var transfer = customer * World.TRANSFERS_EACH + random(World.TRANSFERS_EACH) - 1;
            expect(
                    1,
                    rows(
                            Statements.TRANSFER_SEEN,
                            World.SOURCE,
                            World.SOURCE,
                            World.id("transfer", transfer),
                            World.id("customer", customer),
                            World.SOURCE));
            return true;
        }

        private boolean list() throws SQLException {
            expect(
                    World.TRANSFERS_EACH,
                    rows(
                            Statements.TRANSFERS_SEEN,
                            World.SOURCE,
                            World.SOURCE,
                            World.id("customer", random(world.customers())),
                            World.SOURCE));
            return true;
        }

        private boolean eligibility() throws SQLException {
            var customer = World.id("eligible", random(World.ELIGIBLE));
            rows(Statements.RELATIONSHIPS, customer);
            var ids = new ArrayList<UUID>();
            try (var found = query(Statements.SUBSCRIPTIONS_LISTED, customer, World.SOURCE)) {
                while (found.next()) {
                    read(found);
                    ids.add(found.getObject(1, UUID.class));
                }
            }
            rows(Statements.CLAIMS, (Object) ids.toArray(UUID[]::new));
            rows(Statements.PARTNERS, (Object) new UUID[] {World.SOURCE});
            rows(Statements.AGREEMENTS, customer, new UUID[] {World.TARGET});
            return true;
        }

        private boolean create() throws SQLException {
            var number = world.take(Supply.CREATE);
            if (number < 0) {
                return false;
            }
            var customer = World.writerOf(number);
            var lines = lines(Supply.CREATE, number);
            var id = UUID.randomUUID();
            var answer = new Answer(World.SOURCE, SOURCE_APPLICATION, "/v1/customers/" + customer + "/transfers");
            begin(answer);
            rows(Statements.RELATIONSHIPS, customer);
            rows(Statements.PARTNERS, (Object) new UUID[] {World.SOURCE, World.TARGET});
            rows(Statements.PARTNERSHIP, World.TARGET, World.SOURCE);
            rows(Statements.AGREEMENTS, customer, new UUID[] {World.TARGET});
            rows(Statements.RESELLERS, (Object) new String[] {"4800001"});
            rows(Statements.BASES_WITH_ADDONS, customer, World.SOURCE, lines, lines);
            rows(Statements.CLAIMS_LOCKED, (Object) lines);
            var now = OffsetDateTime.now(ZoneOffset.UTC);
            update(
                    1,
                    Statements.TRANSFER_ADDED,
                    now,
                    customer,
                    now,
                    SOURCE_APPLICATION,
                    World.SOURCE,
                    World.TARGET,
                    lineItems(lines, null),
                    id);
            update(lines.length, Statements.CLAIM, id, lines, lines);
            audit(World.SOURCE, SOURCE_APPLICATION, customer, id, null, snapshot(lines));
            keep(answer, 201, snapshot(lines));
            connection.commit();
            return true;
        }

        private boolean accept(Supply supply) throws SQLException {
            var number = world.take(supply);
            if (number < 0) {
                return false;
            }
            var customer = World.writerOf(number);
            var lines = lines(supply, number);
            var id = World.id(supply.kind(), number);
            var answer = new Answer(
                    World.TARGET, TARGET_APPLICATION, "/v1/customers/" + customer + "/transfers/" + id + "/accept");
            begin(answer);
            rows(Statements.TRANSFER_SEEN, World.TARGET, World.TARGET, id, customer, World.TARGET);
            rows(Statements.TRANSFER_LOCKED, World.TARGET, id);
            rows(Statements.PARTNERS, (Object) new UUID[] {World.SOURCE, World.TARGET});
            rows(Statements.AGREEMENTS, customer, new UUID[] {World.TARGET});
            rows(Statements.SUBSCRIPTIONS_LOCKED, (Object) lines);
            update(lines.length, Statements.CLAIMS_RELEASED, id);
            audit(World.TARGET, TARGET_APPLICATION, customer, id, snapshot(lines), snapshot(lines));
            var now = OffsetDateTime.now(ZoneOffset.UTC);
            var orders = IntStream.range(0, lines.length)
                    .mapToObj(line -> UUID.randomUUID().toString())
                    .toArray(String[]::new);
            for (var line = 0; line < lines.length; line++) {
                add(Statements.ORDER_ADDED, now, customer, ORDER_LINES, World.TARGET, line, id, orders[line]);
            }
            executeBatch(Statements.ORDER_ADDED);
            for (var line = 0; line < lines.length; line++) {
                add(
                        Statements.SUBSCRIPTION_ADDED,
                        now.plusYears(1),
                        now,
                        customer,
                        lines[line],
                        orders[line],
                        World.TARGET,
                        UUID.randomUUID());
            }
            executeBatch(Statements.SUBSCRIPTION_ADDED);
            for (var line : lines) {
                add(Statements.SUBSCRIPTION_MOVED, now, now, customer, line.toString(), World.SOURCE, line);
            }
            executeBatch(Statements.SUBSCRIPTION_MOVED);
            update(
                    1,
                    Statements.TRANSFER_ACCEPTED,
                    now,
                    customer,
                    now,
                    TARGET_APPLICATION,
                    World.SOURCE,
                    World.TARGET,
                    lineItems(lines, orders),
                    id);
            keep(answer, 200, snapshot(lines));
            connection.commit();
            return true;
        }

        private record Answer(UUID partner, UUID caller, String request, String path, OffsetDateTime now) {
            Answer(UUID partner, UUID caller, String path) {
                this(partner, caller, UUID.randomUUID().toString(), path, OffsetDateTime.now(ZoneOffset.UTC));
            }
        }

        private void begin(Answer answer) throws SQLException {
            update(
                    1,
                    Statements.ANSWER_BEGUN,
                    answer.partner,
                    answer.caller,
                    answer.request,
                    answer.path,
                    new byte[32],
                    answer.now,
                    answer.now.minusDays(1));
        }

        private void keep(Answer answer, int status, String body) throws SQLException {
            update(
                    1,
                    Statements.ANSWER_KEPT,
                    answer.now.minusDays(1),
                    answer.request,
                    status,
                    body,
                    answer.partner,
                    answer.caller,
                    answer.request,
                    answer.path);
        }

        private void audit(UUID partner, UUID application, UUID customer, UUID transfer, String before, String after)
                throws SQLException {
            rows(
                    Statements.AUDIT,
                    partner,
                    application.toString(),
                    OffsetDateTime.now(ZoneOffset.UTC),
                    UUID.randomUUID().toString(),
                    new String[] {World.SOURCE + "," + World.TARGET},
                    new String[] {customer.toString()},
                    new String[] {transfer.toString()},
                    new String[] {before == null ? "create_transfer" : "update_transfer"},
                    new String[] {before},
                    new String[] {after},
                    new String[] {before == null ? "create_transfer" : "accept_transfer"});
        }

        private int rows(String statement, Object... parameters) throws SQLException {
            var count = 0;
            try (var found = query(statement, parameters)) {
                while (found.next()) {
                    read(found);
                    count++;
                }
            }
            return count;
        }

        private void read(ResultSet row) throws SQLException {
            for (var column = row.getMetaData().getColumnCount(); column > 0; column--) {
                row.getString(column);
            }
        }

        private ResultSet query(String statement, Object... parameters) throws SQLException {
            return bound(statement, parameters).executeQuery();
        }

        private void update(int rows, String statement, Object... parameters) throws SQLException {
            expect(rows, bound(statement, parameters).executeUpdate());
        }

        /** What changes nothing is fast, and no floor. */
        private void expect(int rows, int found) {
            if (rows != found) {
                throw new IllegalStateException(found + " rows in place of " + rows);
            }
        }

        private void add(String statement, Object... parameters) throws SQLException {
            bound(statement, parameters).addBatch();
        }

        private void executeBatch(String statement) throws SQLException {
            for (var rows : prepared.get(statement).executeBatch()) {
                expect(1, rows);
            }
        }

        private PreparedStatement bound(String statement, Object... parameters) throws SQLException {
            var ready = prepared.get(statement);
            if (ready == null) {
                ready = connection.prepareStatement(statement);
                prepared.put(statement, ready);
            }
            for (var i = 0; i < parameters.length; i++) {
                if (parameters[i] instanceof UUID[] ids) {
                    ready.setArray(i + 1, connection.createArrayOf("uuid", ids));
                } else if (parameters[i] instanceof String[] texts) {
                    ready.setArray(i + 1, connection.createArrayOf("text", texts));
                } else {
                    ready.setObject(i + 1, parameters[i]);
                }
            }
            return ready;
        }
    }

    private static final String ORDER_LINES = """
            [{"offerId": "796B6B5F-613C-4E24-A17C-EBA730D49C02", "quantity": 25, "friendlyName": "Microsoft 365 E3",
            "termDuration": "P1Y", "lineItemNumber": 0, "subscriptionId": "070b699e-480a-4c33-a0b5-77ffd84c807c",
            "transactionType": "New", "partnerIdOnRecord": "4800001"}]""";

    private static UUID[] lines(Supply supply, long number) {
        return IntStream.range(0, supply.lines)
                .mapToObj(line -> World.lineOf(supply, number, line))
                .toArray(UUID[]::new);
    }

    private static String lineItems(UUID[] lines, String[] orders) {
        return IntStream.range(0, lines.length)
                .mapToObj(line -> "{\"subscriptionId\":\"" + lines[line]
                        + "\",\"offerId\":\"796B6B5F-613C-4E24-A17C-EBA730D49C02\",\"billingCycle\":\"annual\","
                        + "\"friendlyName\":\"Microsoft 365 E3\",\"quantity\":25,\"partnerIdOnRecord\":\"4800001\","
                        + (orders == null
                                ? ""
                                : "\"status\":\"Complete\",\"transferGroupId\":" + line + ",\"orderId\":\""
                                        + orders[line] + "\",")
                        + "\"addonItems\":[]}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** As long as the audit's view of a transfer, and about as long as the answer. */
    private static String snapshot(UUID[] lines) {
        return "{\"Id\":\"" + World.SOURCE + "\",\"Status\":\"Active\",\"CreatedTime\":\"2026-11-25T23:14:28.792899Z\","
                + "\"LastModifiedTime\":\"2026-11-25T23:14:28.792899Z\",\"CustomerTenantId\":\"" + World.SOURCE
                + "\",\"SourcePartnerTenantId\":\"" + World.SOURCE + "\",\"TargetPartnerTenantId\":\"" + World.TARGET
                + "\",\"LastModifiedUser\":\"" + SOURCE_APPLICATION + "\",\"LineItems\":" + lineItems(lines, null)
                + "}";
    }

    private static long random(long most) {
        return ThreadLocalRandom.current().nextLong(most) + 1;
    }
}
