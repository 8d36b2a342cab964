package csp.onboarding.enrolment;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How enrolments of indirect resellers are handled. */
@ConfigMapping(prefix = "csp.enrolment")
interface EnrolmentConfig {

    /** How long approval takes, in working days from Monday to Friday: 0 (at once) to 5 (lifecycle.md R9). */
    @WithDefault("0")
    int approvalBusinessDays();
}
