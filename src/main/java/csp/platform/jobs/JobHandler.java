package csp.platform.jobs;

/** What one kind of job does. A CDI bean; {@link Jobs} finds it by its kind. */
public interface JobHandler {

    /** Unique among all handlers, and kept over releases: rows in the database name it. */
    String kind();

    /**
     * Does the work, in a transaction of its own. At least once: it may run again after a crash, even while the first
     * run has not ended, so it looks at the state first. An exception undoes the transaction, and the job runs again
     * later.
     *
     * @param id as scheduled
     */
    void run(String id);
}
