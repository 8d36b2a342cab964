package csp.shared.http;

import csp.shared.error.ErrorCode;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;

/** How a surface words what is refused before any resource sees it. */
public interface RefusalForm {

    /** Whether it is the form of the surface that has the path. */
    boolean isOf(String path);

    /** The JSON of the answer. */
    Buffer body(RoutingContext context, ErrorCode error, Object... arguments);
}
