package csp.transfer.legacy.readiness;

import csp.directory.customer.Customer;
import csp.directory.partner.Partner;
import csp.directory.partner.Region;
import csp.transfer.legacy.readiness.Readiness.Advice;
import java.util.List;

/**
 * What to know when a customer's licences were bought elsewhere (lifecycle.md R69-R78). It is no transfer: nothing moves and no
 * id is kept, subscriptions are bought anew beside those that end.
 */
final class ChannelGuidance {

    /** R78. */
    static final int MOST_ACTIVE_SUBSCRIPTIONS = 150;

    private ChannelGuidance() {}

    /** @param active subscriptions of the customer, whichever partner holds them */
    static List<Advice> of(Customer customer, Partner partner, long active) {
        return List.of(
                new Advice("R69", "Request a reseller relationship with the customer.", true),
                new Advice(
                        "R70",
                        "Once the customer has accepted, provision subscriptions, for example of the same offers.",
                        null),
                new Advice("R71", "The customer lets the old subscriptions expire or cancels them.", null),
                new Advice("R72", "Cancelled subscriptions are not refunded: move close to their natural end.", null),
                new Advice(
                        "R73",
                        "Credit for purchases in the Microsoft 365 admin portal is a matter of Microsoft 365 billing"
                                + " support; with delegated administration you may ask for the customer, else the customer asks.",
                        null),
                new Advice(
                        "R74",
                        "With equivalent offers and the same total of licences nothing is reassigned and no data is"
                                + " lost.",
                        null),
                new Advice("R75", "For a discontinued offer choose an equivalent one, else data is lost.", null),
                new Advice("R76", "For a different offer the licence assignments must be updated.", null),
                new Advice(
                        "R77",
                        "Partner and customer must be in the same region; yours is %s, the customer's is %s."
                                .formatted(partner.region(), Region.of(customer.country())),
                        partner.region().equals(Region.of(customer.country()))),
                new Advice(
                        "R78",
                        "Turn auto-renewal off and start the new subscription within 30 days of the end date, else"
                                + " data is lost.",
                        null),
                new Advice(
                        "R78",
                        "More than %d active subscriptions exceed the maximum of a tenant, which has %d now: use the"
                                        .formatted(MOST_ACTIVE_SUBSCRIPTIONS, active)
                                + " time in which the old ones are expired.",
                        active <= MOST_ACTIVE_SUBSCRIPTIONS));
    }
}
