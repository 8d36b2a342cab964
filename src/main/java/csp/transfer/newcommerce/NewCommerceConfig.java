package csp.transfer.newcommerce;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How new-commerce transfers run. */
@ConfigMapping(prefix = "csp.transfer")
public interface NewCommerceConfig {

    /** How long after its acceptance a transfer is completed, by the clock of the service. */
    @WithDefault("PT0S")
    Duration completionDelay();
}
