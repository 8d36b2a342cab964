package csp.clients;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.restassured.RestAssured;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One connection to the service, kept open from request to request as the libraries do. What is sent is written out byte by
 * byte in the tests; what comes back is read by the letter of RFC 9112, and anything a lenient client would overlook fails.
 */
final class Wire implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 30_000;
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.1 ([1-5]\\d\\d) [ -~]*");
    private static final Pattern HEADER = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*([ -~]*?)[ \\t]*");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Socket socket;
    private final InputStream in;

    private Wire(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("Not JSON: " + text, e);
        }
    }

    static Wire open() {
        try {
            var socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port);
            socket.setSoTimeout(PATIENCE_MILLIS);
            return new Wire(socket);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What came back; header names in any letter case, as every client reads them. */
    record Answer(int status, TreeMap<String, String> headers, byte[] bytes) {

        String header(String name) {
            return headers.get(name);
        }

        String text() {
            try {
                return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            } catch (CharacterCodingException e) {
                throw new AssertionError("The body is not UTF-8", e);
            }
        }

        /** The body, which must be JSON in UTF-8 without a byte order mark, and say so. */
        JsonNode json() {
            assertNotNull(header("Content-Type"), "no Content-Type");
            assertTrue(
                    header("Content-Type").matches("application/json(; ?charset=(utf|UTF)-8)?"),
                    header("Content-Type"));
            assertFalse(text().startsWith("\uFEFF"), "a byte order mark");
            return Wire.json(text());
        }

        Answer expect(int expected) {
            assertEquals(expected, status, this::text);
            return this;
        }
    }

    /**
     * Sends a request and reads its answer.
     *
     * @param request head and body with an empty line in between; the lines of the head end with LF, which becomes CRLF, and
     *        the word {@code {length}} in the head becomes the length of the body in bytes. {@code Expect: 100-continue} holds
     *        the body back until the service asks for it
     */
    Answer send(String request) {
        var end = request.indexOf("\n\n");
        assertTrue(end > 0, "a request without an empty line");
        var body = request.substring(end + 2).stripTrailing().getBytes(UTF_8);
        var head = request.substring(0, end)
                .replace("{length}", Integer.toString(body.length))
                .replace("\n", "\r\n");
        try {
            var out = socket.getOutputStream();
            out.write((head + "\r\n\r\n").getBytes(US_ASCII));
            if (head.contains("\r\nExpect: 100-continue")) {
                out.flush();
                assertEquals("HTTP/1.1 100 Continue", line());
                assertEquals("", line());
            }
            out.write(body);
            out.flush();
            return answer(head.startsWith("HEAD "));
        } catch (IOException e) {
            throw new AssertionError("No answer to " + head.lines().findFirst().orElse(""), e);
        }
    }

    private Answer answer(boolean toHead) throws IOException {
        var statusLine = STATUS_LINE.matcher(line());
        assertTrue(statusLine.matches(), "not a status line");
        var status = Integer.parseInt(statusLine.group(1));
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        for (var line = line(); !line.isEmpty(); line = line()) {
            var header = HEADER.matcher(line);
            assertTrue(header.matches(), "not a header: " + line);
            var earlier = headers.put(header.group(1), header.group(2));
            assertTrue(earlier == null, "twice: " + line);
        }
        return new Answer(status, headers, toHead || status == 204 || status == 304 ? new byte[0] : body(headers));
    }

    private byte[] body(TreeMap<String, String> headers) throws IOException {
        var length = headers.get("Content-Length");
        var encoding = headers.get("Transfer-Encoding");
        assertTrue(length == null ^ encoding == null, "neither or both of Content-Length and Transfer-Encoding");
        assertTrue(headers.get("Content-Encoding") == null, "encoded though no client here asks for it");
        if (length != null) {
            assertTrue(length.matches("\\d+"), length);
            return exactly(Integer.parseInt(length));
        }
        assertEquals("chunked", encoding);
        var chunks = new ByteArrayOutputStream();
        for (var size = line(); true; size = line()) {
            assertTrue(size.matches("[0-9a-fA-F]+"), "not a chunk size: " + size);
            var chunk = exactly(Integer.parseInt(size, 16));
            assertEquals("", line());
            if (chunk.length == 0) {
                return chunks.toByteArray();
            }
            chunks.write(chunk);
        }
    }

    private byte[] exactly(int length) throws IOException {
        var bytes = in.readNBytes(length);
        assertEquals(length, bytes.length, "the connection ended within a body");
        return bytes;
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (var read = in.read(); read != '\r'; read = in.read()) {
            if (read < 0 || read == '\n') {
                fail("a line that does not end with CRLF: " + line);
            }
            line.write(read);
        }
        assertEquals('\n', in.read(), "a CR without LF");
        return line.toString(US_ASCII);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
