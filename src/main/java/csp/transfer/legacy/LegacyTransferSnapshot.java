package csp.transfer.legacy;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A legacy transfer as an audit record keeps it. */
record LegacyTransferSnapshot(
        UUID id,
        String status,
        Instant createdTime,
        Instant lastModifiedTime,
        UUID customerTenantId,
        UUID sourcePartnerTenantId,
        UUID targetPartnerTenantId,
        UUID lastModifiedUser,
        List<TransferLineItem> lineItems) {

    static LegacyTransferSnapshot of(LegacyTransfer transfer) {
        return new LegacyTransferSnapshot(
                transfer.id(),
                transfer.status() == LegacyTransferStatus.WITHDRAWN
                        ? "Withdrawn"
                        : transfer.status().wireName(),
                transfer.createdTime(),
                transfer.lastModifiedTime(),
                transfer.customerTenantId(),
                transfer.sourcePartnerTenantId(),
                transfer.targetPartnerTenantId(),
                transfer.lastModifiedUser(),
                transfer.lineItems());
    }
}
