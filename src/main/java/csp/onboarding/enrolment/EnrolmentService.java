package csp.onboarding.enrolment;

import static csp.shared.caller.Role.GLOBAL_ADMIN;
import static csp.shared.error.ErrorCode.DIRECT_BILL_REQUIRED;
import static csp.shared.error.ErrorCode.ENROLMENT_NOT_FOUND;
import static csp.shared.error.ErrorCode.PROFILE_NOT_CURRENT;
import static csp.shared.error.ErrorCode.REVENUE_TOO_LOW;
import static jakarta.transaction.Transactional.TxType.MANDATORY;

import csp.directory.partner.Contact;
import csp.directory.partner.Partner;
import csp.directory.partner.PartnerService;
import csp.directory.partner.ResellerStatus;
import csp.onboarding.incentive.IncentiveService;
import csp.platform.audit.AuditTrail;
import csp.shared.caller.Caller;
import csp.shared.caller.Role;
import csp.shared.error.DomainException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Enrolment of a direct-bill partner as indirect reseller, on the tenant it has (lifecycle.md R1-R15). Every step is a Global
 * admin's, in person (R1). Nothing is asked of anniversary dates: that gate was lifted (R7).
 */
@ApplicationScoped
public class EnrolmentService {

    /** R2, R3, R18: Cloud Solution Provider revenue of the previous 12 months, in US dollars. */
    static final long LEAST_REVENUE = 300_000;

    private static final Set<Role> ROLES = Set.of(GLOBAL_ADMIN);

    private final EnrolmentRepository enrolments;
    private final ApprovalTime approvalTime;
    private final EnrolmentApproval approval;
    private final PartnerService partners;
    private final IncentiveService incentives;
    private final AuditTrail audit;
    private final Clock clock;

    EnrolmentService(
            EnrolmentRepository enrolments,
            ApprovalTime approvalTime,
            EnrolmentApproval approval,
            PartnerService partners,
            IncentiveService incentives,
            AuditTrail audit,
            Clock clock) {
        this.enrolments = enrolments;
        this.approvalTime = approvalTime;
        this.approval = approval;
        this.partners = partners;
        this.incentives = incentives;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * An enrolment with the profile it is about.
     *
     * @param isNew whether this call made it
     */
    public record View(Partner partner, EnrolmentSnapshot enrolment, boolean isNew) {}

    /**
     * Starts an enrolment, or goes on with the one that was started but not sent in (R8). Errors: 900329, 900150, 2032,
     * 800002, 900149, 800040, 900137, 800036.
     *
     * @param contact to write to; asked for only once the caller is known to have a right to the operation, and empty to name
     *        it later or never
     */
    @Transactional(MANDATORY)
    public View start(Caller caller, Supplier<Optional<Contact>> contact) {
        var partner = own(caller);
        var named = contact.get();
        requireMayEnrol(partner);
        var existing = enrolments.findByIdOptional(partner.tenantId());
        if (existing.isPresent()) {
            named.ifPresent(existing.get()::name);
            return view(partner, existing.get());
        }
        var enrolment = Enrolment.start(partner.tenantId(), clock.instant());
        named.ifPresent(enrolment::name);
        enrolments.persistAndFlush(enrolment);
        var started = EnrolmentSnapshot.of(partner, enrolment, clock.instant());
        record(caller, "create_enrolment", null, started);
        return new View(partner, started, true);
    }

    /** The enrolment of the calling partner. Errors: 1000, 2032. */
    public View get(String id, Caller caller) {
        var partner = partners.require(caller);
        var form = enrolments.findByIdOptional(partner.tenantId());
        requireExists(id, partner, form);
        return view(partner, form.orElse(null));
    }

    /**
     * Sends the form in. Without a delay in the settings it is approved at once (R9). Errors: 900329, 900150, 2032, 1000,
     * 800002, 900149, 800040, 900137, 800036.
     *
     * @param contact asked for only once the caller is known to have a right to the operation; empty for the one named at the
     *        start, else the profile's own
     */
    @Transactional(MANDATORY)
    public View submit(String id, Caller caller, Supplier<Optional<Contact>> contact) {
        var partner = own(caller);
        var form = enrolments.findByIdOptional(partner.tenantId());
        requireExists(id, partner, form);
        var named = contact.get();
        requireMayEnrol(partner);
        var primary = named.or(() -> Optional.ofNullable(form.get().primaryContact()))
                .or(() -> Optional.ofNullable(partner.primaryContact()).filter(known -> known.email() != null))
                .orElseThrow(() -> new DomainException(
                        PROFILE_NOT_CURRENT,
                        partner.tenantId(),
                        "primaryContact is neither in the form nor in the profile"));
        var now = clock.instant();
        var before = EnrolmentSnapshot.of(partner, form.get(), now);
        partner.submitEnrolment();
        form.get().submit(primary, now, approvalTime.after(now));
        approval.begin(partner, form.get());
        var after = EnrolmentSnapshot.of(partner, form.get(), now);
        record(caller, "submit_enrolment", before, after);
        return new View(partner, after, false);
    }

    /**
     * Accepts the indirect reseller agreement: the capabilities of a reseller begin (R12), those of direct-bill stay (R13-R15).
     * Errors: 900329, 900150, 2032, 1000, 800040.
     */
    @Transactional(MANDATORY)
    public View acceptAgreement(String id, Caller caller) {
        var partner = own(caller);
        var form = enrolments.findByIdOptional(partner.tenantId());
        requireExists(id, partner, form);
        var now = clock.instant();
        var before = EnrolmentSnapshot.of(partner, form.orElse(null), now);
        form.ifPresent(known -> approval.approveIfDue(partner, known));
        partner.acceptResellerAgreement();
        var enrolment = form.orElseGet(() -> Enrolment.start(partner.tenantId(), now));
        enrolment.activate(caller.userPrincipalName(), now);
        enrolments.persist(enrolment);
        incentives.scheduleInvitation(partner.tenantId());
        var after = EnrolmentSnapshot.of(partner, enrolment, now);
        record(caller, "accept_reseller_agreement", before, after);
        return new View(partner, after, false);
    }

    /** The present view of a partner's enrolment, for its programme info (R11). */
    EnrolmentSnapshot snapshot(Partner partner) {
        return EnrolmentSnapshot.of(partner, enrolments.findById(partner.tenantId()), clock.instant());
    }

    private Partner own(Caller caller) {
        caller.requirePartnerUser(ROLES);
        return partners.requireLocked(caller);
    }

    private static void requireExists(String id, Partner partner, Optional<Enrolment> form) {
        var none = form.isEmpty() && partner.indirectReseller() == ResellerStatus.NONE;
        if (none || !partner.tenantId().toString().equalsIgnoreCase(id)) {
            throw new DomainException(ENROLMENT_NOT_FOUND, id);
        }
    }

    /** R1-R3, R5. A revenue that nobody reported is not held against the partner. */
    private static void requireMayEnrol(Partner partner) {
        if (!partner.isDirectBill()) {
            throw new DomainException(DIRECT_BILL_REQUIRED, partner.tenantId());
        }
        partner.requireNotEnrolling();
        if (partner.revenueOfLast12Months() != null && partner.revenueOfLast12Months() < LEAST_REVENUE) {
            throw new DomainException(
                    REVENUE_TOO_LOW, partner.tenantId(), partner.revenueOfLast12Months(), LEAST_REVENUE);
        }
        if (partner.mpnId() == null) {
            throw new DomainException(
                    PROFILE_NOT_CURRENT, partner.tenantId(), "mpnId (PartnerID) is missing in the profile");
        }
    }

    private View view(Partner partner, Enrolment form) {
        return new View(partner, EnrolmentSnapshot.of(partner, form, clock.instant()), false);
    }

    private void record(Caller caller, String operation, EnrolmentSnapshot before, EnrolmentSnapshot after) {
        audit.record(
                caller,
                new AuditTrail.Change(null, "enrolment", caller.tenantId().toString(), operation, before, after));
    }
}
