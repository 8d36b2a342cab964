package csp.testsupport;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/** Stands between the service and PostgreSQL and counts how often the service waits for an answer, whatever sends the SQL. */
public final class CountingProxy implements AutoCloseable {

    private static final int ENCRYPTION_REQUESTS =
            80877103; // and the number after it; both are followed by another start message

    /** The questions and settings of the driver itself; which request meets a new connection is chance. */
    private static final Pattern ONCE_PER_CONNECTION =
            Pattern.compile("pg_catalog\\.|SHOW TRANSACTION|SET application_name|SET SESSION");

    private final ServerSocket listener;
    private final int databasePort;
    private final AtomicLong roundTrips = new AtomicLong();

    public CountingProxy(int databasePort) {
        this.databasePort = databasePort;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** So far, over all connections. */
    public long roundTrips() {
        return roundTrips.get();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() throws IOException {
        while (true) {
            var service = listener.accept();
            var database = new Socket(InetAddress.getLoopbackAddress(), databasePort);
            service.setTcpNoDelay(true);
            database.setTcpNoDelay(true);
            run(() -> {
                try (service;
                        database) {
                    database.getInputStream().transferTo(service.getOutputStream());
                }
            });
            run(() -> {
                try (service;
                        database) {
                    forward(
                            new DataInputStream(service.getInputStream()),
                            new DataOutputStream(database.getOutputStream()));
                }
            });
        }
    }

    private void forward(DataInputStream service, DataOutputStream database) throws IOException {
        var length = 0;
        var code = 0;
        do { // start messages have no type
            length = service.readInt();
            code = service.readInt();
            database.writeInt(length);
            database.writeInt(code);
            database.write(service.readNBytes(length - 8));
        } while (code == ENCRYPTION_REQUESTS || code == ENCRYPTION_REQUESTS + 1);
        var once = false;
        while (true) {
            var type = service.readByte();
            length = service.readInt();
            var body = service.readNBytes(length - 4);
            if (type == 'P' || type == 'Q') {
                once |= ONCE_PER_CONNECTION.matcher(new String(body, US_ASCII)).find();
            }
            // Sync and simple Query are what the service then waits for; only BEGIN goes out together with what follows
            // it.
            if (type == 'S' || type == 'Q' && !new String(body, US_ASCII).startsWith("BEGIN")) {
                if (!once) {
                    roundTrips.incrementAndGet();
                }
                once = false;
            }
            var message = new byte[5 + body.length];
            message[0] = type;
            for (var i = 0; i < 4; i++) {
                message[1 + i] = (byte) (length >>> 8 * (3 - i));
            }
            System.arraycopy(body, 0, message, 5, body.length);
            database.write(message);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void run(Work work) {
        var thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // One side hung up; the other is closed with it.
                    }
                },
                "counting proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
