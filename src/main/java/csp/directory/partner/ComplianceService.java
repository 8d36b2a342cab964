package csp.directory.partner;

import static csp.shared.error.ErrorCode.COMPLIANCE_MPN_ID_UNKNOWN;
import static csp.shared.error.ErrorCode.COMPLIANCE_NOT_SIGNED;
import static csp.shared.error.ErrorCode.COMPLIANCE_NO_RESELLER_ACCOUNT;
import static csp.shared.error.ErrorCode.COMPLIANCE_REGION_DIFFERS;
import static csp.shared.error.ErrorCode.COMPLIANCE_TENANT_NOT_SIGNED;
import static csp.shared.error.ErrorCode.COMPLIANCE_TENANT_UNKNOWN;

import csp.shared.caller.Caller;
import csp.shared.error.DomainException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.UUID;

/** Whether another partner signed its agreement with the vendor (storefront.md §7; errors-and-headers.md §4). */
@ApplicationScoped
public class ComplianceService {

    private final PartnerService partners;

    ComplianceService(PartnerService partners) {
        this.partners = partners;
    }

    /** Errors, in this order, each with status 400: 2200, 2201, 2204, 2203. */
    public void requireSignedByMpnId(Caller caller, String mpnId) {
        var partner = partners.byMpnId(Set.of(mpnId)).get(mpnId);
        if (partner == null) {
            throw new DomainException(COMPLIANCE_MPN_ID_UNKNOWN, mpnId);
        }
        requireSameRegion(caller, partner);
        if (!hasResellerAccount(partner)) {
            throw new DomainException(COMPLIANCE_NO_RESELLER_ACCOUNT, mpnId);
        }
        if (!partner.hasSignedPartnerAgreement()) {
            throw new DomainException(COMPLIANCE_NOT_SIGNED, mpnId);
        }
    }

    /** Errors, in this order, each with status 400: 2205, 2201, 2206. */
    public void requireSignedByTenantId(Caller caller, UUID tenantId) {
        var partner =
                partners.find(tenantId).orElseThrow(() -> new DomainException(COMPLIANCE_TENANT_UNKNOWN, tenantId));
        requireSameRegion(caller, partner);
        if (!partner.hasSignedPartnerAgreement()) {
            throw new DomainException(COMPLIANCE_TENANT_NOT_SIGNED, tenantId);
        }
    }

    private void requireSameRegion(Caller caller, Partner partner) {
        var own = partners.require(caller);
        if (!own.region().equals(partner.region())) {
            throw new DomainException(COMPLIANCE_REGION_DIFFERS, own.region(), partner.tenantId(), partner.region());
        }
    }

    /** From the approval on; what the reseller still has to sign is another question. */
    private static boolean hasResellerAccount(Partner partner) {
        return partner.indirectReseller() == ResellerStatus.APPROVED || partner.isEnrolledReseller();
    }
}
