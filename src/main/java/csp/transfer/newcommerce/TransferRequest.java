package csp.transfer.newcommerce;

import java.util.Set;
import java.util.UUID;

/**
 * What a target asks for (new-commerce-transfers.md §3).
 *
 * @param transferType 3 or 5, which mean the same here
 * @param targetPartnerTenantId null for the caller
 * @param customerEmailId who is told of the request
 * @param targetPartnerEmailId any text, for the target to find again; null for its tenant id
 * @param targetProductTypes what may move, in the order in which it was named; empty for everything
 * @param partnerOnRecord PartnerID of the reseller for what moves; null for none
 */
public record TransferRequest(
        int transferType,
        UUID sourcePartnerTenantId,
        UUID targetPartnerTenantId,
        String customerEmailId,
        String targetPartnerEmailId,
        Set<TransferProductType> targetProductTypes,
        String partnerOnRecord) {}
