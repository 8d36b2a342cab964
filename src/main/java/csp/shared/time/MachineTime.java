package csp.shared.time;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

import jakarta.inject.Qualifier;

/** Marks the clock of the machine, as opposed to the clock of the service that a sandbox may move. */
@Qualifier
@Retention(RetentionPolicy.RUNTIME)
public @interface MachineTime {
}
