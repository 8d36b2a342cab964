package csp.shared.transport;

import java.util.concurrent.atomic.AtomicLong;

/** What there is only so much of: bytes, or requests at a time. Nobody waits here; who gets nothing asks again or is refused. */
final class Budget {

    private final long all;
    private final AtomicLong taken = new AtomicLong();

    Budget(long all) {
        this.all = all;
    }

    /** Takes so much, or nothing when there is less. What alone is more than all there is passes when nobody else has any. */
    boolean take(long amount) {
        var before = taken.getAndAdd(amount);
        if (before == 0 || before + amount <= all) {
            return true;
        }
        taken.addAndGet(-amount);
        return false;
    }

    void give(long amount) {
        taken.addAndGet(-amount);
    }

    long taken() {
        return taken.get();
    }
}
