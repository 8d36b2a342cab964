package csp.platform.jobs;

import java.time.Instant;
import java.util.Optional;

/** What one kind of job does. A CDI bean; {@link Jobs} finds it by its kind. */
public interface JobHandler {

    /** Small letters, digits and dashes; unique among all handlers, and kept over releases: rows in the database name it. */
    String kind();

    /**
     * Does the work. At least once: it may run again after a crash, and even while the first run has not ended, so it looks at
     * the state first. Called outside a transaction: who only writes makes the method {@code @Transactional}, who also talks with
     * somebody else holds no transaction meanwhile. After an exception the job runs again as {@link #retries} says.
     *
     * @param id as scheduled
     * @return when to come again by the clock of the service, for work that is not due or not done; empty when there is nothing
     *         left to do, which ends the job
     */
    Optional<Instant> run(String id);

    /** How many of this kind one copy of the service runs at a time, on threads that no other kind uses. */
    default int parallel() {
        return 2;
    }

    /** What follows a run that failed. */
    default Retries retries() {
        return Retries.FOREVER;
    }

    /**
     * Notes that the job was given up, in a transaction of its own. At least once, as {@link #run}.
     *
     * @param reason what the last run failed of, in one line for an operator
     */
    default void givenUp(String id, String reason) {}
}
