package csp.partner;

import static java.util.stream.Collectors.toMap;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

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
        return mpnIds.isEmpty() ? Map.of()
                : partners.findByMpnIds(mpnIds).stream().collect(toMap(Partner::mpnId, Function.identity()));
    }

    /** The partnerships of a partner, as provider and as reseller, in no order. One query. */
    public List<Partnership> partnershipsOf(UUID partnerId) {
        return partnerships.ofPartner(partnerId);
    }

    /** Whether the provider's invitation to the reseller was accepted (lifecycle.md R23, R32). */
    public boolean arePartnered(UUID providerId, UUID resellerId) {
        return partnerships.findByIdOptional(new Partnership.Key(providerId, resellerId)).isPresent();
    }
}
