package csp.console.readiness;

import java.util.List;

/** How far one customer is. */
public record BoardRow(
        String customerId,
        String customer,
        boolean isReady,
        List<Cell> cells,
        boolean isReadyForNewCommerce,
        List<String> newCommerce) {

    /**
     * One prerequisite of the customer.
     *
     * @param remedies what mends it, when it is not met; none where no call does
     */
    public record Cell(boolean isMet, String reason, Integer code, String nextStep, List<Remedy> remedies) {}
}
