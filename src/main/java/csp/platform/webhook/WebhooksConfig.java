package csp.platform.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How partners are notified. */
@ConfigMapping(prefix = "csp.webhooks")
public interface WebhooksConfig {

    /** Where {@code ResourceUri} of a transfer event leads (webhooks.md §6). */
    enum ResourceUri {
        /** To the customer, as a recorded delivery has it. */
        OBSERVED,
        /** To the transfer, as the pages say. */
        DOCUMENTED
    }

    /** {@code observed} or {@code documented}; {@code AuditUri} names the transfer either way. */
    @WithDefault("observed")
    ResourceUri resourceUri();

    /** Whether legacy transfers raise the events of transfers too; the real service has none documented. */
    @WithDefault("false")
    boolean legacyTransfers();

    /** The organization ({@code O}) of subject and issuer of the certificate; receivers made from the vendor's sample want this one. */
    @WithDefault("Microsoft Corporation")
    String issuerOrganization();

    /** How long a receiver may take to answer, by the clock of the machine. */
    @WithDefault("10s")
    Duration answerTimeout();

    /**
     * How often a copy of the service looks for due notifications. Those that it wrote itself do not wait for it, those that time
     * or another copy made due do.
     */
    @WithDefault("1s")
    Duration pollInterval();
}
