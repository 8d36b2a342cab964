package csp.onboarding.invitation;

import static csp.directory.relationship.CustomerRelationship.Kind.DIRECT_RESELLER;
import static csp.directory.relationship.CustomerRelationship.Kind.INDIRECT_PROVIDER;
import static csp.directory.relationship.CustomerRelationship.Kind.INDIRECT_RESELLER;
import static csp.shared.caller.Role.ADMIN_AGENT;
import static csp.shared.caller.Role.GLOBAL_ADMIN;
import static csp.shared.caller.Role.SALES_AGENT;
import static csp.shared.error.ErrorCode.DIRECT_BILL_NOT_ACTIVE;
import static csp.shared.error.ErrorCode.INVALID_INPUT;
import static csp.shared.error.ErrorCode.INVITATION_NOT_FOUND;
import static csp.shared.error.ErrorCode.NOT_A_PROVIDER_OF;
import static csp.shared.error.ErrorCode.NOT_THE_INVITER;
import static csp.shared.error.ErrorCode.REGION_DIFFERS;
import static csp.shared.error.ErrorCode.RESELLER_NOT_ENROLLED;
import static jakarta.transaction.Transactional.TxType.MANDATORY;

import csp.directory.customer.Customer;
import csp.directory.customer.CustomerService;
import csp.directory.partner.Partner;
import csp.directory.partner.PartnerService;
import csp.directory.partner.Region;
import csp.directory.relationship.CustomerRelationships;
import csp.directory.relationship.RelationshipService;
import csp.platform.audit.AuditRecord.Position;
import csp.platform.audit.AuditTrail;
import csp.platform.mail.Letter;
import csp.platform.mail.Outbox;
import csp.platform.webhook.Notification;
import csp.platform.webhook.Notifications;
import csp.platform.webhook.WebhookEvent;
import csp.shared.caller.Caller;
import csp.shared.caller.Role;
import csp.shared.config.CspConfig;
import csp.shared.error.DomainException;
import csp.shared.error.Quoted;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a customer comes to a partner, or to a reseller and its provider at once (lifecycle.md R38-R41, R69, R77).
 */
@ApplicationScoped
public class InvitationService {

    /** Invitations to a reseller relationship; the combined one is for the first of them alone (identity.md §7). */
    private static final Set<Role> INVITING = Set.of(ADMIN_AGENT, SALES_AGENT);

    private static final Set<Role> INVITING_INDIRECTLY = Set.of(ADMIN_AGENT);
    private static final Set<Role> ACCEPTING = Set.of(GLOBAL_ADMIN);

    private final CustomerInvitationRepository invitations;
    private final PartnerService partners;
    private final CustomerService customers;
    private final RelationshipService relationships;
    private final Outbox outbox;
    private final AuditTrail audit;
    private final Notifications notifications;
    private final Clock clock;
    private final CspConfig config;

    InvitationService(
            CustomerInvitationRepository invitations,
            PartnerService partners,
            CustomerService customers,
            RelationshipService relationships,
            Outbox outbox,
            AuditTrail audit,
            Notifications notifications,
            Clock clock,
            CspConfig config) {
        this.invitations = invitations;
        this.partners = partners;
        this.customers = customers;
        this.relationships = relationships;
        this.outbox = outbox;
        this.audit = audit;
        this.notifications = notifications;
        this.clock = clock;
        this.config = config;
    }

    /** What an audit record tells; the token is a secret. */
    private record Snapshot(
            InvitationKind kind,
            CustomerInvitationStatus status,
            UUID resellerId,
            UUID providerId,
            UUID customerId,
            String customerEmail) {}

    /** The two partners of an offer, the second null without a provider. */
    private record InvitingPartners(Partner reseller, Partner provider) {}

    /**
     * The calling partner invites a customer; with an address of it, the mail goes out (R39). A text with the link of
     * an invitation that the partner made before and nobody was sent is the edited draft of that one, which goes out
     * then. Errors, in this order: 900329, 2032, 900150, 800002, then 800039 for a partner without unrestricted
     * direct-bill capabilities that asks for a direct relationship (R63), or 900137 and 20002 for a reseller that is
     * not enrolled or does not work with the provider (R38).
     *
     * @param body asked for only once the caller is known to have a right to some invitation
     */
    @Transactional(MANDATORY)
    public Invitation invite(Caller caller, Supplier<InvitationRequest> body) {
        caller.requirePartnerUser(INVITING);
        var request = body.get();
        if (request.kind() == InvitationKind.INDIRECT_RESELLER) {
            caller.requireAnyOf(INVITING_INDIRECTLY);
        }
        var offer = new OfferedRelationship(request.kind(), caller.tenantId(), request.providerId());
        var parties = requireAble(offer, caller);
        return request.mailText() == null || InvitationLetter.hasPlaceholder(request.mailText())
                ? create(offer, parties, caller, request.customerEmail(), request.mailText())
                : send(offer, parties, caller, request.customerEmail(), request.mailText());
    }

    /**
     * An invitation that the calling partner sends itself, the present one or else a new one; the caller is one of the two
     * partners of the offer. Errors: 900329, 2032, 900150, those of the offer, and the rules of {@link #invite}.
     *
     * @param wanted asked for only once the caller is known to have a right to the operation
     */
    @Transactional(MANDATORY)
    public Invitation link(Caller caller, Supplier<OfferedRelationship> wanted) {
        caller.requirePartnerUser(INVITING);
        var offer = wanted.get();
        var parties = requireAble(offer, caller);
        return invitations
                .unsent(offer, caller.tenantId(), clock.instant())
                .map(found -> view(found, parties))
                .orElseGet(() -> create(offer, parties, caller, null, null));
    }

    /** For its partners, and for every customer's user who has the link. Error 1000. */
    public Invitation get(String token, Caller caller) {
        return view(invitations
                .withToken(token)
                .filter(found -> isVisible(found, caller))
                .orElseThrow(() -> new DomainException(INVITATION_NOT_FOUND, token)));
    }

    /**
     * A Global admin of a customer takes the offer: the reseller and, if there is one, the provider are its partners
     * from now on, with one acceptance (R41). Errors, in this order: 1000, 2032, 900150, 800040, 900137 and 20002 when
     * the two partners do not work together any more, 2030 for a partner of another region (R77).
     */
    @Transactional(MANDATORY)
    public Invitation accept(String token, Caller caller) {
        var invitation = locked(token, caller);
        var customer = customers.require(caller);
        caller.requireAnyOf(ACCEPTING);
        var now = clock.instant();
        invitation.require(CustomerInvitationStatus.ACCEPTED, now);
        var before = snapshot(invitation);
        var offer = invitation.offer();
        var parties = parties(offer);
        requireSameRegion(parties.reseller, customer);
        var related = relationships.of(customer.tenantId());
        if (parties.provider == null) {
            relationships.relateByInvitation(
                    customer.tenantId(), invitation.resellerId(), DIRECT_RESELLER, null, false);
        } else {
            requireWorkingTogether(offer, parties);
            requireSameRegion(parties.provider, customer);
            relationships.relateByInvitation(
                    customer.tenantId(), invitation.providerId(), INDIRECT_PROVIDER, invitation.resellerId(), true);
            relationships.relateByInvitation(
                    customer.tenantId(), invitation.resellerId(), INDIRECT_RESELLER, invitation.providerId(), true);
        }
        invitation.accept(customer.tenantId(), caller.userPrincipalName(), now);
        var recorded = record(caller, invitation, "create_partner_customer_relationship", before);
        notifyOfAcceptance(offer, customer.tenantId(), related, recorded);
        return view(invitation, parties);
    }

    /** @param before what there was between the customer and its partners */
    private void notifyOfAcceptance(
            OfferedRelationship offer, UUID customerId, CustomerRelationships before, Position recorded) {
        var direct = offer.kind() == InvitationKind.RESELLER;
        var accepted = direct
                ? WebhookEvent.RESELLER_RELATIONSHIP_ACCEPTED_BY_CUSTOMER
                : WebhookEvent.INDIRECT_RESELLER_RELATIONSHIP_ACCEPTED_BY_CUSTOMER;
        var news = new ArrayList<Notification>();
        for (var partner : direct ? List.of(offer.resellerId()) : List.of(offer.resellerId(), offer.providerId())) {
            news.add(Notification.of(
                    partner, accepted, null, customerId, null, "/v1/customers/" + customerId, "Customer", recorded));
            if (!direct && !before.isDelegatedAdmin(partner)) {
                news.add(Notification.ofDelegatedAdministration(
                        partner, WebhookEvent.DAP_ADMIN_RELATIONSHIP_APPROVED, recorded));
            }
        }
        notifications.publish(news);
    }

    /** The inviter takes it back. Errors, in this order: 900329, 1000, 2032, 900150, 800040. */
    @Transactional(MANDATORY)
    public Invitation withdraw(String token, Caller caller) {
        caller.requireUser();
        var invitation = locked(token, caller);
        caller.requirePartnerUser(INVITING);
        if (!invitation.inviterId().equals(caller.tenantId())) {
            throw new DomainException(NOT_THE_INVITER, caller.tenantId());
        }
        var before = snapshot(invitation);
        invitation.withdraw(caller.userPrincipalName(), clock.instant());
        record(caller, invitation, "withdraw_customer_invitation", before);
        return view(invitation);
    }

    private InvitingPartners requireAble(OfferedRelationship offer, Caller caller) {
        var parties = parties(offer);
        if (offer.kind() == InvitationKind.RESELLER) {
            parties.reseller.requireUnrestricted(caller.operation());
            if (!parties.reseller.isDirectBill() && !parties.reseller.isActiveProvider()) {
                throw new DomainException(DIRECT_BILL_NOT_ACTIVE, caller.tenantId());
            }
        } else {
            requireWorkingTogether(offer, parties);
        }
        return parties;
    }

    /** R38. */
    private void requireWorkingTogether(OfferedRelationship offer, InvitingPartners parties) {
        if (parties.reseller == null || !parties.reseller.isEnrolledReseller()) {
            throw new DomainException(RESELLER_NOT_ENROLLED, offer.resellerId());
        }
        if (parties.provider == null || !parties.provider.isActiveProvider()) {
            throw new DomainException(NOT_A_PROVIDER_OF, offer.providerId(), "is not an active indirect provider");
        }
        if (!partners.arePartnered(offer.providerId(), offer.resellerId())) {
            throw new DomainException(
                    NOT_A_PROVIDER_OF, offer.providerId(), "has no partnership with partner " + offer.resellerId());
        }
    }

    private Invitation create(
            OfferedRelationship offer, InvitingPartners parties, Caller caller, String customerEmail, String mailText) {
        var invitation = CustomerInvitation.of(offer, caller.tenantId(), customerEmail, clock.instant());
        var link = link(invitation);
        if (mailText != null) {
            invitation.write(InvitationLetter.withLink(mailText, link));
        }
        invitations.persistAndFlush(invitation);
        var created = view(invitation, parties);
        mail(created);
        record(caller, invitation, "create_customer_invitation", null);
        return created;
    }

    private Invitation send(
            OfferedRelationship offer, InvitingPartners parties, Caller caller, String customerEmail, String mailText) {
        var invitation = InvitationLetter.tokenIn(mailText)
                .flatMap(invitations::locked)
                .filter(found ->
                        found.isUnsent(offer, caller.tenantId(), clock.instant()) && mailText.contains(link(found)))
                .orElseThrow(() -> new DomainException(
                        INVALID_INPUT,
                        "mailText must keep the link, that of an invitation which nobody was sent or '%s', but is %s."
                                .formatted(InvitationLetter.PLACEHOLDER, Quoted.text(mailText))));
        var before = snapshot(invitation);
        invitation.write(mailText);
        invitation.sendTo(customerEmail);
        var sent = view(invitation, parties);
        mail(sent);
        record(caller, invitation, "update_customer_invitation", before);
        return sent;
    }

    private void mail(Invitation invitation) {
        if (invitation.customerEmail() != null) {
            outbox.send(new Letter(
                    invitation.customerEmail(),
                    "customer-invitation",
                    Map.of(
                            "reseller",
                            invitation.reseller().name(),
                            "text",
                            invitation.mailText(),
                            "link",
                            invitation.link())));
        }
    }

    private CustomerInvitation locked(String token, Caller caller) {
        return invitations
                .locked(token)
                .filter(found -> isVisible(found, caller))
                .orElseThrow(() -> new DomainException(INVITATION_NOT_FOUND, token));
    }

    /** Once a customer has accepted it, it is no other customer's business. */
    private static boolean isVisible(CustomerInvitation invitation, Caller caller) {
        return caller.ofCustomer()
                ? invitation.customerId() == null || invitation.customerId().equals(caller.tenantId())
                : invitation.isOf(caller.tenantId());
    }

    private static void requireSameRegion(Partner partner, Customer customer) {
        if (!partner.region().equals(Region.of(customer.country()))) {
            throw new DomainException(
                    REGION_DIFFERS,
                    partner.tenantId(),
                    partner.region(),
                    customer.tenantId(),
                    Region.of(customer.country()));
        }
    }

    private InvitingPartners parties(OfferedRelationship offer) {
        var known = partners.byTenantId(Stream.of(offer.resellerId(), offer.providerId())
                .filter(Objects::nonNull)
                .collect(Collectors.toSet()));
        return new InvitingPartners(
                known.get(offer.resellerId()), offer.providerId() == null ? null : known.get(offer.providerId()));
    }

    private Invitation view(CustomerInvitation invitation) {
        return view(invitation, parties(invitation.offer()));
    }

    private Invitation view(CustomerInvitation invitation, InvitingPartners parties) {
        var link = link(invitation);
        var text = invitation.mailText() == null
                ? InvitationLetter.withLink(InvitationLetter.draft(parties.reseller, parties.provider), link)
                : invitation.mailText();
        return new Invitation(
                invitation.token(),
                link,
                invitation.kind(),
                invitation.statusAt(clock.instant()),
                parties.reseller,
                parties.provider,
                invitation.customerEmail(),
                text,
                invitation.createdTime(),
                invitation.expirationTime(),
                invitation.customerId(),
                invitation.answeredTime());
    }

    /** The recorded parameters follow the token: whom it invites to, and whether with delegated administration. */
    private String link(CustomerInvitation invitation) {
        var indirect = invitation.kind() == InvitationKind.INDIRECT_RESELLER;
        return "%s/portal/v1/customerInvitations/%s?invType=%s&partnerId=%s&msppId=0%s&DAP=%s"
                .formatted(
                        config.publicUrl(),
                        invitation.token(),
                        invitation.kind().linkName,
                        invitation.resellerId(),
                        indirect ? "&indirectCSPId=" + invitation.providerId() : "",
                        indirect);
    }

    private Snapshot snapshot(CustomerInvitation invitation) {
        return new Snapshot(
                invitation.kind(),
                invitation.statusAt(clock.instant()),
                invitation.resellerId(),
                invitation.providerId(),
                invitation.customerId(),
                invitation.customerEmail());
    }

    private Position record(Caller caller, CustomerInvitation invitation, String operation, Snapshot before) {
        var others = Stream.of(invitation.inviterId(), invitation.resellerId(), invitation.providerId())
                .filter(Objects::nonNull)
                .filter(partner -> !partner.equals(caller.tenantId()))
                .distinct()
                .toArray(UUID[]::new);
        return audit.record(
                caller,
                new AuditTrail.Change(
                        invitation.customerId(),
                        "partner_customer_relationship",
                        null,
                        operation,
                        before,
                        snapshot(invitation)),
                others);
    }
}
