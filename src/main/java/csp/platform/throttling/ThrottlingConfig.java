package csp.platform.throttling;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How often partners may call. */
@ConfigMapping(prefix = "csp.throttling")
interface ThrottlingConfig {

    /**
     * The most requests of one partner within a minute, all copies of the service together; 0 for no limit. The real service
     * allows 500 (errors-and-headers.md §5).
     */
    @WithDefault("0")
    int requestsPerMinute();
}
