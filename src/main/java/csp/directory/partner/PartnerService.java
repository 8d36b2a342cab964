package csp.directory.partner;

import static csp.shared.error.ErrorCode.DIRECT_BILL_REQUIRED;
import static csp.shared.error.ErrorCode.PARTNER_UNKNOWN;
import static jakarta.transaction.Transactional.TxType.MANDATORY;
import static java.util.stream.Collectors.toMap;

import csp.shared.caller.Caller;
import csp.shared.error.DomainException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** What other features ask about partners. */
@ApplicationScoped
public class PartnerService {

    private final PartnerRepository partners;
    private final PartnershipRepository partnerships;

    PartnerService(PartnerRepository partners, PartnershipRepository partnerships) {
        this.partners = partners;
        this.partnerships = partnerships;
    }

    /** The known ones among {@code tenantIds}, by tenant id. One query. */
    public Map<UUID, Partner> byTenantId(Collection<UUID> tenantIds) {
        return partners.findAllById(tenantIds).stream().collect(toMap(Partner::tenantId, Function.identity()));
    }

    /** The partners with these PartnerIDs, by PartnerID. No query for an empty collection, else one. */
    public Map<String, Partner> byMpnId(Collection<String> mpnIds) {
        return mpnIds.isEmpty()
                ? Map.of()
                : partners.findByMpnIds(mpnIds).stream().collect(toMap(Partner::mpnId, Function.identity()));
    }

    /** The partner, or nothing when {@code tenantId} is not one's. One query. */
    public Optional<Partner> find(UUID tenantId) {
        return partners.findByIdOptional(tenantId);
    }

    /** Whether the partner has accepted the agreement of indirect resellers (lifecycle.md R12). One query. */
    public boolean isEnrolledReseller(UUID tenantId) {
        return partners.isEnrolledReseller(tenantId);
    }

    /** The partner that {@code caller} belongs to. Error 2032 for a user of a customer. One query. */
    public Partner require(Caller caller) {
        caller.requirePartner();
        return find(caller.tenantId()).orElseThrow(() -> new DomainException(PARTNER_UNKNOWN, caller.tenantId()));
    }

    /** As {@link #require}, held until the end of the transaction: for whoever changes it. Error 2032. */
    @Transactional(MANDATORY)
    public Partner requireLocked(Caller caller) {
        caller.requirePartner();
        return locked(caller.tenantId()).orElseThrow(() -> new DomainException(PARTNER_UNKNOWN, caller.tenantId()));
    }

    /** The partner as it is now, held until the end of the transaction. One query. */
    @Transactional(MANDATORY)
    public Optional<Partner> locked(UUID tenantId) {
        return Optional.ofNullable(partners.findById(tenantId, LockModeType.PESSIMISTIC_WRITE));
    }

    /**
     * Keeps a partner in direct-bill until the transaction ends, for whoever gives it something that it could not reach
     * after leaving it (lifecycle.md R16): leaving waits, and then finds what was given. A provider stays what it is, and
     * nobody waits for it. At most one query.
     *
     * @throws DomainException 900149 when it left direct-bill a moment ago
     */
    @Transactional(MANDATORY)
    public void keepInDirectBill(Partner partner) {
        if (!partner.isDirectBill() || partner.isActiveProvider()) {
            return;
        }
        partners.keep(partner);
        if (!partner.isDirectBill()) {
            throw new DomainException(DIRECT_BILL_REQUIRED, partner.tenantId());
        }
    }

    /** The partnerships of a partner, as provider and as reseller, in no order. One query. */
    public List<Partnership> partnershipsOf(UUID partnerId) {
        return partnerships.ofPartner(partnerId);
    }

    /** Whether the provider's invitation to the reseller was accepted (lifecycle.md R23, R32). */
    public boolean arePartnered(UUID providerId, UUID resellerId) {
        return partnerships
                .findByIdOptional(new Partnership.Key(providerId, resellerId))
                .isPresent();
    }

    /** Makes two partners work together (lifecycle.md R24). False when they do already, whoever was faster. */
    @Transactional(MANDATORY)
    public boolean partner(UUID providerId, UUID resellerId) {
        return partnerships.add(providerId, resellerId);
    }

    /** Ends what two partners do together, in either direction. False when there is nothing to end, whoever was faster. */
    @Transactional(MANDATORY)
    public boolean part(UUID partnerId, UUID otherId) {
        return partnerships.removeBetween(partnerId, otherId) > 0;
    }

    /** At most {@code limit} of the active indirect providers that fit, in the order of their names. One query. */
    public List<Partner> providers(ProviderSearch search, int limit) {
        return partners.providers(search, limit);
    }

    /** How many active indirect providers fit. One query. */
    public int countProviders(ProviderSearch search) {
        return partners.countProviders(search);
    }
}
