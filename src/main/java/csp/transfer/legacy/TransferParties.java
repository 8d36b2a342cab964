package csp.transfer.legacy;

import static csp.shared.error.ErrorCode.CUSTOMER_AGREEMENT_MISSING;
import static csp.shared.error.ErrorCode.OWN_AGREEMENT_MISSING;
import static csp.shared.error.ErrorCode.PROGRAM_NOT_ACTIVE;
import static csp.shared.error.ErrorCode.RESELLER_AGREEMENT_MISSING;

import csp.commerce.agreement.CustomerAgreementService;
import csp.directory.partner.Partner;
import csp.directory.partner.PartnerService;
import csp.directory.relationship.CustomerRelationships;
import csp.shared.error.DomainException;
import csp.transfer.legacy.Prerequisite.Parties;
import csp.transfer.legacy.Prerequisite.Proposal;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The conditions that the two partners and the customer must meet (TR1-TR3, TR5). They refuse a call as a whole (D11). */
@ApplicationScoped
class TransferParties {

    /** Both partners of a transfer. */
    record Partners(Partner source, Partner target) {}

    private final PartnerService partners;
    private final CustomerAgreementService agreements;

    TransferParties(PartnerService partners, CustomerAgreementService agreements) {
        this.partners = partners;
        this.agreements = agreements;
    }

    /** For a new transfer: every {@link Prerequisite}, in its order. */
    Partners requireReadyToCreate(UUID customerId, UUID sourceId, UUID targetId, CustomerRelationships relationships) {
        var between = Proposal.of(sourceId, targetId, partners);
        var parties = new Parties(
                customerId,
                between,
                relationships.indirectProviders().contains(targetId),
                agreements.isAcceptedThroughAnyOf(customerId, Set.of(targetId)));
        for (var prerequisite : Prerequisite.values()) {
            prerequisite.refusal(parties).ifPresent(refusal -> {
                throw refusal;
            });
        }
        return new Partners(between.source(), between.target());
    }

    /** For an acceptance; the transfer stays active when it is refused (D11). */
    Partners requireReadyToAccept(LegacyTransfer transfer) {
        var sourceId = transfer.sourcePartnerTenantId();
        var targetId = transfer.targetPartnerTenantId();
        var known = partners.byTenantId(List.of(sourceId, targetId));
        var pair = new Partners(known.get(sourceId), known.get(targetId));
        if (!pair.target().isActiveProvider()) {
            throw new DomainException(PROGRAM_NOT_ACTIVE, targetId);
        }
        if (!pair.source().hasSignedPartnerAgreement()) {
            throw new DomainException(RESELLER_AGREEMENT_MISSING, sourceId);
        }
        if (!pair.target().hasSignedPartnerAgreement()) {
            throw new DomainException(OWN_AGREEMENT_MISSING, targetId);
        }
        requireCustomerAgreement(transfer.customerTenantId(), targetId);
        return pair;
    }

    private void requireCustomerAgreement(UUID customerId, UUID targetId) {
        if (!agreements.isAcceptedThroughAnyOf(customerId, Set.of(targetId))) {
            throw new DomainException(CUSTOMER_AGREEMENT_MISSING, customerId);
        }
    }
}
