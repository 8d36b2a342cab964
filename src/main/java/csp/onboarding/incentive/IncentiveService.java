package csp.onboarding.incentive;

import static csp.shared.caller.Role.GLOBAL_ADMIN;
import static jakarta.transaction.Transactional.TxType.MANDATORY;

import csp.directory.partner.Partner;
import csp.directory.partner.PartnerService;
import csp.platform.audit.AuditTrail;
import csp.platform.jobs.JobHandler;
import csp.platform.jobs.Jobs;
import csp.platform.mail.Letter;
import csp.platform.mail.Outbox;
import csp.shared.caller.Caller;
import csp.shared.caller.Role;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Incentives of resellers and of direct-bill partners (lifecycle.md R66-R68). */
@ApplicationScoped
public class IncentiveService implements JobHandler {

    static final Duration LONGEST_DELAY = Duration.ofDays(30);

    private static final String KIND = "incentive-invitation";
    private static final Set<Role> ROLES = Set.of(GLOBAL_ADMIN);

    private final IncentiveRepository incentives;
    private final PartnerService partners;
    private final Jobs jobs;
    private final Outbox outbox;
    private final AuditTrail audit;
    private final Clock clock;
    private final IncentiveConfig config;

    IncentiveService(
            IncentiveRepository incentives,
            PartnerService partners,
            Jobs jobs,
            Outbox outbox,
            AuditTrail audit,
            Clock clock,
            IncentiveConfig config) {
        this.incentives = incentives;
        this.partners = partners;
        this.jobs = jobs;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
        this.config = config;
    }

    void check(@Observes StartupEvent event) {
        if (config.invitationDelay().isNegative() || config.invitationDelay().compareTo(LONGEST_DELAY) > 0) {
            throw new IllegalStateException(
                    "csp.incentives.invitation-delay must be P0D to P30D, not " + config.invitationDelay());
        }
    }

    /** After a successful enrolment as reseller: the invitation goes out within 30 days (R66). */
    @Transactional(MANDATORY)
    public void scheduleInvitation(UUID partnerId) {
        var incentive = incentives.of(partnerId, IncentiveProgram.INDIRECT_RESELLER);
        incentive.scheduleInvitation(clock.instant().plus(config.invitationDelay()));
        incentives.persist(incentive);
        jobs.schedule(KIND, partnerId.toString(), incentive.invitationDue());
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** Mails the invitation to the partner programme account, not to the contact of the enrolment (R67). */
    @Transactional
    @Override
    public Optional<Instant> run(String id) {
        return partners.locked(UUID.fromString(id)).flatMap(this::invite);
    }

    private Optional<Instant> invite(Partner partner) {
        var incentive = incentives.of(partner.tenantId(), IncentiveProgram.INDIRECT_RESELLER);
        if (!incentive.isInvitationOpen() || !partner.isEnrolledReseller()) {
            return Optional.empty(); // invited before, or a reseller no more (R19)
        }
        var now = clock.instant();
        if (now.isBefore(incentive.invitationDue())) {
            return Optional.of(incentive.invitationDue()); // the clock was set back
        }
        incentive.invite(now);
        if (partner.programAccountEmail() != null) {
            outbox.send(new Letter(
                    partner.programAccountEmail(),
                    KIND,
                    Map.of("name", partner.name(), "tenantId", partner.tenantId())));
        }
        return Optional.empty();
    }

    /** Where the calling partner stands in every programme. Error 2032. */
    public List<IncentiveSnapshot> list(Caller caller) {
        var partner = partners.require(caller);
        return Stream.of(IncentiveProgram.values())
                .map(program ->
                        IncentiveSnapshot.of(incentives.of(partner.tenantId(), program), partner, clock.instant()))
                .toList();
    }

    /**
     * Enrols the calling partner for one programme, and for no other (R68). Errors: 900329, 900150, 2032, 800002, 900126,
     * 800040.
     *
     * @param program asked for only once the caller is known to have a right to the operation
     */
    @Transactional(MANDATORY)
    public IncentiveSnapshot enrol(Caller caller, Supplier<IncentiveProgram> program) {
        caller.requirePartnerUser(ROLES);
        var wanted = program.get();
        var partner = partners.requireLocked(caller);
        var incentive = incentives.of(partner.tenantId(), wanted);
        var now = clock.instant();
        var before = IncentiveSnapshot.of(incentive, partner, now);
        incentive.enrol(caller.userPrincipalName(), now, partner);
        incentives.persist(incentive);
        var after = IncentiveSnapshot.of(incentive, partner, now);
        audit.record(
                caller,
                new AuditTrail.Change(null, "incentive", wanted.wireName, "enrol_for_incentive", before, after));
        return after;
    }
}
