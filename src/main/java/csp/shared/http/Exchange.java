package csp.shared.http;

import io.vertx.ext.web.RoutingContext;

/** What is known of one request and its answer, from the first byte to the log line. */
public final class Exchange {

    public static final String REQUEST_ID = "MS-RequestId";
    public static final String CORRELATION_ID = "MS-CorrelationId";

    /** {@code MS-RequestId}, as sent or else made by us. */
    public final String requestId;
    /** {@code MS-CorrelationId}, as sent or else made by us. */
    public final String correlationId;

    String operation = "none";
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

    /** The operationId of the matched operation. */
    public String operation() {
        return operation;
    }
}
