package csp.transfer;

import java.time.Instant;
import java.util.UUID;

/**
 * A transfer as its row says it, for whoever only shows it: the class of its flavour makes the transfer of it.
 *
 * @param isLegacy which flavour it is
 * @param lineItems JSON; null for new commerce
 * @param request what new commerce has beside; null for a legacy transfer
 */
public record StoredTransfer(
        boolean isLegacy,
        UUID id,
        UUID customerTenantId,
        UUID sourcePartnerTenantId,
        String sourcePartnerName,
        UUID targetPartnerTenantId,
        String targetPartnerName,
        String status,
        Instant createdTime,
        Instant lastModifiedTime,
        UUID lastModifiedUser,
        String lineItems,
        Request request) {

    /**
     * The columns of new commerce.
     *
     * @param targetProductTypes JSON
     * @param acceptedLines JSON
     */
    public record Request(
            int transferType,
            String customerEmailId,
            String customerName,
            String targetPartnerEmailId,
            String targetProductTypes,
            String partnerOnRecord,
            Instant expirationTime,
            Instant completedTime,
            String acceptedLines) {}
}
