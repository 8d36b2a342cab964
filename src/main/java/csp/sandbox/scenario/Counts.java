package csp.sandbox.scenario;

/** How many of each kind a document added to the world; what was there already does not count. */
public record Counts(
        int partners,
        int users,
        int applications,
        int partnerships,
        int customers,
        int relationships,
        int agreements,
        int subscriptions,
        int transfers,
        int orders,
        int offers) {

    static Counts of(Tables added) {
        return new Counts(
                added.count("partner"),
                added.count("user_account"),
                added.count("application"),
                added.count("partnership"),
                added.count("customer"),
                added.count("customer_relationship"),
                added.count("customer_agreement"),
                added.count("subscription"),
                added.count("transfer"),
                added.count("customer_order"),
                added.count("offer"));
    }
}
