package csp.transfer.newcommerce;

import csp.platform.jobs.JobHandler;
import csp.transfer.TransferEvent;
import csp.transfer.TransferService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Writes down that nobody answered in time, which every reader sees from the deadline on (D22). */
@ApplicationScoped
class TransferExpiry implements JobHandler {

    static final String KIND = "new-commerce-expiry";

    private final TransferService transfers;
    private final TransferChanges changes;
    private final Clock clock;

    TransferExpiry(TransferService transfers, TransferChanges changes, Clock clock) {
        this.transfers = transfers;
        this.changes = changes;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Transactional
    @Override
    public Optional<Instant> run(String id) {
        return transfers
                .locked(UUID.fromString(id))
                .map(NewCommerceTransfer.class::cast)
                .filter(transfer -> transfer.status() == NewCommerceTransferStatus.PENDING)
                .flatMap(this::expire);
    }

    /** @return when to come again: the clock may have been set back */
    private Optional<Instant> expire(NewCommerceTransfer transfer) {
        if (!transfer.isOverdue(clock.instant())) {
            return Optional.of(transfer.expirationTime());
        }
        var before = NewCommerceTransferSnapshot.of(transfer);
        transfer.expire();
        changes.byService(transfer.targetPartnerTenantId(), TransferEvent.EXPIRED, transfer, before);
        return Optional.empty();
    }
}
