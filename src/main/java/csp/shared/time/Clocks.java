package csp.shared.time;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The clock of the machine, which {@link ServiceClock} goes by. Nothing else reads the time. */
class Clocks {

    /** Tokens are issued and checked on the machine's own time, so that a moved service clock signs nobody out (design §2). */
    @Produces
    @Singleton
    @MachineTime
    Clock machine() {
        return Clock.systemUTC();
    }
}
