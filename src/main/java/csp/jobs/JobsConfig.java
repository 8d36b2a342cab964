package csp.jobs;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How the background jobs run. */
@ConfigMapping(prefix = "csp.jobs")
public interface JobsConfig {

    /**
     * How often a copy of the service looks for due jobs. Jobs that it scheduled itself for now do not wait for it, those that
     * time or another copy made due do.
     */
    @WithDefault("1s")
    Duration pollInterval();
}
