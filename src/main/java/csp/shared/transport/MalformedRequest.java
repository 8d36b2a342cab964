package csp.shared.transport;

import csp.shared.error.ErrorCode;
import io.netty.handler.codec.DecoderResult;

/** Stands for a request that is none, or none that is safe to read. To the framework it is one like any other. */
final class MalformedRequest extends DecoderResult {

    final ErrorCode error;
    final Object[] arguments;

    MalformedRequest(ErrorCode error, Object... arguments) {
        super(SIGNAL_SUCCESS);
        this.error = error;
        this.arguments = arguments;
    }

    @Override
    public boolean isSuccess() {
        return true;
    }
}
