package csp.shared.http;

import csp.shared.error.ErrorBody;
import csp.shared.error.ErrorCode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** The error body of every surface that has no other. */
@ApplicationScoped
class FourFields implements RefusalForm {

    private final ByteOrderMark byteOrderMark;

    FourFields(ByteOrderMark byteOrderMark) {
        this.byteOrderMark = byteOrderMark;
    }

    @Override
    public boolean isOf(String path) {
        return true;
    }

    @Override
    public Buffer body(RoutingContext context, ErrorCode error, Object... arguments) {
        return Buffer.buffer(byteOrderMark.before(
                Json.encodeToBuffer(new ErrorBody(error, arguments)).getBytes(),
                context.request().path()));
    }
}
