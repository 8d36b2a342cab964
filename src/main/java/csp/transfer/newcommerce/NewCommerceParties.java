package csp.transfer.newcommerce;

import static csp.shared.error.ErrorCode.AGREEMENT_MISSING_TO_BUY;
import static csp.shared.error.ErrorCode.NO_RELATIONSHIP;
import static csp.shared.error.ErrorCode.PARTNER_ON_RECORD_INVALID;
import static csp.shared.error.ErrorCode.PARTNER_ON_RECORD_NOT_AUTHORIZED;
import static csp.shared.error.ErrorCode.TARGET_PROGRAM_NOT_ACTIVE;

import csp.commerce.agreement.CustomerAgreementService;
import csp.directory.partner.Partner;
import csp.directory.partner.PartnerService;
import csp.directory.partner.ProgramStatus;
import csp.directory.relationship.CustomerRelationships;
import csp.directory.relationship.RelationshipService;
import csp.shared.error.DomainException;
import csp.transfer.newcommerce.RequestCondition.Parties;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The conditions that the two partners and the customer must meet. They refuse a call as a whole. */
@ApplicationScoped
class NewCommerceParties {

    /** Both partners of a transfer. */
    record Pair(Partner source, Partner target) {}

    private final PartnerService partners;
    private final RelationshipService relationships;
    private final CustomerAgreementService agreements;

    NewCommerceParties(
            PartnerService partners, RelationshipService relationships, CustomerAgreementService agreements) {
        this.partners = partners;
        this.relationships = relationships;
        this.agreements = agreements;
    }

    /** For a new request: every {@link RequestCondition}, in its order, then the partner on record. */
    Pair requireReadyToRequest(UUID customerId, UUID targetId, TransferRequest request, CustomerRelationships related) {
        var sourceId = request.sourcePartnerTenantId();
        var known = partners.byTenantId(List.of(sourceId, targetId));
        var parties = new Parties(
                customerId,
                sourceId,
                targetId,
                known.get(sourceId),
                known.get(targetId),
                related,
                agreements.isAcceptedThroughAnyOf(customerId, Set.of(targetId)));
        for (var condition : RequestCondition.values()) {
            condition.refusal(parties).ifPresent(refusal -> {
                throw refusal;
            });
        }
        requirePartnerOnRecord(request.partnerOnRecord(), parties.target());
        return new Pair(parties.source(), parties.target());
    }

    /** A provider names the reseller that serves the customer for it; nobody else has one. Errors: 900400, 900414. */
    private void requirePartnerOnRecord(String mpnId, Partner target) {
        if (!target.isActiveProvider()) {
            if (mpnId != null) {
                throw new DomainException(
                        PARTNER_ON_RECORD_INVALID,
                        "'%s' was given, but partner %s is no indirect provider".formatted(mpnId, target.tenantId()));
            }
            return;
        }
        if (mpnId == null) {
            throw new DomainException(
                    PARTNER_ON_RECORD_INVALID,
                    "is missing, indirect provider %s must name the reseller".formatted(target.tenantId()));
        }
        var reseller = partners.byMpnId(List.of(mpnId)).get(mpnId);
        if (reseller == null) {
            throw new DomainException(
                    PARTNER_ON_RECORD_INVALID,
                    "'%s' is a PartnerID that is linked to no active reseller tenant".formatted(mpnId));
        }
        if (!reseller.isEnrolledReseller() || !partners.arePartnered(target.tenantId(), reseller.tenantId())) {
            throw new DomainException(PARTNER_ON_RECORD_NOT_AUTHORIZED, mpnId, target.tenantId());
        }
    }

    /**
     * For an acceptance: whether the target can still take anything over; the transfer stays pending when it is refused. Errors, in
     * this order: 900149, 20002, 13605.
     */
    Pair requireReadyToAccept(NewCommerceTransfer transfer) {
        var pair = pair(transfer);
        if (!pair.target.isActiveProvider() && pair.target.directBill() != ProgramStatus.ACTIVE) {
            throw new DomainException(TARGET_PROGRAM_NOT_ACTIVE, pair.target.tenantId());
        }
        if (relationships
                .of(transfer.customerTenantId())
                .kindsOf(pair.target.tenantId())
                .isEmpty()) {
            throw new DomainException(NO_RELATIONSHIP, pair.target.tenantId(), transfer.customerTenantId());
        }
        if (!agreements.isAcceptedThroughAnyOf(transfer.customerTenantId(), Set.of(pair.target.tenantId()))) {
            throw new DomainException(AGREEMENT_MISSING_TO_BUY, transfer.customerTenantId(), pair.target.tenantId());
        }
        return pair;
    }

    /**
     * The target for a completion, which stays with the customer and in its programme until the transaction ends: whoever gives
     * either up waits, and then finds what it got. Errors: 900149, 20002.
     */
    Partner requireReadyToComplete(NewCommerceTransfer transfer) {
        var target = pair(transfer).target;
        if (!target.isProvider() && !target.isDirectBill()) {
            throw new DomainException(TARGET_PROGRAM_NOT_ACTIVE, target.tenantId());
        }
        partners.keepInDirectBill(target);
        relationships.hold(transfer.customerTenantId(), target.tenantId());
        return target;
    }

    private Pair pair(NewCommerceTransfer transfer) {
        var known = partners.byTenantId(List.of(transfer.sourcePartnerTenantId(), transfer.targetPartnerTenantId()));
        return new Pair(known.get(transfer.sourcePartnerTenantId()), known.get(transfer.targetPartnerTenantId()));
    }
}
