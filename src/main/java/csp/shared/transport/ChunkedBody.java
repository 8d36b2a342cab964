package csp.shared.transport;

import io.netty.handler.codec.DecoderResult;

/**
 * How the chunks of a request's body turned out. Known to the {@link StrictDecoder} first, and asked for by who reads the body; to
 * the framework the request is one like any other, whose body ends where it cannot be read on. On the event loop of the connection.
 */
final class ChunkedBody extends DecoderResult {

    private boolean isWatched;
    boolean isMalformed;

    ChunkedBody() {
        super(SIGNAL_SUCCESS);
    }

    @Override
    public boolean isSuccess() {
        return true;
    }

    /** Somebody will ask {@link #isMalformed} at the end of the body. */
    void watch() {
        isWatched = true;
    }

    boolean isWatched() {
        return isWatched;
    }
}
