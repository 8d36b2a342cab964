package csp.testsupport;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;

/** Takes notifications on a free port, and answers them as it is told. It speaks no more of HTTP than that takes. */
public final class WebhookReceiver implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final JsonMapper JSON = new JsonMapper();

    /** What comes back for a notification. */
    public enum Manner {
        ANSWERS,
        /** Takes the request and says nothing. */
        HANGS,
        /** Takes the request and closes the connection. */
        CLOSES,
        /** Its answer never ends. */
        GOES_ON_FOR_EVER
    }

    /** @param headers by their names in lower case */
    public record Received(String path, Map<String, String> headers, byte[] body) {

        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        public String event() {
            return json().path("EventName").textValue();
        }
    }

    private final ServerSocket server;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private volatile Manner manner = Manner.ANSWERS;
    private volatile String answer = answer(200, "");

    private WebhookReceiver() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        background(() -> {
            while (true) {
                var connection = server.accept();
                connections.add(connection);
                background(() -> serve(connection));
            }
        });
    }

    /** It answers 200. */
    public static WebhookReceiver start() {
        return new WebhookReceiver();
    }

    public String url() {
        return "http://localhost:" + server.getLocalPort() + "/events";
    }

    /** From now on. */
    public WebhookReceiver answers(int status, String body) {
        answer = answer(status, body);
        manner = Manner.ANSWERS;
        return this;
    }

    /** From now on. */
    public WebhookReceiver redirectsTo(String location) {
        answer = "HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n";
        manner = Manner.ANSWERS;
        return this;
    }

    /** From now on. */
    public WebhookReceiver behaves(Manner other) {
        manner = other;
        return this;
    }

    /** In the order in which they came. */
    public List<Received> received() {
        return List.copyOf(received);
    }

    /** How many connections were made to it. */
    public int connections() {
        return connections.size();
    }

    /** Waits until there are so many; fails after 20 seconds. */
    public List<Received> await(int count) {
        var deadline = System.nanoTime() + DEADLINE.toNanos();
        while (received.size() < count) {
            if (System.nanoTime() > deadline) {
                Assertions.fail("%d of %d notifications came in time".formatted(received.size(), count));
            }
            try {
                TimeUnit.MILLISECONDS.sleep(5); // between two polls
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        return received();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (var connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(Socket connection) throws IOException {
        try (connection) {
            var in = connection.getInputStream();
            while (true) {
                var request = read(in);
                if (request == null) {
                    return;
                }
                received.add(request);
                var out = connection.getOutputStream();
                switch (manner) {
                    case ANSWERS -> out.write(answer.getBytes(US_ASCII));
                    case HANGS -> {
                        in.read(); // until somebody hangs up
                        return;
                    }
                    case CLOSES -> {
                        return;
                    }
                    case GOES_ON_FOR_EVER -> {
                        out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(US_ASCII));
                        while (true) {
                            out.write("8\r\nfor ever\r\n".getBytes(US_ASCII));
                        }
                    }
                }
            }
        }
    }

    private static Received read(InputStream in) throws IOException {
        var first = line(in);
        if (first.isEmpty()) {
            return null;
        }
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        for (String line; !(line = line(in)).isEmpty(); ) {
            var parts = line.split(": ", 2);
            headers.put(parts[0], parts[1]);
        }
        var body = in.readNBytes(Integer.parseInt(headers.getOrDefault("Content-Length", "0")));
        return new Received(first.split(" ")[1], headers, body);
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next; (next = in.read()) >= 0 && next != '\n'; ) {
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(US_ASCII);
    }

    private static String answer(int status, String body) {
        return "HTTP/1.1 %d Said\r\nContent-Length: %d\r\n\r\n%s".formatted(status, body.length(), body);
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void background(Work work) {
        var thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException over) {
                // One of the two hung up.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
