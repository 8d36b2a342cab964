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

    static Counts of(Rows added) {
        return new Counts(
                added.count(Kind.PARTNERS),
                added.count(Kind.PARTNER_USERS),
                added.count(Kind.APPLICATIONS),
                added.count(Kind.PARTNERSHIPS),
                added.count(Kind.CUSTOMERS),
                added.count(Kind.RELATIONSHIPS),
                added.count(Kind.AGREEMENTS),
                added.count(Kind.SUBSCRIPTIONS),
                added.count(Kind.TRANSFERS),
                added.count(Kind.ORDERS),
                added.count(Kind.OFFERS));
    }
}
