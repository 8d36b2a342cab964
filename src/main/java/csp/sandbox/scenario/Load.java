package csp.sandbox.scenario;

import static csp.sandbox.scenario.Difference.conflict;
import static csp.sandbox.scenario.ScenarioJson.refusal;
import static java.util.Locale.ROOT;
import static java.util.stream.Collectors.toMap;

import csp.commerce.agreement.CustomerAgreement;
import csp.directory.partner.ResellerStatus;
import csp.directory.relationship.CustomerRelationship;
import csp.onboarding.incentive.IncentiveProgram;
import csp.onboarding.invitation.CustomerInvitationStatus;
import csp.onboarding.invitation.InvitationKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One document on its way into the world: merges it with what is stored and keeps what is new until everything is checked. All kinds
 * are merged alike; what each refers to and must be beside that is checked here, and for the goods of a customer in {@link
 * CustomerGoods}.
 */
final class Load {

    /** The operator and the public client exist without a row and belong to nobody (design §2, §5). */
    private static final Set<UUID> RESERVED_CLIENTS = Set.of(
            UUID.fromString("e0000000-0000-4000-8000-0000000000fe"),
            UUID.fromString("e0000000-0000-4000-8000-0000000000ff"));

    /** How long a submitted enrolment at most waits for its approval (lifecycle.md R9): five working days. */
    private static final Duration APPROVAL = Duration.ofDays(7);

    private static final Set<Kind> HAVE_AN_ID = EnumSet.of(
            Kind.APPLICATIONS,
            Kind.PARTNERSHIP_INVITATIONS,
            Kind.CUSTOMER_INVITATIONS,
            Kind.EXTENSION_CONSENTS,
            Kind.SUBSCRIPTIONS,
            Kind.TRANSFERS);

    private static final Map<String, Object> FIRST_VERSION = Map.of("version", 1);

    private final Entry document;
    private final SecretHashes hashes;
    private final Instant now;
    private final Defaults defaults;
    private final Rows added = new Rows();
    private final Unique unique = new Unique();

    private final Entry stored;
    private final Map<UUID, Entry> storedPartners;
    /** The stored ones, then also those of the document. */
    private final Map<UUID, Entry> partners;

    private final Set<UUID> customers = new HashSet<>();
    private final Set<String> offers = new HashSet<>();
    private final Map<Kind, Map<Object, UUID>> owners = new EnumMap<>(Kind.class);
    private final Map<Object, UUID> userNames;
    private final Map<Object, UUID> claims;
    private final Set<UUID> movedAway = new HashSet<>();

    /**
     * @param document its shape is checked
     * @param now by the service's clock
     */
    Load(Connection connection, Entry document, SecretHashes hashes, Instant now) throws SQLException {
        this.document = document;
        this.hashes = hashes;
        this.now = now;
        defaults = new Defaults(now);
        List<UUID> customerIds = ids(Kind.CUSTOMERS);
        stored = StoredWorld.of(connection, ids(Kind.PARTNERS), customerIds);
        storedPartners = byId(stored.entries("partners"));
        partners = new HashMap<>(storedPartners);
        var ids = new StoredIds(connection);
        var users = users().toList();
        var userIds = users.stream().map(SecretHashes::idOf).toList();
        owners.put(Kind.PARTNER_USERS, ids.owners(Kind.PARTNER_USERS, userIds));
        owners.put(Kind.CUSTOMER_USERS, owners.get(Kind.PARTNER_USERS));
        for (var kind : HAVE_AN_ID) {
            owners.put(kind, ids.owners(kind, ids(kind)));
        }
        owners.put(Kind.ORDERS, ids.owners(Kind.ORDERS, orderIds()));
        userNames = ids.usersByName(users.stream()
                .map(user -> user.<String>get("userPrincipalName"))
                .filter(Objects::nonNull)
                .map(name -> name.toLowerCase(ROOT))
                .toList());
        claims = ids.claimsOfCustomers(customerIds);
        customers.addAll(customerIds);
        var invited = entries(Kind.CUSTOMER_INVITATIONS)
                .map(invitation -> invitation.<UUID>get("customer"))
                .filter(Objects::nonNull)
                .toList();
        ids.owners(Kind.CUSTOMERS, invited).keySet().forEach(id -> customers.add((UUID) id));
        Stream.concat(document.entries("offers").stream(), stored.entries("offers").stream())
                .forEach(offer -> offers.add(offer.get("offerId")));
    }

    /**
     * Writes what is new, all of it or nothing.
     *
     * @throws csp.shared.error.DomainException code 800002: 400 for what cannot be, 409 for what differs from what is stored
     */
    Counts run(Connection connection) throws SQLException {
        mergePartners();
        merge(Kind.PARTNERSHIPS, At.DOCUMENT, document, stored, null, this::add);
        mergeWhatPartnersDo();
        mergeCustomers();
        merge(Kind.OFFERS, At.DOCUMENT, document, stored, null, this::add);
        added.insert(connection);
        markMovedAway(connection);
        return Counts.of(added);
    }

    private Stream<Entry> entries(Kind kind) {
        return kind.parent == null
                ? document.entries(kind.list).stream()
                : document.entries(kind.parent.list).stream().flatMap(parent -> parent.entries(kind.list).stream());
    }

    private <T> List<T> ids(Kind kind) {
        return entries(kind).map(entry -> entry.<T>get(kind.key.get(0))).toList();
    }

    private Stream<Entry> users() {
        return Stream.concat(entries(Kind.PARTNER_USERS), entries(Kind.CUSTOMER_USERS));
    }

    /** Those that the document gives or refers to. */
    private Collection<String> orderIds() {
        return Stream.of(
                        entries(Kind.ORDERS).map(order -> order.<String>get("id")),
                        entries(Kind.SUBSCRIPTIONS).map(subscription -> subscription.<String>get("orderId")),
                        entries(Kind.TRANSFERS)
                                .flatMap(transfer -> transfer.entries("lineItems").stream())
                                .map(line -> line.<String>get("orderId")))
                .flatMap(Function.identity())
                .filter(Objects::nonNull)
                .toList();
    }

    private static Map<UUID, Entry> byId(List<Entry> tenants) {
        var byId = new HashMap<UUID, Entry>();
        tenants.forEach(tenant -> byId.put(tenant.get("tenantId"), tenant));
        return byId;
    }

    /**
     * Merges the entries of one list: new ones are taken up, equal ones are left alone, different ones refused.
     *
     * @param holder what holds the list in the document
     * @param before the same as stored; null when it is new
     * @param owner the parent, complete; null for the document
     * @param takeUp receives each new entry, complete, with its place
     */
    void merge(Kind kind, At at, Entry holder, Entry before, Entry owner, BiConsumer<At, New> takeUp) {
        var given = holder.entries(kind.list);
        if (given.isEmpty()) {
            return;
        }
        var ownerId = owner == null ? null : owner.<UUID>get("tenantId");
        var storedByKey = before == null
                ? Map.<List<Object>, Entry>of()
                : before.entries(kind.list).stream().collect(toMap(kind::keyOf, entry -> entry));
        for (var i = 0; i < given.size(); i++) {
            var here = at.of(kind.list).entry(i);
            var entry = defaults.complete(kind, given.get(i), owner);
            requireReferences(kind, here, entry, ownerId);
            unique.claim(
                    kind.key.size() == 1 ? here.of(kind.key.get(0)) : here, kind.noun, kind.nameOf(entry, ownerId));
            var same = storedByKey.get(kind.keyOf(entry));
            if (same == null) {
                refuseTaken(kind, here, entry, ownerId);
                takeUp.accept(here, new New(kind, given.get(i), entry, ownerId));
            } else {
                Difference.refuse(here, kind.subject(entry, ownerId), given.get(i), same);
                refuseOtherSecret(kind, here, entry, same);
            }
        }
    }

    /** An entry that is not stored yet, as it was given and complete. */
    record New(Kind kind, Entry given, Entry entry, UUID owner) {}

    private void refuseTaken(Kind kind, At at, Entry entry, UUID ownerId) {
        if (owners.containsKey(kind)) {
            Object id = entry.get(kind.key.get(0));
            var taken = owners.get(kind).get(id);
            if (taken != null) {
                throw switch (kind) {
                    case SUBSCRIPTIONS, TRANSFERS, ORDERS -> takenGoods(at.of("id"), kind, id, taken, ownerId);
                    default -> conflict("%s: '%s' belongs to %s already.", at.of(kind.key.get(0)), id, taken);
                };
            }
        }
    }

    /** Error 800002 when the order belongs to somebody already. */
    void refuseTakenOrder(At at, String id, UUID customer) {
        var taken = owners.get(Kind.ORDERS).get(id);
        if (taken != null) {
            throw takenGoods(at, Kind.ORDERS, id, taken, customer);
        }
    }

    private static RuntimeException takenGoods(At at, Kind kind, Object id, UUID taken, UUID customer) {
        return taken.equals(customer)
                ? conflict("%s: %s %s was withdrawn, its id is taken.", at, kind.noun, id)
                : conflict("%s: %s %s belongs to customer %s already.", at, kind.noun, id, taken);
    }

    /** What an entry refers to must be there, and can be so. */
    private void requireReferences(Kind kind, At at, Entry e, UUID owner) {
        switch (kind) {
            case PARTNER_USERS, CUSTOMER_USERS -> {
                refuseTwoSecrets(at, e, "password");
                List<?> roles = e.get("roles");
                if (Set.copyOf(roles).size() < roles.size()) {
                    throw refusal("%s: names a role twice.", at.of("roles"));
                }
            }
            case APPLICATIONS -> {
                refuseTwoSecrets(at, e, "clientSecret");
                if (RESERVED_CLIENTS.contains(e.<UUID>get("clientId"))) {
                    throw refusal("%s: %s is reserved.", at.of("clientId"), e.get("clientId"));
                }
            }
            case PARTNERSHIPS -> {
                requirePartners(at, e, "provider", "reseller");
                refuseSame(at.of("reseller"), e.get("reseller"), e.get("provider"), "provider");
            }
            case PARTNERSHIP_INVITATIONS -> {
                requirePartners(at, e, "reseller");
                refuseSame(at.of("reseller"), e.get("reseller"), owner, "provider");
            }
            case RELATIONSHIPS -> {
                requirePartners(at, e, "partner");
                requireCounterpart(at.of("reseller"), e, "reseller", CustomerRelationship.Kind.INDIRECT_PROVIDER);
                requireCounterpart(at.of("provider"), e, "provider", CustomerRelationship.Kind.INDIRECT_RESELLER);
            }
            case AGREEMENTS -> {
                requirePartners(at, e, "partner");
                if (e.get("method") == CustomerAgreement.Method.ATTESTATION && !e.has("partner")) {
                    throw refusal("%s: is required for the method attestation.", at.of("partner"));
                }
            }
            case EXTENSION_CONSENTS -> requirePartners(at, e, "provider", "partner");
            case SUBSCRIPTIONS, ORDERS -> requirePartners(at, e, "partner");
            case TRANSFERS -> {
                requirePartners(at, e, "source", "target");
                refuseSame(at.of("target"), e.get("target"), e.get("source"), "source");
            }
            case OFFERS -> {
                if (e.has("equivalentTo") && !offers.contains(e.<String>get("equivalentTo"))) {
                    throw refusal("%s: there is no offer %s.", at.of("equivalentTo"), e.get("equivalentTo"));
                }
            }
            case PARTNERS, CUSTOMERS, INCENTIVES, ENROLMENTS, CUSTOMER_INVITATIONS -> {
                // They refer to nothing, or are checked when they are new.
            }
        }
    }

    /** Error 800002 when one of those that are given is neither stored nor in the document. */
    private void requirePartners(At at, Entry entry, String... names) {
        for (var name : names) {
            if (entry.has(name)) {
                requirePartner(at.of(name), entry.get(name));
            }
        }
    }

    /** Error 800002 when the partner is neither stored nor in the document. */
    Entry requirePartner(At at, UUID id) {
        var partner = partners.get(id);
        if (partner == null) {
            throw refusal("%s: there is no partner %s.", at, id);
        }
        return partner;
    }

    private static void refuseSame(At at, UUID id, UUID other, String what) {
        if (other.equals(id)) {
            throw refusal("%s: %s is the %s itself.", at, id, what);
        }
    }

    private void requireCounterpart(At at, Entry relationship, String name, CustomerRelationship.Kind kind) {
        UUID counterpart = relationship.get(name);
        if (counterpart != null) {
            requirePartner(at, counterpart);
            if (relationship.get("kind") != kind) {
                throw refusal("%s: %s can be given for the kind %s only.", at, counterpart, Spelling.of(kind));
            }
            refuseSame(at, counterpart, relationship.get("partner"), "partner");
        }
    }

    private static void refuseTwoSecrets(At at, Entry holder, String plain) {
        if (holder.has(plain) && holder.has(plain + "Hash")) {
            throw refusal("%s: cannot be given together with %s.", at.of(plain + "Hash"), plain);
        }
    }

    private void refuseOtherSecret(Kind kind, At at, Entry given, Entry same) {
        if (kind != Kind.PARTNER_USERS && kind != Kind.CUSTOMER_USERS && kind != Kind.APPLICATIONS) {
            return;
        }
        var plain = SecretHashes.plainOf(given);
        String hash = given.get(SecretHashes.hashProperty(given));
        String storedHash = same.get(SecretHashes.hashProperty(same));
        if (plain != null && (storedHash == null || !hashes.matches(plain, storedHash))
                || hash != null && !hash.equals(storedHash)) {
            throw conflict("%s: %s is stored with another secret.", at, kind.subject(given, null));
        }
    }

    /** Takes up what needs no more than its rows. */
    private void add(At at, New one) {
        var e = one.entry();
        switch (one.kind()) {
            case PARTNER_USERS, CUSTOMER_USERS -> {
                claimName(at.of("userPrincipalName"), e.get("userPrincipalName"));
                hashSecret(e);
            }
            case APPLICATIONS -> hashSecret(e);
            case INCENTIVES -> {
                if (e.has("invitationDue")
                        && !e.has("invitedTime")
                        && e.get("program") == IncentiveProgram.INDIRECT_RESELLER) {
                    added.addJob("incentive-invitation", one.owner(), e.get("invitationDue"));
                }
            }
            case CUSTOMER_INVITATIONS -> requireParties(at, e);
            case EXTENSION_CONSENTS -> {
                if (e.<Instant>get("givenAt").isAfter(e.get("recordedTime"))) {
                    throw refusal("%s: must not be after recordedTime.", at.of("givenAt"));
                }
            }
            default -> {
                // Nothing more is asked of it.
            }
        }
        added.add(one.kind(), e, one.owner(), Map.of());
    }

    private void claimName(At at, String userPrincipalName) {
        var name = userPrincipalName.toLowerCase(ROOT);
        unique.claim(at, "user principal name", name);
        if (userNames.containsKey(name)) {
            throw conflict("%s: '%s' belongs to user %s already.", at, userPrincipalName, userNames.get(name));
        }
    }

    private void hashSecret(Entry holder) {
        var plain = SecretHashes.plainOf(holder);
        if (plain != null) {
            holder.set(SecretHashes.hashProperty(holder), hashes.hash(plain));
        }
    }

    private void requireParties(At at, Entry invitation) {
        requirePartners(at, invitation, "reseller");
        if ((invitation.get("kind") == InvitationKind.INDIRECT_RESELLER) != invitation.has("provider")) {
            throw refusal(
                    "%s: is for the kind %s, and for no other.",
                    at.of("provider"), Spelling.of(InvitationKind.INDIRECT_RESELLER));
        }
        if (invitation.has("provider")) {
            requirePartners(at, invitation, "provider");
            refuseSame(at.of("provider"), invitation.get("provider"), invitation.get("reseller"), "reseller");
        }
        if ((invitation.get("state") == CustomerInvitationStatus.ACCEPTED) != invitation.has("customer")) {
            throw refusal(
                    "%s: is for the state %s, and for no other.",
                    at.of("customer"), Spelling.of(CustomerInvitationStatus.ACCEPTED));
        }
        if (invitation.has("customer") && !customers.contains(invitation.<UUID>get("customer"))) {
            throw refusal("%s: there is no customer %s.", at.of("customer"), invitation.get("customer"));
        }
    }

    private void mergePartners() {
        var domains = new HashMap<String, UUID>();
        var mpnIds = new HashMap<String, UUID>();
        partners.forEach((id, partner) -> {
            domains.put(partner.<String>get("domain").toLowerCase(ROOT), id);
            mpnIds.put(partner.get("mpnId"), id);
        });
        merge(Kind.PARTNERS, At.DOCUMENT, document, stored, null, (at, one) -> {
            var partner = one.entry();
            var domain = partner.<String>get("domain");
            claimForPartner(at.of("domain"), "domain", domain, domain.toLowerCase(ROOT), domains);
            if (partner.has("mpnId")) {
                claimForPartner(at.of("mpnId"), "MPN id", partner.get("mpnId"), partner.get("mpnId"), mpnIds);
            }
            added.add(one.kind(), partner, null, Map.of());
            addEnrolment(partner);
            partners.put(partner.get("tenantId"), partner);
        });
        forEach(Kind.PARTNERS, (at, given) -> {
            var before = storedPartners.get(given.<UUID>get("tenantId"));
            var partner = partners.get(given.<UUID>get("tenantId"));
            merge(Kind.PARTNER_USERS, at, given, before, partner, this::add);
            merge(Kind.APPLICATIONS, at, given, before, partner, this::add);
        });
    }

    private void forEach(Kind kind, BiConsumer<At, Entry> work) {
        var given = document.entries(kind.list);
        for (var i = 0; i < given.size(); i++) {
            work.accept(At.DOCUMENT.of(kind.list).entry(i), given.get(i));
        }
    }

    private void claimForPartner(At at, String what, String shown, String value, Map<String, UUID> storedOwners) {
        unique.claim(at, what, value);
        if (storedOwners.containsKey(value)) {
            throw conflict("%s: '%s' belongs to %s already.", at, shown, storedOwners.get(value));
        }
    }

    private void addEnrolment(Entry partner) {
        var waits = partner.<Entry>get("programs").get("indirectReseller") == ResellerStatus.SUBMITTED;
        Entry given = partner.get("enrolment");
        if (given == null && waits) {
            given = new Entry(Scenario.EnrolmentForm.class)
                    .set("submittedTime", now)
                    .set("approvalDue", now.plus(APPROVAL));
        }
        if (given == null) {
            return;
        }
        UUID id = partner.get("tenantId");
        var form = defaults.complete(Kind.ENROLMENTS, given, partner);
        added.add(Kind.ENROLMENTS, form, id, Map.of());
        if (waits && form.has("approvalDue")) {
            added.addJob("enrolment-approval", id, form.get("approvalDue"));
        }
    }

    /** What refers to partners that may come later in the document. */
    private void mergeWhatPartnersDo() {
        forEach(Kind.PARTNERS, (at, given) -> {
            var before = storedPartners.get(given.<UUID>get("tenantId"));
            var partner = partners.get(given.<UUID>get("tenantId"));
            for (var kind : List.of(Kind.INCENTIVES, Kind.PARTNERSHIP_INVITATIONS, Kind.CUSTOMER_INVITATIONS)) {
                merge(kind, at, given, before, partner, this::add);
            }
        });
    }

    private void mergeCustomers() {
        var storedById = byId(stored.entries("customers"));
        var complete = new HashMap<>(storedById);
        merge(Kind.CUSTOMERS, At.DOCUMENT, document, stored, null, (at, one) -> {
            complete.put(one.entry().get("tenantId"), one.entry());
            added.add(one.kind(), one.entry(), null, FIRST_VERSION);
        });
        forEach(Kind.CUSTOMERS, (at, given) -> {
            var before = storedById.get(given.<UUID>get("tenantId"));
            var customer = complete.get(given.<UUID>get("tenantId"));
            for (var kind :
                    List.of(Kind.CUSTOMER_USERS, Kind.RELATIONSHIPS, Kind.AGREEMENTS, Kind.EXTENSION_CONSENTS)) {
                merge(kind, at, given, before, customer, this::add);
            }
            new CustomerGoods(at, given, before, customer, this).merge();
        });
    }

    /** Takes up goods of a customer. */
    void addGoods(Kind kind, Entry entry, UUID customer) {
        added.add(kind, entry, customer, FIRST_VERSION);
    }

    /** Takes up a transfer, whose partners are known. */
    void addTransfer(Entry transfer, UUID customer) {
        var row = new HashMap<>(FIRST_VERSION);
        row.put(
                "source_partner_name",
                partners.get(transfer.<UUID>get("source")).get("name"));
        row.put(
                "target_partner_name",
                partners.get(transfer.<UUID>get("target")).get("name"));
        added.add(Kind.TRANSFERS, transfer, customer, row);
    }

    /** Holds a subscription for an open transfer. Error 800002 when another one has it. */
    void claim(At at, UUID subscription, UUID transfer) {
        var holder = claims.putIfAbsent(subscription, transfer);
        if (holder != null) {
            throw conflict("%s: subscription %s is part of the open transfer %s already.", at, subscription, holder);
        }
        added.addClaim(subscription, transfer);
    }

    /** Error 800002 when the document said it before. */
    void claimUnique(At at, String kind, Object value) {
        unique.claim(at, kind, value);
    }

    /** Another record continues the subscription. */
    void moveAway(UUID subscription) {
        movedAway.add(subscription);
    }

    Instant now() {
        return now;
    }

    private void markMovedAway(Connection connection) throws SQLException {
        try (var update = connection.prepareStatement(
                "update subscription set moved_away = true where id = any (?) and not moved_away")) {
            update.setArray(1, connection.createArrayOf("uuid", movedAway.toArray()));
            update.executeUpdate();
        }
    }
}
