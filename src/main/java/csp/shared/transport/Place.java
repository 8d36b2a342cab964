package csp.shared.transport;

import io.vertx.ext.web.RoutingContext;

/** The place of a request among those that are worked at, which one that waits for nothing but time leaves to others meanwhile. */
public final class Place {

    private final Budget budget;
    private boolean isTaken = true;
    private boolean isOver;

    /** @param budget of which one is taken */
    private Place(Budget budget) {
        this.budget = budget;
    }

    static Place taken(Budget budget, RoutingContext context) {
        var place = new Place(budget);
        context.put(Place.class.getName(), place);
        return place;
    }

    /** That of a request that was let in. */
    public static Place of(RoutingContext context) {
        return context.get(Place.class.getName());
    }

    /** Until {@link #comeBack}. */
    public synchronized void leave() {
        if (isTaken) {
            isTaken = false;
            budget.give(1);
        }
    }

    /** Takes a place again, if there is one; whose request is over needs none. Whoever gets none asks again. */
    public synchronized boolean comeBack() {
        if (!isTaken && !isOver) {
            isTaken = budget.take(1);
        }
        return isTaken || isOver;
    }

    synchronized void end() {
        isOver = true;
        leave();
    }
}
