package csp.onboarding.partnership;

import static csp.shared.caller.Role.ADMIN_AGENT;
import static csp.shared.caller.Role.GLOBAL_ADMIN;
import static csp.shared.error.ErrorCode.INVITATION_FOR_ANOTHER;
import static csp.shared.error.ErrorCode.PARTNERSHIP_EXISTS;
import static csp.shared.error.ErrorCode.PARTNERSHIP_INVITATION_NOT_FOUND;
import static csp.shared.error.ErrorCode.PARTNERSHIP_NOT_FOUND;
import static csp.shared.error.ErrorCode.PARTNER_REGIONS_DIFFER;
import static csp.shared.error.ErrorCode.PROGRAM_NOT_ACTIVE;
import static csp.shared.error.ErrorCode.RESELLER_NOT_ENROLLED;
import static csp.shared.error.ErrorCode.RESELLER_TENANT_NOT_FOUND;
import static jakarta.transaction.Transactional.TxType.MANDATORY;

import csp.directory.partner.Contact;
import csp.directory.partner.Partner;
import csp.directory.partner.PartnerService;
import csp.platform.audit.AuditTrail;
import csp.platform.mail.Letter;
import csp.platform.mail.Outbox;
import csp.shared.caller.Caller;
import csp.shared.caller.Role;
import csp.shared.config.CspConfig;
import csp.shared.error.DomainException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** How providers and resellers come to work together, and stop it (lifecycle.md R22-R26). */
@ApplicationScoped
public class PartnershipService {

    private static final Set<Role> INVITING = Set.of(GLOBAL_ADMIN, ADMIN_AGENT);
    private static final Set<Role> ANSWERING = Set.of(GLOBAL_ADMIN);

    private final PartnershipInvitationRepository invitations;
    private final PartnerService partners;
    private final Outbox outbox;
    private final AuditTrail audit;
    private final Clock clock;
    private final CspConfig config;

    PartnershipService(
            PartnershipInvitationRepository invitations,
            PartnerService partners,
            Outbox outbox,
            AuditTrail audit,
            Clock clock,
            CspConfig config) {
        this.invitations = invitations;
        this.partners = partners;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
        this.config = config;
    }

    /**
     * Whom to invite.
     *
     * @param resellerTenantId null: whoever has the link may answer
     * @param resellerEmail null: the primary contact of the reseller gets the mail; without a reseller the provider sends the
     *        link itself
     */
    public record Invite(UUID resellerTenantId, String resellerEmail) {

        /** Nobody in particular. */
        public static final Invite WHOEVER = new Invite(null, null);
    }

    /** @param reseller null while it is for whoever has the link */
    public record SentInvitation(
            PartnershipInvitationSnapshot snapshot, String link, Partner provider, Partner reseller) {}

    /**
     * A provider offers a partnership; the link goes out by mail (R22). Errors: 900329, 2032, 900150, 800002, 900149, 60003,
     * 2201, 409 code 800002.
     *
     * @param request asked for only once the caller is known to have a right to the operation
     */
    @Transactional(MANDATORY)
    public SentInvitation invite(Caller caller, Supplier<Invite> request) {
        caller.requirePartnerUser(INVITING);
        var wanted = request.get();
        var provider = partners.require(caller);
        requireActive(provider);
        var reseller = wanted.resellerTenantId() == null
                ? null
                : partners.find(wanted.resellerTenantId())
                        .filter(found -> !found.tenantId().equals(provider.tenantId()))
                        .orElseThrow(() -> new DomainException(RESELLER_TENANT_NOT_FOUND, wanted.resellerTenantId()));
        if (reseller != null) {
            requireCompatible(provider, reseller);
            requireNotPartnered(provider, reseller);
        }
        var email = Optional.ofNullable(wanted.resellerEmail()).orElseGet(() -> emailOf(reseller));
        var invitation =
                PartnershipInvitation.of(provider.tenantId(), wanted.resellerTenantId(), email, clock.instant());
        invitations.persistAndFlush(invitation);
        var created = view(invitation, provider, reseller);
        if (email != null) {
            outbox.send(new Letter(
                    email,
                    "partnership-invitation",
                    Map.of(
                            "provider",
                            provider.name(),
                            "providerId",
                            provider.tenantId(),
                            "reseller",
                            reseller == null ? "your company" : reseller.name(),
                            "link",
                            created.link(),
                            "expires",
                            invitation.expirationTime().truncatedTo(ChronoUnit.SECONDS))));
        }
        record(caller, "create_partnership_invitation", null, created.snapshot(), others(created, caller));
        return created;
    }

    /**
     * For the provider, for the invited reseller, and while nobody answered it for whoever has the link. Errors: 2032, 1000.
     */
    public SentInvitation get(String token, Caller caller) {
        var own = partners.require(caller);
        var invitation = invitations
                .withToken(token)
                .filter(found -> isFor(found, own.tenantId()))
                .orElseThrow(() -> notFound(token));
        return view(invitation);
    }

    /**
     * A Global admin of the reseller takes the offer (R23): from now on the two work together (R24). Errors: 900329, 2032,
     * 900150, 1000, 800040, 900137, 900149, 2201, 409 code 800002.
     */
    @Transactional(MANDATORY)
    public SentInvitation accept(String token, Caller caller) {
        return answer(token, caller, (invitation, reseller, now) -> {
            var provider = partners.find(invitation.providerId()).orElseThrow();
            if (!reseller.isEnrolledReseller()) {
                throw new DomainException(RESELLER_NOT_ENROLLED, reseller.tenantId());
            }
            requireActive(provider);
            requireCompatible(provider, reseller);
            invitation.accept(reseller.tenantId(), caller.userPrincipalName(), now);
            if (!partners.partner(provider.tenantId(), reseller.tenantId())) {
                throw new DomainException(PARTNERSHIP_EXISTS, provider.tenantId(), reseller.tenantId());
            }
        });
    }

    /** A Global admin of the reseller does not want the partnership. Errors: 900329, 2032, 900150, 1000, 800040. */
    @Transactional(MANDATORY)
    public SentInvitation decline(String token, Caller caller) {
        return answer(
                token,
                caller,
                (invitation, reseller, now) ->
                        invitation.decline(reseller.tenantId(), caller.userPrincipalName(), now));
    }

    /** Either side ends it; customers keep the partners they have. Errors: 900329, 2032, 900150, 1000. */
    @Transactional(MANDATORY)
    public void remove(String partnerId, Optional<UUID> other, Caller caller) {
        caller.requirePartnerUser(ANSWERING);
        if (other.isEmpty() || !partners.part(caller.tenantId(), other.get())) {
            throw new DomainException(PARTNERSHIP_NOT_FOUND, caller.tenantId(), partnerId);
        }
        record(
                caller,
                "remove_partner_relationship",
                new EndedPartnership(caller.tenantId(), other.get()),
                null,
                other.get());
    }

    private record EndedPartnership(UUID removedBy, UUID partnerId) {}

    private interface Answer {
        void give(PartnershipInvitation invitation, Partner reseller, Instant now);
    }

    private SentInvitation answer(String token, Caller caller, Answer answer) {
        caller.requirePartnerUser(ANSWERING);
        var own = partners.require(caller);
        var invitation = invitations
                .locked(token)
                .filter(found -> isFor(found, own.tenantId()))
                .orElseThrow(() -> notFound(token));
        if (own.tenantId().equals(invitation.providerId())) {
            throw new DomainException(INVITATION_FOR_ANOTHER, own.tenantId());
        }
        var now = clock.instant();
        var before = PartnershipInvitationSnapshot.of(invitation, now);
        invitation.requireOpen(now);
        answer.give(invitation, own, now);
        var answered = view(invitation);
        var accepted = answered.snapshot().status() == PartnershipInvitationStatus.ACCEPTED;
        record(
                caller,
                accepted ? "create_partner_relationship" : "decline_partnership_invitation",
                before,
                answered.snapshot(),
                invitation.providerId());
        return answered;
    }

    /** One that names a reseller is nobody else's business. */
    private static boolean isFor(PartnershipInvitation invitation, UUID partnerId) {
        return invitation.resellerId() == null
                || invitation.resellerId().equals(partnerId)
                || invitation.providerId().equals(partnerId);
    }

    private static DomainException notFound(String token) {
        return new DomainException(PARTNERSHIP_INVITATION_NOT_FOUND, token);
    }

    private static void requireActive(Partner provider) {
        if (!provider.isActiveProvider()) {
            throw new DomainException(PROGRAM_NOT_ACTIVE, provider.tenantId());
        }
    }

    private static void requireCompatible(Partner provider, Partner reseller) {
        if (!provider.region().equals(reseller.region())) {
            throw new DomainException(
                    PARTNER_REGIONS_DIFFER,
                    provider.tenantId(),
                    provider.region(),
                    reseller.tenantId(),
                    reseller.region());
        }
    }

    private void requireNotPartnered(Partner provider, Partner reseller) {
        if (partners.arePartnered(provider.tenantId(), reseller.tenantId())) {
            throw new DomainException(PARTNERSHIP_EXISTS, provider.tenantId(), reseller.tenantId());
        }
    }

    private static String emailOf(Partner reseller) {
        return Optional.ofNullable(reseller)
                .map(Partner::primaryContact)
                .map(Contact::email)
                .orElse(null);
    }

    private SentInvitation view(PartnershipInvitation invitation) {
        var known = partners.byTenantId(
                invitation.resellerId() == null
                        ? List.of(invitation.providerId())
                        : List.of(invitation.providerId(), invitation.resellerId()));
        return view(invitation, known.get(invitation.providerId()), known.get(invitation.resellerId()));
    }

    private SentInvitation view(PartnershipInvitation invitation, Partner provider, Partner reseller) {
        return new SentInvitation(
                PartnershipInvitationSnapshot.of(invitation, clock.instant()),
                config.publicUrl() + "/portal/v1/partnershipInvitations/" + invitation.token(),
                provider,
                reseller);
    }

    private static UUID[] others(SentInvitation invitation, Caller caller) {
        return invitation.reseller() == null
                ? new UUID[0]
                : new UUID[] {invitation.reseller().tenantId()};
    }

    private void record(Caller caller, String operation, Object before, Object after, UUID... others) {
        audit.record(
                caller,
                new AuditTrail.Change(
                        null,
                        "partner_relationship",
                        others.length == 0 ? null : others[0].toString(),
                        operation,
                        withoutToken(before),
                        withoutToken(after)),
                others);
    }

    private static Object withoutToken(Object value) {
        return value instanceof PartnershipInvitationSnapshot invitation ? invitation.withoutToken() : value;
    }
}
