package csp.shared.http;

import static csp.shared.error.ErrorCode.INVALID_INPUT;
import static java.nio.charset.StandardCharsets.UTF_8;

import csp.shared.error.DomainException;
import csp.shared.error.Quoted;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Names one page of one list: where its first and its last item stand, and a digest of what was listed for whom. Opaque to
 * clients.
 *
 * @param first the page before this one ends before it
 * @param last the page after this one begins after it
 */
public record ContinuationToken<T>(T first, T last) {

    public static final String HEADER = "MS-ContinuationToken";
    private static final int DIGEST_BYTES = 16;

    /**
     * The token as text.
     *
     * @param list what is listed and for whom, in a spelling of the list's own
     * @param keys the sort keys of a position, always as many
     */
    public String write(String list, Function<T, List<String>> keys) {
        try {
            var bytes = new ByteArrayOutputStream();
            var out = new DataOutputStream(bytes);
            out.write(digest(list));
            for (var position : List.of(first, last)) {
                for (var key : keys.apply(position)) {
                    out.writeUTF(key);
                }
            }
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The token of a request; null when the header is absent or empty. Error 800002 when it is not a token, or one of another
     * list.
     *
     * @param list as in {@link #write}
     * @param position from its sort keys; empty for keys that no item can have
     */
    static <T> ContinuationToken<T> read(
            String header, String list, int keys, Function<List<String>, Optional<T>> position) {
        if (header == null || header.isBlank()) {
            return null;
        }
        try {
            var in = new DataInputStream(
                    new ByteArrayInputStream(Base64.getUrlDecoder().decode(header.trim())));
            var ofThisList = Arrays.equals(in.readNBytes(DIGEST_BYTES), digest(list));
            var first = position.apply(texts(in, keys));
            var last = position.apply(texts(in, keys));
            if (ofThisList && in.read() < 0 && first.isPresent() && last.isPresent()) {
                return new ContinuationToken<>(first.get(), last.get());
            }
        } catch (IOException | IllegalArgumentException e) {
            // refused below
        }
        throw new DomainException(INVALID_INPUT, HEADER + " is not a token of this list: " + Quoted.text(header) + ".");
    }

    private static List<String> texts(DataInputStream in, int count) throws IOException {
        var texts = new ArrayList<String>(count);
        for (var i = 0; i < count; i++) {
            texts.add(in.readUTF());
            if (texts.get(i).indexOf('\0') >= 0) {
                throw new IOException("the database holds no such text");
            }
        }
        return texts;
    }

    private static byte[] digest(String list) {
        try {
            return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(list.getBytes(UTF_8)), DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
