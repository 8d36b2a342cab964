package csp.sandbox.journal;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How much of the last requests is kept, per partner and in memory. Without a sandbox nothing is. */
@ConfigMapping(prefix = "csp.journal")
public interface JournalConfig {

    /** The newest requests of a partner that are kept; those without a partner count as one. 0 keeps none. */
    @WithDefault("1000")
    int entriesPerPartner();

    /** The most characters that the kept requests of a partner have, headers and bodies included. */
    @WithDefault("8388608")
    long bytesPerPartner();

    /** Of a body of a request as much is kept; a longer answer is kept without its body. */
    @WithDefault("16384")
    int bodyBytes();

    /** How many requests of a copy wait to be written at most. The oldest of more are dropped, and counted. */
    @WithDefault("2048")
    int queue();

    /** How long a request waits at most to be written where there is little to write; under load up to two seconds. */
    @WithDefault("100ms")
    Duration writeInterval();
}
