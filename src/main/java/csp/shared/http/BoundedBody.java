package csp.shared.http;

import static csp.shared.error.ErrorCode.BODY_TOO_LARGE;

import csp.shared.error.DomainException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A body that is read as it arrives. Error 413 where it has more than so many bytes. */
public final class BoundedBody extends FilterInputStream {

    private final int limit;
    private long total;

    public BoundedBody(InputStream body, int limit) {
        super(body);
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        var next = in.read();
        count(next < 0 ? 0 : 1);
        return next;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        var n = in.read(bytes, offset, length);
        count(n);
        return n;
    }

    private void count(int n) {
        total += Math.max(0, n);
        if (total > limit) {
            drop();
            throw new DomainException(BODY_TOO_LARGE, limit);
        }
    }

    /** Reads to the end, so that the client is there to see the answer. Error 413 as above. */
    public void drop() {
        try {
            total += in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            return; // there is nobody any more
        }
        if (total > limit) {
            throw new DomainException(BODY_TOO_LARGE, limit);
        }
    }
}
