package csp.onboarding.enrolment;

import static csp.shared.caller.Role.GLOBAL_ADMIN;
import static csp.shared.error.ErrorCode.NO_RESELLER_HISTORY;
import static csp.shared.error.ErrorCode.RESELLER_NOT_ENROLLED;
import static csp.shared.error.ErrorCode.RESELLER_WOULD_END;
import static csp.shared.error.ErrorCode.REVENUE_TOO_LOW;
import static csp.shared.error.ErrorCode.SUBSCRIPTIONS_LEFT;
import static jakarta.transaction.Transactional.TxType.MANDATORY;
import static java.time.ZoneOffset.UTC;

import csp.commerce.subscription.SubscriptionService;
import csp.directory.partner.Partner;
import csp.directory.partner.PartnerService;
import csp.platform.audit.AuditTrail;
import csp.shared.caller.Caller;
import csp.shared.caller.Role;
import csp.shared.error.DomainException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** The programmes of a partner, the end of direct-bill, and the way back to it (lifecycle.md R11, R13, R16-R19, R58, R59). */
@ApplicationScoped
public class DirectBillService {

    private static final Set<Role> ROLES = Set.of(GLOBAL_ADMIN);
    /** R18. */
    private static final int MONTHS_AS_RESELLER = 12;

    private final EnrolmentService enrolments;
    private final EnrolmentRepository forms;
    private final PartnerService partners;
    private final SubscriptionService subscriptions;
    private final AuditTrail audit;
    private final Clock clock;

    DirectBillService(
            EnrolmentService enrolments,
            EnrolmentRepository forms,
            PartnerService partners,
            SubscriptionService subscriptions,
            AuditTrail audit,
            Clock clock) {
        this.enrolments = enrolments;
        this.forms = forms;
        this.partners = partners;
        this.subscriptions = subscriptions;
        this.audit = audit;
        this.clock = clock;
    }

    /** Who the calling partner is in the programmes, and how far its enrolment is (R11, R13, R59). Error 2032. */
    public ProgramInfo programInfo(Caller caller) {
        return info(partners.require(caller));
    }

    /**
     * Gives up direct-bill on this tenant, once no direct-bill subscription is left (R57, R58): sandbox and API are
     * lost with it (R16). Errors: 900329, 900150, 2032, 800040, 900137, 800036.
     */
    @Transactional(MANDATORY)
    public ProgramInfo leave(Caller caller) {
        var partner = own(caller);
        var before = info(partner);
        partner.leaveDirectBill(clock.instant());
        if (!partner.isEnrolledReseller()) {
            throw new DomainException(RESELLER_NOT_ENROLLED, partner.tenantId());
        }
        var left = subscriptions.countStillHeld(partner.tenantId());
        if (left > 0) {
            throw new DomainException(SUBSCRIPTIONS_LEFT, partner.tenantId(), left);
        }
        return record(caller, "leave_direct_bill", before, info(partner));
    }

    /**
     * Becomes direct-bill again, after 12 months as reseller with the revenue of R2 in them (R18): with a new tenant that names
     * its former one (R17), or on the tenant of the reseller, which is none any more then (R19). Support plan, credit check and
     * assessment are the vendor's business. Errors: 900329, 900150, 2032, 800002, 800040, 900137, 800036.
     *
     * @param overridesReseller asked for only once the caller is known to have a right to the operation
     */
    @Transactional(MANDATORY)
    public ProgramInfo reapply(Caller caller, BooleanSupplier overridesReseller) {
        var partner = own(caller);
        var overrides = overridesReseller.getAsBoolean();
        var before = info(partner);
        var wasReseller = partner.isEnrolledReseller();
        partner.becomeDirectBill();
        requireYearAsReseller(partner, wasReseller);
        if (wasReseller) {
            if (!overrides) {
                throw new DomainException(RESELLER_WOULD_END, partner.tenantId());
            }
            forms.deleteById(partner.tenantId());
        }
        return record(caller, "apply_for_direct_bill", before, info(partner));
    }

    /** What is refused undoes the changes with the transaction. */
    private void requireYearAsReseller(Partner partner, boolean wasReseller) {
        var reseller = wasReseller || partner.formerTenantId() == null
                ? partner
                : partners.find(partner.formerTenantId())
                        .filter(Partner::isEnrolledReseller)
                        .orElseThrow(() -> noHistory(
                                partner,
                                "its former tenant %s is not an enrolled indirect reseller"
                                        .formatted(partner.formerTenantId())));
        if (reseller == partner && !wasReseller) {
            throw noHistory(partner, "it is neither an indirect reseller nor has it a former tenant that is one");
        }
        var since = forms.findByIdOptional(reseller.tenantId())
                .map(Enrolment::activatedTime)
                .orElse(Instant.MIN);
        if (since != Instant.MIN
                && since.atZone(UTC).plusMonths(MONTHS_AS_RESELLER).toInstant().isAfter(clock.instant())) {
            throw noHistory(
                    partner,
                    "it has been an indirect reseller since %s only, at least %d months are required"
                            .formatted(since, MONTHS_AS_RESELLER));
        }
        var revenue = reseller.revenueOfLast12Months();
        if (revenue != null && revenue < EnrolmentService.LEAST_REVENUE) {
            throw new DomainException(REVENUE_TOO_LOW, reseller.tenantId(), revenue, EnrolmentService.LEAST_REVENUE);
        }
    }

    private static DomainException noHistory(Partner partner, String reason) {
        return new DomainException(NO_RESELLER_HISTORY, partner.tenantId(), reason);
    }

    private Partner own(Caller caller) {
        caller.requirePartnerUser(ROLES);
        return partners.requireLocked(caller);
    }

    private ProgramInfo info(Partner partner) {
        return ProgramInfo.of(partner, enrolments.snapshot(partner).status());
    }

    private ProgramInfo record(Caller caller, String operation, ProgramInfo before, ProgramInfo after) {
        UUID id = caller.tenantId();
        audit.record(caller, new AuditTrail.Change(null, "partner", id.toString(), operation, before, after));
        return after;
    }
}
