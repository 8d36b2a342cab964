package csp.onboarding.incentive;

import csp.directory.partner.Partner;
import java.time.Instant;

/** Where a partner stands in one incentive programme, as it sees it and as an audit record keeps it. */
public record IncentiveSnapshot(
        IncentiveProgram program,
        IncentiveStatus status,
        Instant invitationDue,
        Instant invitedTime,
        Instant enrolledTime,
        String enrolledBy) {

    static IncentiveSnapshot of(Incentive incentive, Partner partner, Instant now) {
        return new IncentiveSnapshot(
                incentive.program(),
                incentive.statusAt(now, partner),
                incentive.invitationDue(),
                incentive.invitedTime(),
                incentive.enrolledTime(),
                incentive.enrolledBy());
    }
}
