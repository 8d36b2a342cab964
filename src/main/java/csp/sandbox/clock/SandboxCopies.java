package csp.sandbox.clock;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/** How a change of the sandbox reaches all copies of the service: as a change of the clock does, of which it is a revision. */
@ApplicationScoped
public class SandboxCopies {

    private final ClockOffset stored;
    private final ClockFollower follower;
    private final CopyRegister register;

    SandboxCopies(ClockOffset stored, ClockFollower follower, CopyRegister register) {
        this.stored = stored;
        this.follower = follower;
        this.register = register;
    }

    /**
     * Has every copy read again what is {@link Followed}, once the caller's transaction has committed.
     *
     * @throws jakarta.transaction.TransactionalException outside a transaction
     */
    @Transactional(MANDATORY)
    public void changed() {
        stored.write(stored.lock().offset());
    }

    /**
     * Returns when this copy obeys what was committed, and every other one too, unless one does not answer within some seconds. Not for
     * within a transaction.
     */
    public void settle() {
        var revision = follower.catchUp(); // before its next look
        register.note(revision);
        register.await(revision);
    }
}
