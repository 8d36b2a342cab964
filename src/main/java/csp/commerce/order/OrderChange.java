package csp.commerce.order;

import csp.commerce.subscription.BillingCycle;
import java.util.List;
import java.util.UUID;

/**
 * What a partner wants of an order that is there: add-ons to it (W20), or another billing cycle for what it brought (W21).
 *
 * @param billingCycle null where the request says nothing of it
 * @param etags what the request was made from; empty when it takes any version
 */
public record OrderChange(BillingCycle billingCycle, List<Line> lines, List<String> etags) {

    /**
     * One of the two is null.
     *
     * @param subscriptionId what the order brought before
     * @param addon what is to be bought
     */
    public record Line(UUID subscriptionId, NewOrder.Line addon) {}
}
