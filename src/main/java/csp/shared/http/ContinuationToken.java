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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Names one page of one list: how large its pages are, what the request said of the list, and where the first and the last item
 * of the page stand, so that a client asks for another page with the token alone (W23). Opaque to clients.
 *
 * @param list digest of what was listed for whom, see {@link #digest}
 * @param size items of a page
 * @param said the query parameters that choose what is listed, as sent
 * @param first sort keys of the position before which the page before this one ends
 * @param last sort keys of the position after which the page after this one begins
 */
public record ContinuationToken(
        String list, int size, Map<String, String> said, List<String> first, List<String> last) {

    public static final String HEADER = "MS-ContinuationToken";
    private static final int DIGEST_BYTES = 16;

    /** The token as text. */
    String write() {
        try {
            var bytes = new ByteArrayOutputStream();
            var out = new DataOutputStream(bytes);
            out.writeUTF(list);
            out.writeShort(size);
            out.writeByte(said.size());
            for (var parameter : said.entrySet()) {
                out.writeUTF(parameter.getKey());
                out.writeUTF(parameter.getValue());
            }
            for (var position : List.of(first, last)) {
                out.writeByte(position.size());
                for (var key : position) {
                    out.writeUTF(key);
                }
            }
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The token of a request; null when the header is absent or empty. Error 800002 when it is not a token. */
    static ContinuationToken read(String header) {
        if (header == null || header.isBlank()) {
            return null;
        }
        try {
            var in = new DataInputStream(
                    new ByteArrayInputStream(Base64.getUrlDecoder().decode(header.trim())));
            var list = in.readUTF();
            var size = in.readShort();
            var said = new LinkedHashMap<String, String>();
            for (var i = in.readUnsignedByte(); i > 0; i--) {
                said.put(text(in), text(in));
            }
            var token = new ContinuationToken(list, size, said, texts(in), texts(in));
            if (in.read() < 0) {
                return token;
            }
        } catch (IOException | IllegalArgumentException e) {
            // refused below
        }
        throw notOfThisList(header);
    }

    /** Error 800002, for a text that is no token or one of another list. */
    static DomainException notOfThisList(String header) {
        return new DomainException(
                INVALID_INPUT, HEADER + " is not a token of this list: " + Quoted.text(header) + ".");
    }

    /** @param list what is listed and for whom, in a spelling of the list's own */
    static String digest(String list) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(list.getBytes(UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, DIGEST_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> texts(DataInputStream in) throws IOException {
        var texts = new ArrayList<String>();
        for (var i = in.readUnsignedByte(); i > 0; i--) {
            texts.add(text(in));
        }
        return texts;
    }

    private static String text(DataInputStream in) throws IOException {
        var text = in.readUTF();
        if (text.indexOf('\0') >= 0) {
            throw new IOException("the database holds no such text");
        }
        return text;
    }
}
