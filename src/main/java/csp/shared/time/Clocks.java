package csp.shared.time;

import java.time.Clock;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The two clocks of the service. Nothing else reads the time. */
class Clocks {

    /** Everything that happens to partners, customers, subscriptions and transfers is dated by this clock, in UTC. */
    @Produces
    @Singleton
    Clock service() {
        return Clock.systemUTC();
    }

    /** Tokens are issued and checked on the machine's own time, so that a moved service clock signs nobody out (design §2). */
    @Produces
    @Singleton
    @MachineTime
    Clock machine() {
        return Clock.systemUTC();
    }
}
