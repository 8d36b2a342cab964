package csp.sandbox.clock;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What the clock of the service says after it moved.
 *
 * @param offset of what the machine's clock says
 * @param happened meanwhile, in order
 */
public record ClockReading(Instant now, Duration offset, List<Happening> happened) {}
