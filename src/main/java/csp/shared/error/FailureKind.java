package csp.shared.error;

import jakarta.persistence.LockTimeoutException;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PessimisticLockException;
import jakarta.transaction.RollbackException;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import org.hibernate.QueryTimeoutException;
import org.hibernate.exception.JDBCConnectionException;

/** Whose fault it is that a request failed, told by the exception and all that it was caused by. */
public enum FailureKind {

    /** Another request was faster, or still holds what this one wants: the caller may try again. */
    LOST_RACE,
    /** The database or the way to it is gone, full or too slow: nobody did anything wrong, and later it may work. */
    UNAVAILABLE,
    /** Everything else, a fault of ours. */
    BUG;

    /**
     * lock_not_available, deadlock_detected, serialization_failure; foreign_key_violation, since what a row refers to is looked for
     * before the row is written: by then another request has taken it away.
     */
    private static final Set<String> LOST_RACES = Set.of("55P03", "40P01", "40001", "23503");
    /**
     * connection exception; insufficient resources, such as too many connections or a full disk; operator intervention, such as a
     * shutdown or the end of a statement that took too long; a system error outside the database.
     */
    private static final Set<String> UNAVAILABLE_CLASSES = Set.of("08", "53", "57", "58");
    /**
     * read_only_sql_transaction, of a server that is the primary no more: none of our read-only transactions writes. A connection to
     * it is as good as broken.
     */
    private static final String DEMOTED = "25006";
    /** The same, idle_in_transaction_session_timeout, transaction_timeout, statement_completion_unknown. */
    private static final Set<String> UNAVAILABLE_STATES = Set.of(DEMOTED, "25P03", "25P04", "40003");
    /** Where connections are had: whatever is thrown on the way there, somebody who wanted one got none. */
    private static final Set<String> WAYS_TO_A_CONNECTION = Set.of(
            "io.agroal.pool.ConnectionPool",
            "io.agroal.pool.ConnectionPool$CreateConnectionTask",
            "io.agroal.pool.ConnectionFactory",
            "org.postgresql.Driver");
    /** More than any failure has; a chain that bites its own tail ends anyway. */
    private static final int MOST_CAUSES = 100;

    /** Never fails itself, whatever it is given. */
    public static FailureKind of(Throwable failure) {
        try {
            var causes = causes(failure);
            if (causes.stream().anyMatch(FailureKind::isLostRace)) {
                return LOST_RACE;
            }
            return causes.stream().anyMatch(FailureKind::isUnavailable) || isTimedOut(causes) ? UNAVAILABLE : BUG;
        } catch (RuntimeException oddException) { // one whose own methods fail
            return BUG;
        }
    }

    /** Whether a connection of the database broke or leads nowhere any more, so that others opened with it may do so as well. */
    static boolean isBrokenConnection(Throwable failure) {
        try {
            return causes(failure).stream()
                    .anyMatch(cause -> cause instanceof JDBCConnectionException
                            || cause instanceof SQLException sql
                                    && hasState(
                                            sql,
                                            state -> state.startsWith("08")
                                                    || state.startsWith("57P")
                                                    || state.equals(DEMOTED)));
        } catch (RuntimeException oddException) {
            return false;
        }
    }

    /** The failure first, then all that it was caused by or that was suppressed on the way, each once. */
    static List<Throwable> causes(Throwable failure) {
        var found = new ArrayList<Throwable>();
        var seen = Collections.<Throwable>newSetFromMap(new IdentityHashMap<>());
        var next = new ArrayDeque<Throwable>();
        next.add(failure);
        while (!next.isEmpty() && found.size() < MOST_CAUSES) {
            var cause = next.remove();
            if (!seen.add(cause)) {
                continue;
            }
            found.add(cause);
            if (cause.getCause() != null) {
                next.add(cause.getCause());
            }
            if (cause instanceof SQLException sql && sql.getNextException() != null) {
                next.add(sql.getNextException());
            }
            next.addAll(List.of(cause.getSuppressed()));
        }
        return found;
    }

    private static boolean isLostRace(Throwable cause) {
        return cause instanceof OptimisticLockException
                || cause instanceof PessimisticLockException
                || cause instanceof LockTimeoutException
                || cause instanceof SQLException sql && hasState(sql, LOST_RACES::contains);
    }

    private static boolean isUnavailable(Throwable cause) {
        return cause instanceof JDBCConnectionException
                || cause instanceof QueryTimeoutException
                || cause instanceof jakarta.persistence.QueryTimeoutException
                || cause instanceof SQLTransientConnectionException
                || cause instanceof SQLNonTransientConnectionException
                || cause instanceof SQLRecoverableException
                || cause instanceof SQLTimeoutException
                || cause instanceof RejectedExecutionException
                || cause instanceof SQLException sql
                        && (hasState(sql, FailureKind::isUnavailable) || sql.getCause() instanceof IOException)
                || isOnTheWayToAConnection(cause)
                || isOfPool(cause);
    }

    private static boolean isUnavailable(String state) {
        return state.length() == 5 && UNAVAILABLE_CLASSES.contains(state.substring(0, 2))
                || UNAVAILABLE_STATES.contains(state);
    }

    private static boolean hasState(SQLException failure, Predicate<String> wanted) {
        return failure.getSQLState() != null && wanted.test(failure.getSQLState());
    }

    /**
     * Neither types nor states tell: a time-out of the pool interrupts the driver, which then fails with a RuntimeException, and its
     * successors in the same thread as well.
     */
    private static boolean isOnTheWayToAConnection(Throwable cause) {
        return Arrays.stream(cause.getStackTrace())
                .anyMatch(frame -> WAYS_TO_A_CONNECTION.contains(frame.getClassName()));
    }

    /** What the pool throws by itself: it waited in vain, is closed, or cannot use a connection that it dropped meanwhile. */
    private static boolean isOfPool(Throwable cause) {
        var trace = cause.getStackTrace();
        return trace.length > 0 && trace[0].getClassName().startsWith("io.agroal.pool.");
    }

    /** A transaction that nobody gave a reason to roll back took longer than it may. */
    private static boolean isTimedOut(List<Throwable> causes) {
        return causes.get(causes.size() - 1) instanceof RollbackException;
    }
}
