package csp.benchmark;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;

/** Whoever is notified: a healthy one, which answers at once, or a dead one, which takes connections and says nothing. */
interface Receiver extends AutoCloseable {

    int port();

    @Override
    void close();

    /** Counts what it gets, and how old it was then. */
    class Healthy implements Receiver {

        /** The milliseconds of its making, which {@link Deliveries} puts at the end of its AuditUri. */
        private static final Pattern MADE = Pattern.compile("_createtransfer_(\\d+)\"");

        private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        private final HttpServer server;
        private Histogram ages = new Histogram(TimeUnit.MINUTES.toMillis(10), 3);

        Healthy() {
            server = vertx.createHttpServer()
                    .requestHandler(request -> request.bodyHandler(body -> {
                        count(body);
                        request.response().end();
                    }))
                    .listen(0, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        }

        private synchronized void count(Buffer body) {
            var made = MADE.matcher(body.toString());
            if (made.find()) {
                ages.recordValue(Math.max(0, System.currentTimeMillis() - Long.parseLong(made.group(1))));
            }
        }

        /** Milliseconds from their making of what has come since the last call. */
        synchronized Histogram take() {
            var taken = ages;
            ages = new Histogram(TimeUnit.MINUTES.toMillis(10), 3);
            return taken;
        }

        @Override
        public int port() {
            return server.actualPort();
        }

        @Override
        public void close() {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    /** Keeps every connection open. */
    class Dead implements Receiver {

        private final ServerSocket socket;
        private final List<Socket> held = new ArrayList<>();

        Dead() {
            try {
                socket = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            var thread = new Thread(this::hold, "dead receiver");
            thread.setDaemon(true);
            thread.start();
        }

        private void hold() {
            try {
                while (true) {
                    held.add(socket.accept());
                }
            } catch (IOException e) {
                // It was closed.
            }
        }

        @Override
        public int port() {
            return socket.getLocalPort();
        }

        @Override
        public void close() {
            try {
                socket.close();
                for (var connection : List.copyOf(held)) {
                    connection.close();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
