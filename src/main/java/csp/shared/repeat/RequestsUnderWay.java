package csp.shared.repeat;

import static csp.shared.error.ErrorCode.REQUEST_BUSY;

import csp.shared.error.DomainException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * How many requests with one id may be in the database at once. Who waits there for the first one holds a connection all the
 * while, and without a bound a client could take them all by repeating itself. This spares connections of this copy of the
 * service and decides nothing else: who was first, the database alone says (docs/adr/0004-the-database-decides.md).
 */
@ApplicationScoped
class RequestsUnderWay {

    private static final int MOST_WAITING_FOR_ONE = 2;
    private static final int MOST_WAITING = 8;

    private final Map<StoredAnswer.Key, Integer> underWay = new HashMap<>();
    private int waiting;

    /**
     * Does {@code work}, the first request with the key or one of the few that may wait for it.
     *
     * @throws DomainException 409 code 900104 at once, when enough wait already
     */
    <T> T oneOfFew(StoredAnswer.Key key, Supplier<T> work) {
        enter(key);
        try {
            return work.get();
        } finally {
            leave(key);
        }
    }

    private synchronized void enter(StoredAnswer.Key key) {
        var others = underWay.getOrDefault(key, 0);
        if (others > 0) {
            if (others > MOST_WAITING_FOR_ONE || waiting >= MOST_WAITING) {
                throw new DomainException(REQUEST_BUSY, key.requestId());
            }
            waiting++;
        }
        underWay.put(key, others + 1);
    }

    private synchronized void leave(StoredAnswer.Key key) {
        var left = underWay.get(key) - 1;
        if (left == 0) {
            underWay.remove(key);
        } else {
            underWay.put(key, left);
            waiting--;
        }
    }
}
