package csp.sandbox.clock;

/** What each copy of the service keeps in memory of the sandbox beside the clock. */
public interface Followed {

    /** Reads it again: some copy may have changed it, see {@link SandboxCopies#changed}. Not called without a sandbox. */
    void catchUp();
}
