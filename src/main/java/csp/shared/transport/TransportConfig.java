package csp.shared.transport;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalLong;

/** How much the service takes on at once. What is beyond gets 503 with {@code Retry-After}. */
@ConfigMapping(prefix = "csp.http")
public interface TransportConfig {

    /** How long the whole body of a request may take to arrive; then 408. */
    @WithDefault("10s")
    Duration bodyDeadline();

    /** Most requests whose bodies are on their way at the same time. */
    @WithDefault("1000")
    int bodiesUnderWay();

    /**
     * Most requests that are worked at or wait for it, whole with their bodies; at least some workers fewer than there are. A
     * few more than there are connections to the database: others would only wait for these, and take the processors from whoever
     * refuses.
     */
    @WithDefault("64")
    int requestsUnderWay();

    /** How long a request waits for memory before it is refused. */
    @WithDefault("2s")
    Duration memoryWait();

    /** Bytes that bodies may take while they arrive, and twice as many while they are worked at. When not set, an eighth of the heap. */
    OptionalLong bodyMemory();

    /** How long readiness is 503 before the service stops; so long as a load balancer takes to notice. */
    @WithDefault("0s")
    Duration shutdownDelay();
}
