package csp.shared.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What was so on the wire of the real service at one time and may not be so any more. */
@ConfigMapping(prefix = "csp.wire")
public interface WireConfig {

    /**
     * Whether the JSON answers of {@code /v1} begin with a byte order mark, as all did that were recorded until 2019, but for those
     * of the audit (W1).
     */
    @WithDefault("false")
    boolean byteOrderMark();
}
