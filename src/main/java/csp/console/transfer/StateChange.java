package csp.console.transfer;

import csp.console.frame.Moment;

/**
 * A point of a transfer's time line.
 *
 * @param who null for what the service did by itself, or nobody recorded
 * @param isAhead whether it has not come yet
 */
public record StateChange(Moment at, String what, String who, String correlationId, boolean isAhead) {}
