package csp.onboarding.incentive;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How partners get to know of incentives. */
@ConfigMapping(prefix = "csp.incentives")
interface IncentiveConfig {

    /** From the end of the enrolment as reseller to the invitation, at most 30 days (lifecycle.md R66). */
    @WithDefault("P7D")
    Duration invitationDelay();
}
