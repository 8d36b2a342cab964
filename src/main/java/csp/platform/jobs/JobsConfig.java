package csp.platform.jobs;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the background jobs run. */
@ConfigMapping(prefix = "csp.jobs")
public interface JobsConfig {

    /**
     * How often a copy of the service looks for due jobs. Jobs that it scheduled itself for now do not wait for it, those that
     * time or another copy made due do.
     */
    @WithDefault("1s")
    Duration pollInterval();

    /**
     * How often a copy shows that the jobs it runs are not abandoned. A copy that was killed loses them to the others
     * after four missed ones; so often do the others look for such jobs at least.
     */
    @WithDefault("5s")
    Duration heartbeat();
}
