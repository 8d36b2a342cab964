package csp.shared.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The settings of the service itself. {@code csp.identity.*} has its own mapping. */
@ConfigMapping(prefix = "csp")
public interface CspConfig {

    /** Where the embedded PostgreSQL keeps its files; relative to the working directory. Unused with a configured database. */
    @WithDefault("data")
    Path dataDir();

    /**
     * The world loaded into an empty database: {@code demo}, {@code none}, or the path of a scenario file. When not set,
     * {@code demo} with the embedded database.
     */
    @WithDefault("none")
    String scenario();

    /**
     * Whether {@code /sandbox} exists. It can change every partner's data and the clock, and it opens webhooks to private
     * addresses: off in production. When not set, on with the embedded database.
     */
    @WithDefault("false")
    boolean sandbox();

    /**
     * What the operator of the sandbox signs in with. When not set, {@code sandbox} with the demo world or where the service
     * listens on the loopback only, and elsewhere a random one, which the log tells at the start.
     */
    Optional<String> sandboxOperatorSecret();

    /** How often a copy with a sandbox looks whether another one moved the clock. */
    @WithDefault("PT0.1S")
    Duration sandboxPollInterval();

    /** Base of every absolute link the service sends out, without a slash at its end. */
    @WithDefault("http://localhost:${quarkus.http.port}")
    URI publicUrl();

    /** Whether the log is written as one JSON object per line. */
    @WithDefault("false")
    boolean logJson();
}
