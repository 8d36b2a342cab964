package csp.onboarding.incentive.api;

import csp.onboarding.incentive.IncentiveSnapshot;
import csp.shared.http.WireTime;

/** Where a partner stands in one incentive programme. Absent times have not come yet. */
record IncentiveView(
        String program,
        String status,
        String invitationDue,
        String invitedTime,
        String enrolledTime,
        String enrolledBy) {

    static IncentiveView of(IncentiveSnapshot incentive) {
        return new IncentiveView(
                incentive.program().wireName,
                incentive.status().wireName,
                WireTime.trimmedIfAny(incentive.invitationDue()),
                WireTime.trimmedIfAny(incentive.invitedTime()),
                WireTime.trimmedIfAny(incentive.enrolledTime()),
                incentive.enrolledBy());
    }
}
