package csp.sandbox.snapshot;

import java.time.Duration;
import java.time.Instant;

/**
 * A world that has a name, to go back to.
 *
 * @param created by the clock of the service
 * @param offset of that clock from the machine's
 * @param migration the last one before it was made
 * @param rows of all its tables
 * @param bytes of them
 */
public record Snapshot(String name, Instant created, Duration offset, String migration, long rows, long bytes) {}
