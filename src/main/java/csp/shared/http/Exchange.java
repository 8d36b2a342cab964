package csp.shared.http;

import io.vertx.ext.web.RoutingContext;

/** What is known of one request and its answer, from the first byte to the log line. */
public final class Exchange {

    public static final String REQUEST_ID = "MS-RequestId";
    public static final String CORRELATION_ID = "MS-CorrelationId";

    /** The name of the operation of a request that none matched. */
    public static final String NO_OPERATION = "none";

    /** {@code MS-RequestId}, as sent or else made by us. */
    public final String requestId;
    /** {@code MS-CorrelationId}, as sent or else made by us. */
    public final String correlationId;

    String operation = NO_OPERATION;
    String partner = "none";
    ResponseForm form;

    Exchange(String requestId, String correlationId) {
        this.requestId = requestId;
        this.correlationId = correlationId;
    }

    void attachTo(RoutingContext context) {
        context.put(Exchange.class.getName(), this);
    }

    /** The exchange of a request that went through the envelope. */
    public static Exchange of(RoutingContext context) {
        return context.get(Exchange.class.getName());
    }

    /** The operationId of the matched operation; {@link #NO_OPERATION} when none matched. */
    public String operation() {
        return operation;
    }
}
