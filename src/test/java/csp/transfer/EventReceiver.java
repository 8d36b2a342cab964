package csp.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;

/** Takes the notifications of any number of partners, each under a path of its own, and refuses them or keeps them waiting for a while. */
final class EventReceiver implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    /**
     * One notification as it came.
     *
     * @param transfer as the tail of the AuditUri names it
     * @param auditPath where the record of the event is
     * @param answered the status that it was answered with
     */
    record Told(
            String path, String event, String transfer, String auditPath, String body, String signature, int answered) {

        boolean isTaken() {
            return answered < 300;
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Told> told = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    EventReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    String url(String path) {
        return "http://localhost:" + server.getAddress().getPort() + path;
    }

    /** From now on. */
    void answers(int other) {
        status = other;
    }

    /** From now on whoever comes waits for its answer until {@link #letGo}. */
    void holds() {
        gate = new CountDownLatch(1);
    }

    void letGo() {
        gate.countDown();
    }

    /** What came to this path, in the order in which it came. */
    List<Told> told(String path) {
        return told.stream().filter(one -> one.path.equals(path)).toList();
    }

    int count() {
        return told.size();
    }

    /** Waits until there are more than so many; fails after 20 seconds. */
    void awaitMoreThan(int before) {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (count() <= before) {
            if (System.nanoTime() > deadline) {
                Assertions.fail("No notification came in time");
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        letGo();
        server.stop(0);
        threads.shutdownNow();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            var json = JSON.readTree(body);
            var answer = status;
            told.add(told(exchange, new String(body), json, answer));
            gate.await(10, TimeUnit.SECONDS);
            exchange.sendResponseHeaders(answer, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Told told(HttpExchange exchange, String body, JsonNode json, int answer) {
        var audit = URI.create(json.path("AuditUri").textValue()).getPath();
        return new Told(
                exchange.getRequestURI().getPath(),
                json.path("EventName").textValue(),
                audit.split("_")[2],
                audit,
                body,
                exchange.getRequestHeaders().getFirst("Authorization"),
                answer);
    }
}
