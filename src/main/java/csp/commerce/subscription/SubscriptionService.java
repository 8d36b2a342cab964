package csp.commerce.subscription;

import static csp.commerce.subscription.SubscriptionStatus.ACTIVE;
import static csp.directory.relationship.CustomerAction.SEE_SUBSCRIPTIONS;
import static csp.shared.caller.Role.ADMIN_AGENT;
import static csp.shared.caller.Role.GLOBAL_ADMIN;
import static csp.shared.caller.Role.SALES_AGENT;
import static csp.shared.error.ErrorCode.PARENT_INACTIVE;
import static csp.shared.error.ErrorCode.PARTNER_ID_NOT_A_RESELLER;
import static csp.shared.error.ErrorCode.PARTNER_ID_NOT_FOUND;
import static csp.shared.error.ErrorCode.SUBSCRIPTION_NOT_FOUND;
import static jakarta.transaction.Transactional.TxType.MANDATORY;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import csp.directory.partner.Partner;
import csp.directory.partner.PartnerService;
import csp.directory.relationship.RelationshipService;
import csp.platform.audit.AuditTrail;
import csp.shared.caller.Caller;
import csp.shared.caller.Role;
import csp.shared.error.DomainException;
import csp.shared.storage.PlainSql;
import csp.shared.storage.SqlStatement;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** What other features ask of subscriptions. */
@ApplicationScoped
public class SubscriptionService {

    /** The roles that may change what a customer pays for. */
    private static final Set<Role> SELLERS = Set.of(GLOBAL_ADMIN, ADMIN_AGENT, SALES_AGENT);

    private final SubscriptionRepository subscriptions;
    private final CandidateReadings candidates;
    private final RelationshipService relationships;
    private final PartnerService partners;
    private final TransferClaims claims;
    private final AuditTrail audit;
    private final SubscriptionAnnouncements announcements;
    private final PlainSql sql;

    SubscriptionService(
            SubscriptionRepository subscriptions,
            CandidateReadings candidates,
            RelationshipService relationships,
            PartnerService partners,
            TransferClaims claims,
            AuditTrail audit,
            SubscriptionAnnouncements announcements,
            PlainSql sql) {
        this.subscriptions = subscriptions;
        this.candidates = candidates;
        this.relationships = relationships;
        this.partners = partners;
        this.claims = claims;
        this.audit = audit;
        this.announcements = announcements;
        this.sql = sql;
    }

    /** What the partner sees of the customer, oldest first. One query. */
    public List<Subscription> listed(UUID customerId, UUID partnerId) {
        return subscriptions.listed(customerId, partnerId);
    }

    /** As {@link #listed}, no more than tells whether they may move, and which open transfer holds each. One query. */
    public List<ListedCandidate> listedCandidates(UUID customerId, UUID partnerId) {
        return candidates.listed(customerId, partnerId);
    }

    /** What the partner sees of each of its customers, oldest first; none for a customer without. One query. */
    public Map<UUID, List<Subscription>> listedOfAllCustomers(UUID partnerId) {
        return subscriptions.listedOfAllCustomers(partnerId).stream().collect(groupingBy(Subscription::customerId));
    }

    /** Those of {@code ids} that there are, by id, whoever holds them. One query. */
    public Map<UUID, Subscription> byId(Collection<UUID> ids) {
        return subscriptions.all(ids).stream().collect(toMap(Subscription::id, identity()));
    }

    /** How many active subscriptions a customer has, whichever partner holds them. One query. */
    public long active(UUID customerId) {
        return subscriptions.count("customerId = ?1 and status = ?2", customerId, ACTIVE);
    }

    /** As {@link #active}, by customer, for all customers of a partner that have any. One query. */
    public Map<UUID, Long> activeOfAllCustomers(UUID partnerId) {
        return subscriptions.activeOfAllCustomers(partnerId);
    }

    /** The one that the partner sees of the customer. One query. Error 20003. */
    public Subscription listed(UUID customerId, UUID partnerId, UUID id) {
        return subscriptions
                .listed(customerId, partnerId, id)
                .orElseThrow(() -> new DomainException(SUBSCRIPTION_NOT_FOUND, id));
    }

    /** The add-ons of a base that the partner sees of the customer, oldest first. One query. Error 20003 without the base. */
    public List<Subscription> addons(UUID customerId, UUID partnerId, UUID baseId) {
        var family = subscriptions.basesWithAddons(customerId, partnerId, List.of(baseId));
        if (family.stream().noneMatch(member -> member.id().equals(baseId))) {
            throw new DomainException(SUBSCRIPTION_NOT_FOUND, baseId);
        }
        return family.stream()
                .filter(Subscription::isAddon)
                .filter(addon -> addon.parentSubscriptionId().equals(baseId))
                .toList();
    }

    /**
     * Changes a subscription; nothing changes when it is refused. An open transfer does not stop the change (TR10) unless it
     * holds the subscription for itself alone (W71). Add-ons are left as they are when their base is suspended. Errors, in this
     * order: 20002, 2032, 20003, 900150, those of the body, 900278, those of {@link Subscription#update}, 800015, 800016, 27009,
     * 900104 for a lost race.
     *
     * @param body asked for only once the caller is known to have a right to the operation
     */
    @Transactional(MANDATORY)
    public Subscription update(UUID customerId, UUID id, Caller caller, Supplier<SubscriptionChange> body) {
        relationships.of(customerId).requirePermitted(caller.tenantId(), SEE_SUBSCRIPTIONS);
        var subscription = listed(customerId, caller.tenantId(), id);
        caller.requireAnyOf(SELLERS);
        var change = body.get();
        claims.requireChangeable(id);
        var before = SubscriptionSnapshot.of(subscription);
        subscription.update(change);
        var after = SubscriptionSnapshot.of(subscription);
        if (after.equals(before)) {
            return subscription;
        }
        if (!Objects.equals(after.partnerId(), before.partnerId())) {
            requireResellers(List.of(after.partnerId()));
        }
        if (subscription.status() == ACTIVE && !after.status().equals(before.status())) {
            partners.keepInDirectBill(partners.require(caller));
            relationships.hold(customerId, caller.tenantId());
            if (subscription.isAddon()) {
                requireActiveBase(subscription);
            }
        }
        subscriptions.flush(); // now, not at commit: the answer carries the new etag
        claims.requireChangeable(id); // writing it may have waited for an acceptance
        var recorded = audit.record(
                caller,
                new AuditTrail.Change(customerId, "subscription", id.toString(), "update_subscription", before, after));
        announcements.updated(customerId, caller.tenantId(), List.of(id), recorded);
        return subscription;
    }

    /**
     * The partners on record must be known, and then enrolled resellers (TR23, D11). No query without any, else one. Errors:
     * 800015, 800016.
     */
    public void requireResellers(Collection<String> partnerIds) {
        requireResellers(partnerIds, partners.byMpnId(Set.copyOf(partnerIds)));
    }

    /**
     * As {@link #requireResellers(Collection)}, without a query.
     *
     * @param known partners by their PartnerID, those of {@code partnerIds} that there are among them
     */
    public void requireResellers(Collection<String> partnerIds, Map<String, Partner> known) {
        for (var partnerId : partnerIds) {
            if (!known.containsKey(partnerId)) {
                throw new DomainException(PARTNER_ID_NOT_FOUND, partnerId);
            }
        }
        for (var partnerId : partnerIds) {
            if (!known.get(partnerId).isEnrolledReseller()) {
                throw new DomainException(PARTNER_ID_NOT_A_RESELLER, partnerId);
            }
        }
    }

    private void requireActiveBase(Subscription addon) {
        var base = subscriptions.findById(addon.parentSubscriptionId());
        if (base.status() != ACTIVE) {
            throw new DomainException(PARENT_INACTIVE, addon.id(), base.id());
        }
    }

    /**
     * Bases with all their add-ons.
     *
     * @param subscriptions oldest first
     * @param openTransfers that hold some of them, by subscription
     */
    public record Families(List<Subscription> subscriptions, Map<UUID, UUID> openTransfers) {}

    /**
     * Those of {@code ids} that the partner sees of the customer, with all their add-ons: when this returns, and until the transaction
     * ends, nobody moves them and nobody buys an add-on for them. What happened just before that, {@link TransferClaims#requireHeld}
     * finds out. One round trip.
     */
    @Transactional(MANDATORY)
    public Families familiesTaken(UUID customerId, UUID partnerId, List<UUID> ids) {
        var families = subscriptions.families(customerId, partnerId, ids);
        var holders = subscriptions.holders(customerId, partnerId, ids);
        sql.together(families, holders);
        return new Families(
                families.outcome(),
                holders.outcome().stream()
                        .filter(holder -> holder.getValue() != null)
                        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /**
     * Those of {@code ids} that are bases which the partner sees of the customer, by id: until the transaction ends nobody
     * changes them, moves them or puts them into a transfer. One query.
     */
    @Transactional(MANDATORY)
    public Map<UUID, Subscription> basesKeptAsTheyAre(UUID customerId, UUID partnerId, Collection<UUID> ids) {
        return subscriptions.basesKeptAsTheyAre(customerId, partnerId, ids).stream()
                .collect(toMap(Subscription::id, identity()));
    }

    /**
     * By id, locked until the transaction ends, always in the same order so that two callers cannot block each other. One
     * query.
     */
    @Transactional(MANDATORY)
    public Map<UUID, Subscription> locked(Collection<UUID> ids) {
        return subscriptions.lockedInOrder(ids).stream().collect(toMap(Subscription::id, identity()));
    }

    /** As {@link #locked}, for whoever stores by {@link #leavingBehind} what becomes of them: nobody else looks for it. One query. */
    @Transactional(MANDATORY)
    public Map<UUID, Subscription> taken(Collection<UUID> ids) {
        return subscriptions.taken(ids).stream().collect(toMap(Subscription::id, identity()));
    }

    /**
     * Those of {@code ids} that the partner sees of the customer, with all their add-ons, as they are now and locked until the
     * transaction ends, always in the same order so that two callers cannot block each other. One query.
     */
    @Transactional(MANDATORY)
    public List<Subscription> basesWithAddonsLocked(UUID customerId, UUID partnerId, Collection<UUID> ids) {
        return subscriptions.basesWithAddonsLocked(customerId, partnerId, ids);
    }

    /** Those of these products that the customer has, through whichever partner, but for what moved away. One query. */
    public List<Subscription> ofProducts(UUID customerId, Set<Product> products) {
        return subscriptions.ofProducts(customerId, products);
    }

    /**
     * What keeps the partner from giving the customer up, oldest first: what is active, and what only a cancellation ends
     * (storefront.md §1.4, D16). One query.
     */
    public List<Subscription> stillHeld(UUID customerId, UUID partnerId) {
        return subscriptions.stillHeld(customerId, partnerId);
    }

    /** What only a cancellation ends, of the whole customer, oldest first: it keeps the customer from being deleted. One query. */
    public List<Subscription> toCancel(UUID customerId) {
        return subscriptions.toCancel(customerId);
    }

    /** As {@link #stillHeld}, how many of all customers: what keeps the partner in direct-bill (lifecycle.md R58). One query. */
    public long countStillHeld(UUID partnerId) {
        return subscriptions.countStillHeld(partnerId);
    }

    /** Stores what {@link Subscription#continueAs} made, bases before their add-ons: one statement, to be sent with others. */
    public SqlStatement<Integer> adding(List<Subscription> continuations) {
        return subscriptions.adding(continuations);
    }

    /** Stores what {@link Subscription#continueAs} made of those of {@link #taken}: one statement, to be sent with others. */
    public SqlStatement<Integer> leavingBehind(List<Subscription> moved) {
        return subscriptions.leavingBehind(moved);
    }

    /** Stores new subscriptions, bases before their add-ons. */
    @Transactional(MANDATORY)
    public void add(Collection<Subscription> added) {
        subscriptions.persist(added);
    }
}
