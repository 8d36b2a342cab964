package csp.transfer;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import csp.platform.audit.AuditRecord;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/** Tells the parties of a transfer what became of it. */
@ApplicationScoped
public class TransferAnnouncements {

    /**
     * Announces one change of state, in the transaction that made it.
     *
     * @param recorded the audit record of the change
     */
    @Transactional(MANDATORY)
    public void announce(TransferEvent event, Transfer transfer, AuditRecord.Position recorded) {
        // Nobody listens yet.
    }
}
