package csp.chaos;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** Receives what partners are told, each under a path of its own, and remembers it by transfer: of each the events once, however often they come. */
final class Notified implements AutoCloseable {

    private static final Pattern EVENT = Pattern.compile("\"EventName\":\"([^\"]+)\"");
    /** The tail of the AuditUri: customer, transfer, operation. */
    private static final Pattern TRANSFER = Pattern.compile("\"AuditUri\":\"[^\"]*_([0-9a-f-]{36})_[a-z]+[^\"]*\"");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    /** Of a partner's transfer: body and signature by event, in the order in which they came first. */
    private final Map<String, Map<String, String>> told = new ConcurrentHashMap<>();

    private final List<String> changed = new CopyOnWriteArrayList<>();
    private final AtomicInteger repeats = new AtomicInteger();

    Notified() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    String url(String partner) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + partner;
    }

    private void take(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var event = EVENT.matcher(body);
        var transfer = TRANSFER.matcher(body);
        if (event.find() && transfer.find()) {
            var signed = body + exchange.getRequestHeaders().getFirst("Authorization");
            var key = exchange.getRequestURI().getPath().substring(1) + " " + transfer.group(1);
            var ofTransfer = told.computeIfAbsent(key, one -> new LinkedHashMap<>());
            synchronized (ofTransfer) {
                var before = ofTransfer.putIfAbsent(event.group(1), signed);
                if (before != null) {
                    repeats.incrementAndGet();
                    if (!before.equals(signed)) {
                        changed.add(key + " " + event.group(1));
                    }
                }
            }
        }
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    /** The events of a transfer as they came first. */
    List<String> events(String partner, String transfer) {
        var ofTransfer = told.getOrDefault(partner + " " + transfer, Map.of());
        synchronized (ofTransfer) {
            return List.copyOf(ofTransfer.keySet());
        }
    }

    /** What was told again with other bytes than before. */
    List<String> changed() {
        return List.copyOf(changed);
    }

    int repeats() {
        return repeats.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
