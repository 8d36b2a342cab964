package csp.incentive.api;

import java.time.Instant;

import csp.incentive.IncentiveSnapshot;
import csp.shared.http.WireTime;

/** Where a partner stands in one incentive programme. Absent times have not come yet. */
record IncentiveView(String program, String status, String invitationDue, String invitedTime, String enrolledTime,
        String enrolledBy) {

    static IncentiveView of(IncentiveSnapshot incentive) {
        return new IncentiveView(incentive.program().wireName, incentive.status().wireName, time(incentive.invitationDue()),
                time(incentive.invitedTime()), time(incentive.enrolledTime()), incentive.enrolledBy());
    }

    private static String time(Instant instant) {
        return instant == null ? null : WireTime.trimmed(instant);
    }
}
