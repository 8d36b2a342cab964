package csp.onboarding.enrolment;

import static java.time.ZoneOffset.UTC;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/** When a submitted enrolment is approved (lifecycle.md R9). */
@ApplicationScoped
class ApprovalTime {

    static final int MOST_DAYS = 5;
    private static final Set<DayOfWeek> WEEKEND = EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);

    private final EnrolmentConfig config;

    ApprovalTime(EnrolmentConfig config) {
        this.config = config;
    }

    void check(@Observes StartupEvent event) {
        if (config.approvalBusinessDays() < 0 || config.approvalBusinessDays() > MOST_DAYS) {
            throw new IllegalStateException("csp.enrolment.approval-business-days must be 0 to %d, not %d"
                    .formatted(MOST_DAYS, config.approvalBusinessDays()));
        }
    }

    Instant after(Instant submitted) {
        return after(submitted, config.approvalBusinessDays());
    }

    /** The same time of the day, {@code days} working days later; days begin and end in UTC. */
    static Instant after(Instant submitted, int days) {
        var due = submitted.atZone(UTC);
        for (var left = days; left > 0; ) {
            due = due.plusDays(1);
            if (!WEEKEND.contains(due.getDayOfWeek())) {
                left--;
            }
        }
        return due.toInstant();
    }
}
