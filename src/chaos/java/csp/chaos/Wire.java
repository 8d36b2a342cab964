package csp.chaos;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One connection to a service, opened when it is needed and kept as long as both sides like. Plain bytes instead of the JDK's
 * client: what is attacked is also what no well-behaved client sends.
 */
final class Wire implements AutoCloseable {

    /** Bodies of so many bytes go in one piece with what is before them. */
    private static final int JOINED = 64 * 1024;

    private final int port;
    private final Duration patience;
    private Socket socket;
    private InputStream in;
    private boolean sent;

    Wire(int port, Duration patience) {
        this.port = port;
        this.patience = patience;
    }

    /** The answer to {@code request}, or an exception when there is none in time. */
    Answer ask(Request request) throws IOException {
        return ask(request.head(), request.body(), request.method().equals("HEAD"));
    }

    /** The same for whatever bytes. */
    Answer ask(byte[] request) throws IOException {
        return ask(request, new byte[0], false);
    }

    /** Asks and keeps the answer, or that there was none, in {@code samples}. Answers null when there was none. */
    Answer ask(Request request, Samples samples) {
        var started = System.nanoTime();
        try {
            var answer = ask(request);
            samples.add(answer);
            return answer;
        } catch (IOException e) {
            samples.addUnanswered((System.nanoTime() - started) / 1e6);
            return null;
        }
    }

    /** Whether the last request, which has no answer, had gone out before the connection broke. */
    boolean hasSent() {
        return sent;
    }

    private Answer ask(byte[] head, byte[] body, boolean headOnly) throws IOException {
        var started = System.nanoTime();
        sent = false;
        try {
            if (socket == null) {
                open();
            }
            try {
                if (body.length > JOINED) {
                    socket.getOutputStream().write(head);
                    socket.getOutputStream().write(body);
                } else {
                    var both = Arrays.copyOf(head, head.length + body.length);
                    System.arraycopy(body, 0, both, head.length, body.length);
                    socket.getOutputStream().write(both);
                }
                sent = true;
            } catch (IOException e) {
                // A service that has heard enough answers and closes: the answer may be there.
                if (e instanceof SocketTimeoutException || in.available() == 0) {
                    throw e;
                }
            }
            var answer = read(headOnly, started);
            if (answer.closes()) {
                close();
            }
            return answer;
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private void open() throws IOException {
        socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) patience.toMillis());
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) patience.toMillis());
        in = new BufferedInputStream(socket.getInputStream());
    }

    private Answer read(boolean headOnly, long started) throws IOException {
        var line = line();
        var status = Integer.parseInt(line.substring(9, 12));
        Map<String, String> headers = new HashMap<>();
        for (var header = line(); !header.isEmpty(); header = line()) {
            var colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).trim());
        }
        var body = new ByteArrayOutputStream();
        if (headOnly || status == 204 || status == 304) {
            // No body.
        } else if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            for (var size = chunk(); size > 0; size = chunk()) {
                body.writeBytes(bytes(size));
                line();
            }
            line();
        } else if (headers.containsKey("content-length")) {
            body.writeBytes(bytes(Integer.parseInt(headers.get("content-length"))));
        } else {
            body.writeBytes(in.readAllBytes());
        }
        return new Answer(status, headers, body.toString(StandardCharsets.UTF_8), (System.nanoTime() - started) / 1e6);
    }

    private int chunk() throws IOException {
        return Integer.parseInt(line().split(";")[0].trim(), 16);
    }

    private byte[] bytes(int count) throws IOException {
        var bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("The connection ended in the middle of a body");
        }
        return bytes;
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (var c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("The connection ended without an answer");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    /** A later request opens a new connection. */
    @Override
    public void close() {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            // It is gone either way.
        }
        socket = null;
    }
}
