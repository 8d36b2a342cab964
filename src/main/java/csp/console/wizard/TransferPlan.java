package csp.console.wizard;

import csp.console.frame.Call;
import csp.console.frame.Identity;
import csp.console.frame.Tenant;
import java.util.List;

/**
 * A transfer that is about to be asked for.
 *
 * @param customer null in a world without one, as {@code source} and {@code target}
 * @param asker who asks: the source of a legacy transfer, the target of one of new commerce
 * @param lines the customer's subscriptions
 * @param missing what it would be refused for, besides its lines
 * @param refusal what the API answered instead of telling which may move; null when it told
 */
public record TransferPlan(
        boolean isNewCommerce,
        Tenant customer,
        Tenant source,
        Tenant target,
        Identity asker,
        List<PlannedLine> lines,
        List<String> missing,
        String customerEmail,
        Call refusal) {

    /**
     * A subscription of the customer.
     *
     * @param reason why it may not move; null when it may
     */
    public record PlannedLine(String id, String name, String quantity, String product, String status, String reason) {}

    public boolean isComplete() {
        return customer != null && source != null && target != null && asker != null;
    }
}
