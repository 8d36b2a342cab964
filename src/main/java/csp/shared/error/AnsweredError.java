package csp.shared.error;

import io.vertx.ext.web.RoutingContext;

/** Which error of the catalogue a request was answered with: a code alone does not tell, several errors have the same. */
public final class AnsweredError {

    private AnsweredError() {}

    /** For whoever makes the answer. */
    public static void note(RoutingContext context, ErrorCode error) {
        context.put(AnsweredError.class.getName(), error);
    }

    /** Null for an answer that is none of the catalogue. */
    public static ErrorCode of(RoutingContext context) {
        return context.get(AnsweredError.class.getName());
    }
}
