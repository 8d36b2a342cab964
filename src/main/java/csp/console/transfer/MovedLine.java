package csp.console.transfer;

/**
 * A subscription of a transfer, by its ids on both sides.
 *
 * @param isAddon whether it goes with the line above
 * @param newId empty until it has moved, as {@code orderId}
 * @param error empty unless it failed
 */
public record MovedLine(
        String name,
        String quantity,
        boolean isAddon,
        String oldId,
        String newId,
        String orderId,
        String status,
        String error) {}
