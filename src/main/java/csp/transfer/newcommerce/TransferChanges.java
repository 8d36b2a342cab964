package csp.transfer.newcommerce;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import csp.platform.audit.AuditTrail;
import csp.shared.caller.Caller;
import csp.transfer.TransferAnnouncements;
import csp.transfer.TransferEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.UUID;

/** Writes down each change of state of a new-commerce transfer, once, and tells the parties of it. */
@ApplicationScoped
class TransferChanges {

    private static final String RESOURCE = "transfer";

    private final AuditTrail audit;
    private final TransferAnnouncements announcements;

    TransferChanges(AuditTrail audit, TransferAnnouncements announcements) {
        this.audit = audit;
        this.announcements = announcements;
    }

    /** @param before null for a new one */
    @Transactional(MANDATORY)
    void byCaller(
            Caller caller, TransferEvent event, NewCommerceTransfer transfer, NewCommerceTransferSnapshot before) {
        var recorded = audit.record(caller, change(event, transfer, before), transfer.otherParty(caller.tenantId()));
        announcements.announce(event, transfer, recorded);
    }

    /** @param partnerId the party that brought it about, long ago */
    @Transactional(MANDATORY)
    void byService(
            UUID partnerId, TransferEvent event, NewCommerceTransfer transfer, NewCommerceTransferSnapshot before) {
        var recorded =
                audit.recordByService(partnerId, change(event, transfer, before), transfer.otherParty(partnerId));
        announcements.announce(event, transfer, recorded);
    }

    private static AuditTrail.Change change(
            TransferEvent event, NewCommerceTransfer transfer, NewCommerceTransferSnapshot before) {
        return new AuditTrail.Change(
                        transfer.customerTenantId(),
                        RESOURCE,
                        transfer.id().toString(),
                        before == null ? "create_transfer" : "update_transfer",
                        before,
                        NewCommerceTransferSnapshot.of(transfer))
                .as(event.auditName());
    }
}
