package csp.directory.relationship;

import static csp.directory.relationship.CustomerAction.REMOVE_RELATIONSHIP;
import static csp.directory.relationship.CustomerRelationship.Via.INVITATION;
import static csp.shared.caller.Role.GLOBAL_ADMIN;
import static csp.shared.error.ErrorCode.INVALID_INPUT;
import static csp.shared.error.ErrorCode.NO_RELATIONSHIP;
import static csp.shared.error.ErrorCode.PARTNER_OF_CUSTOMER_NOT_FOUND;
import static csp.shared.error.ErrorCode.RELATIONSHIP_NOT_FOUND;
import static jakarta.transaction.Transactional.TxType.MANDATORY;
import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import csp.directory.partner.PartnerService;
import csp.directory.relationship.CustomerRelationship.Kind;
import csp.platform.audit.AuditRecord.Position;
import csp.platform.audit.AuditTrail;
import csp.platform.webhook.Notification;
import csp.platform.webhook.Notifications;
import csp.platform.webhook.WebhookEvent;
import csp.shared.caller.Caller;
import csp.shared.error.DomainException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Who is a partner of which customer: how that begins, what it allows, and both ways in which it ends. */
@ApplicationScoped
public class RelationshipService {

    /** Ids that a refusal names; there may be thousands. */
    private static final int MOST_NAMED = 10;

    private final RelationshipRepository relationships;
    private final PartnerService partners;
    private final AuditTrail audit;
    private final Notifications notifications;

    RelationshipService(
            RelationshipRepository relationships,
            PartnerService partners,
            AuditTrail audit,
            Notifications notifications) {
        this.relationships = relationships;
        this.partners = partners;
        this.audit = audit;
        this.notifications = notifications;
    }

    /** What the customer ended with a partner, as the audit shows it. */
    private record EndedByCustomer(UUID partnerId, Set<Kind> kinds) {}

    /** What a partner ended with a customer, as the audit shows it. */
    private record EndedByPartner(UUID customerId, UUID partnerId, List<String> relationships) {}

    /** Every relationship of the customer; none when there is no such customer. One query. */
    public CustomerRelationships of(UUID customerId) {
        return new CustomerRelationships(customerId, relationships.ofCustomer(customerId));
    }

    /**
     * Every relationship as the portal lists it, by name of the partner (lifecycle.md R36): for the customer itself and for
     * its partners. Errors: 2032 for a user of another customer, 20002 for a partner that is none of the customer's.
     */
    public List<PartnerOfCustomer> listed(UUID customerId, Caller caller) {
        var related = of(customerId);
        if (caller.ofCustomer()) {
            caller.requireUserOf(customerId);
        } else {
            related.require(caller.tenantId());
        }
        if (related.all().isEmpty()) {
            return List.of();
        }
        var known = partners.byTenantId(
                related.all().stream().map(CustomerRelationship::partnerId).collect(toSet()));
        return related.all().stream()
                .map(each -> new PartnerOfCustomer(
                        known.get(each.partnerId()),
                        each.kind(),
                        each.counterpartId(),
                        each.hasDelegatedAdmin(),
                        each.via()))
                .sorted(comparing((PartnerOfCustomer each) -> each.partner().name())
                        .thenComparing(each -> each.partner().tenantId())
                        .thenComparing(PartnerOfCustomer::kind))
                .toList();
    }

    /**
     * Keeps the partner and the customer together until the transaction ends, for whoever gives the partner something to look
     * after there. {@link #endByPartner} waits, and then finds what was given; after it, this is refused. One query.
     *
     * @throws DomainException 20002 when they are no longer related
     */
    @Transactional(MANDATORY)
    public void hold(UUID customerId, UUID partnerId) {
        if (relationships.hold(customerId, partnerId) == 0) {
            throw new DomainException(NO_RELATIONSHIP, partnerId, customerId);
        }
    }

    /** Waits for everybody that holds a relationship of the customer, for whoever removes the customer itself. One query. */
    @Transactional(MANDATORY)
    public void takeAll(UUID customerId) {
        relationships.takeAll(customerId);
    }

    /** A provider that becomes one of a customer's. */
    public record Extension(UUID customerId, UUID providerId) {}

    /**
     * Makes the providers indirect providers of the reseller's customers: with a copy of the bill-to, without delegated
     * administration (lifecycle.md R33, R35). Whether they may is for the caller to know. One statement.
     *
     * @return those that are new; the others were there, whoever was faster
     */
    @Transactional(MANDATORY)
    public Set<Extension> extend(UUID resellerId, List<Extension> extensions) {
        return extensions.isEmpty()
                ? Set.of()
                : relationships
                        .extend(
                                resellerId,
                                extensions.stream().map(Extension::customerId).toArray(UUID[]::new),
                                extensions.stream().map(Extension::providerId).toArray(UUID[]::new))
                        .stream()
                        .map(row -> new Extension(row.get(0, UUID.class), row.get(1, UUID.class)))
                        .collect(toSet());
    }

    /**
     * The customer accepted the partner by an invitation (lifecycle.md R38, R69). A relationship that is there already
     * keeps its counterpart and what it may do, and gains what is new.
     *
     * @param counterpartId the provider of a reseller or the reseller of a provider; null for a direct reseller
     */
    @Transactional(MANDATORY)
    public void relateByInvitation(
            UUID customerId, UUID partnerId, Kind kind, UUID counterpartId, boolean delegatedAdmin) {
        relationships.relate(customerId, partnerId, kind, counterpartId, delegatedAdmin, INVITATION);
    }

    /** Stores the relationships of a new customer, at once. */
    @Transactional(MANDATORY)
    public void add(Collection<CustomerRelationship> added) {
        relationships.persist(added);
        relationships.flush();
    }

    /**
     * A Global admin of the customer ends everything with one partner. What the customer bought through it stays with
     * it, and an open transfer stays open. Errors: 2032 for anybody but a user of the customer, 900150, 1000 for a
     * partner that is none of the customer's.
     *
     * @param partner as the path names it
     */
    @Transactional(MANDATORY)
    public void endByCustomer(UUID customerId, String partner, Optional<UUID> partnerId, Caller caller) {
        caller.requireUserOf(customerId);
        caller.requireAnyOf(Set.of(GLOBAL_ADMIN));
        var related = of(customerId);
        var kinds = partnerId.map(related::kindsOf).orElse(Set.of());
        if (kinds.isEmpty() || !relationships.end(customerId, partnerId.get())) {
            throw new DomainException(PARTNER_OF_CUSTOMER_NOT_FOUND, partner, customerId);
        }
        var recorded = recordEnd(
                caller, customerId, partnerId.get(), new EndedByCustomer(partnerId.get(), kinds), partnerId.get());
        if (related.isDelegatedAdmin(partnerId.get())) {
            notifications.publish(List.of(Notification.ofDelegatedAdministration(
                    partnerId.get(), WebhookEvent.DAP_ADMIN_RELATIONSHIP_TERMINATED, recorded)));
        }
    }

    /**
     * The partner gives the customer up (storefront.md §1.4). Its other partners keep it; what the partner held of it stays
     * suspended. Errors, in this order: 900329, 404 code 3000 where there is nothing to give up (W25), 2032 for a reseller (lifecycle.md §6), 900150 for all but global admins,
     * those of the body, 800002 while subscriptions are in the way.
     *
     * @param checkBody refuses a body that asks for something else
     * @param inTheWay ids of what the partner must end before; asked for once nothing new can come to it
     */
    @Transactional(MANDATORY)
    public void endByPartner(UUID customerId, Caller caller, Runnable checkBody, Supplier<List<UUID>> inTheWay) {
        caller.requireUser();
        var partnerId = caller.tenantId();
        var related = of(customerId);
        if (related.kindsOf(partnerId).isEmpty()) {
            throw new DomainException(RELATIONSHIP_NOT_FOUND, partnerId, customerId);
        }
        related.requirePermitted(partnerId, REMOVE_RELATIONSHIP);
        caller.requireAnyOf(Set.of(GLOBAL_ADMIN));
        checkBody.run();
        if (relationships.take(customerId, partnerId) == 0) {
            throw new DomainException(RELATIONSHIP_NOT_FOUND, partnerId, customerId);
        }
        var left = inTheWay.get();
        if (!left.isEmpty()) {
            throw new DomainException(
                    INVALID_INPUT,
                    "the relationship with customer %s cannot be removed while these subscriptions are not suspended or cancelled: %s."
                            .formatted(
                                    customerId,
                                    left.stream()
                                            .limit(MOST_NAMED)
                                            .map(UUID::toString)
                                            .collect(joining(", "))));
        }
        var kinds = related.kindsOf(partnerId).stream().map(Enum::name).sorted().toList();
        recordEnd(caller, customerId, partnerId, new EndedByPartner(customerId, partnerId, kinds));
        relationships.end(customerId, partnerId);
    }

    private Position recordEnd(Caller caller, UUID customerId, UUID partnerId, Object before, UUID... others) {
        return audit.record(
                caller,
                new AuditTrail.Change(
                        customerId,
                        "partner_customer_relationship",
                        partnerId.toString(),
                        "remove_partner_customer_relationship",
                        before,
                        null),
                others);
    }
}
