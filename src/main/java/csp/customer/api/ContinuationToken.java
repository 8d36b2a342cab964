package csp.customer.api;

import static csp.shared.error.ErrorCode.INVALID_INPUT;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import csp.customer.CustomerSearch;
import csp.customer.CustomerSummary;
import csp.customer.CustomerSummary.Position;
import csp.shared.error.DomainException;
import csp.shared.http.JsonFields;

/**
 * Names one page of one list: its first and last item, and a digest of what was searched for by whom. Opaque to clients.
 *
 * @param first the page before this one ends before it
 * @param last the page after this one begins after it
 */
record ContinuationToken(Position first, Position last) {

    static final String HEADER = "MS-ContinuationToken";
    private static final int DIGEST_BYTES = 16;

    static ContinuationToken of(List<CustomerSummary> page) {
        return new ContinuationToken(page.get(0).position(), page.get(page.size() - 1).position());
    }

    String write(CustomerSearch search) {
        try {
            var bytes = new ByteArrayOutputStream();
            var out = new DataOutputStream(bytes);
            out.write(digest(search));
            for (var position : List.of(first, last)) {
                out.writeUTF(position.name());
                out.writeLong(position.tenantId().getMostSignificantBits());
                out.writeLong(position.tenantId().getLeastSignificantBits());
            }
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Null when the header is absent or empty. Error 800002 when it is not a token, or one of another list. */
    static ContinuationToken read(String header, CustomerSearch search) {
        if (header == null || header.isBlank()) {
            return null;
        }
        try {
            var in = new DataInputStream(new ByteArrayInputStream(Base64.getUrlDecoder().decode(header.trim())));
            var ofThisList = Arrays.equals(in.readNBytes(DIGEST_BYTES), digest(search));
            var token = new ContinuationToken(position(in), position(in));
            if (ofThisList && in.read() < 0) {
                return token;
            }
        } catch (IOException | IllegalArgumentException e) {
            // refused below
        }
        throw new DomainException(INVALID_INPUT, HEADER + " is not a token of this list: " + JsonFields.shown(header) + ".");
    }

    private static Position position(DataInputStream in) throws IOException {
        var name = in.readUTF();
        if (name.indexOf('\0') >= 0) {
            throw new IOException("no company has such a name");
        }
        return new Position(name, new UUID(in.readLong(), in.readLong()));
    }

    private static byte[] digest(CustomerSearch search) {
        var prefix = search.prefix() == null ? "" : search.prefix().toLowerCase(Locale.ROOT);
        var text = "%s %s %s".formatted(search.partnerId(), search.field(), prefix);
        try {
            return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)), DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
