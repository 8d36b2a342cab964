package csp.transfer.newcommerce;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A new-commerce transfer as an audit record keeps it. */
record NewCommerceTransferSnapshot(
        UUID id,
        String status,
        int transferType,
        Instant createdTime,
        Instant lastModifiedTime,
        Instant completedTime,
        Instant expirationTime,
        UUID customerTenantId,
        UUID sourcePartnerTenantId,
        UUID targetPartnerTenantId,
        String partnerOnRecord,
        List<TransferProductType> targetProductTypes,
        UUID lastModifiedUser,
        List<NewCommerceLine> lineItems) {

    static NewCommerceTransferSnapshot of(NewCommerceTransfer transfer) {
        return new NewCommerceTransferSnapshot(
                transfer.id(),
                transfer.status().wireName(),
                transfer.transferType(),
                transfer.createdTime(),
                transfer.lastModifiedTime(),
                transfer.completedTime(),
                transfer.expirationTime(),
                transfer.customerTenantId(),
                transfer.sourcePartnerTenantId(),
                transfer.targetPartnerTenantId(),
                transfer.partnerOnRecord(),
                transfer.targetProductTypes(),
                transfer.lastModifiedUser(),
                transfer.lineItems());
    }
}
