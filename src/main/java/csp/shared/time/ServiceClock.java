package csp.shared.time;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * Everything that happens to partners, customers, subscriptions and transfers is dated by this clock, in UTC. It goes as the
 * machine's does, unless a sandbox moved it ahead or back (design §5).
 */
@Singleton
public class ServiceClock extends Clock {

    private final Clock machine;
    private volatile Duration offset = Duration.ZERO;

    ServiceClock(@MachineTime Clock machine) {
        this.machine = machine;
    }

    @Override
    public Instant instant() {
        return machine.instant().plus(offset);
    }

    /** Of what the machine's clock says. */
    public Duration offset() {
        return offset;
    }

    /** For {@code csp.sandbox.clock} alone: the offset stands in the database, which every copy of the service follows. */
    public void moveTo(Duration newOffset) {
        offset = newOffset;
    }

    @Override
    public ZoneId getZone() {
        return machine.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.offset(machine.withZone(zone), offset);
    }
}
