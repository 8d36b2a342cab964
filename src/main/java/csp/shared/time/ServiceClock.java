package csp.shared.time;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Everything that happens to partners, customers, subscriptions and transfers is dated by this clock, in UTC. It goes as the
 * machine's does, unless a sandbox moved it ahead or back (design §5).
 */
@Singleton
public class ServiceClock extends Clock {

    private final Clock machine;
    private final AtomicReference<Setting> setting = new AtomicReference<>(new Setting(Duration.ZERO, 0));

    private record Setting(Duration offset, long revision) {}

    ServiceClock(@MachineTime Clock machine) {
        this.machine = machine;
    }

    @Override
    public Instant instant() {
        return machine.instant().plus(offset());
    }

    /** Of what the machine's clock says. */
    public Duration offset() {
        return setting.get().offset;
    }

    /**
     * For {@code csp.sandbox.clock} alone: the offset stands in the database, which every copy of the service follows. Whoever reads
     * it there may come late with what is over; it counts only when it is newer than what this copy has.
     *
     * @param revision counts the changes in the database
     * @return whether it is another time now than it was
     */
    public boolean moveTo(Duration offset, long revision) {
        var before = setting.getAndAccumulate(
                new Setting(offset, revision), (present, newer) -> newer.revision > present.revision ? newer : present);
        return revision > before.revision && !offset.equals(before.offset);
    }

    @Override
    public ZoneId getZone() {
        return machine.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.offset(machine.withZone(zone), offset());
    }
}
