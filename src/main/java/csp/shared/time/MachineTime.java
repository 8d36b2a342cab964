package csp.shared.time;

import jakarta.inject.Qualifier;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Marks the clock of the machine, as opposed to the clock of the service that a sandbox may move. */
@Qualifier
@Retention(RetentionPolicy.RUNTIME)
public @interface MachineTime {}
