package csp.transfer;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A transfer as an audit record keeps it. */
record TransferSnapshot(
        UUID id,
        String status,
        Instant createdTime,
        Instant lastModifiedTime,
        UUID customerTenantId,
        UUID sourcePartnerTenantId,
        UUID targetPartnerTenantId,
        UUID lastModifiedUser,
        List<TransferLineItem> lineItems) {

    static TransferSnapshot of(Transfer transfer) {
        return new TransferSnapshot(
                transfer.id(),
                transfer.status() == TransferStatus.WITHDRAWN ? "Withdrawn" : transfer.status().wireName,
                transfer.createdTime(),
                transfer.lastModifiedTime(),
                transfer.customerTenantId(),
                transfer.sourcePartnerTenantId(),
                transfer.targetPartnerTenantId(),
                transfer.lastModifiedUser(),
                transfer.lineItems());
    }
}
