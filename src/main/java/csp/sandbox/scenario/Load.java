package csp.sandbox.scenario;

import static csp.sandbox.scenario.Difference.conflict;
import static csp.sandbox.scenario.ScenarioJson.refusal;
import static java.util.Comparator.comparing;
import static java.util.Locale.ROOT;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import csp.commerce.agreement.CustomerAgreement;
import csp.directory.partner.ResellerStatus;
import csp.directory.relationship.CustomerRelationship;
import csp.onboarding.incentive.IncentiveProgram;
import csp.onboarding.invitation.CustomerInvitationStatus;
import csp.onboarding.invitation.InvitationKind;
import csp.platform.webhook.DeliveryState;
import csp.sandbox.scenario.Scenario.TransferStatus;
import csp.sandbox.scenario.Scenario.TransferType;
import csp.shared.storage.PlainSql;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One document on its way into the world: merges it with what is stored and keeps what is new until everything is checked. All kinds
 * are merged alike; what an entry must be beside what its form says is checked here, and for the goods of a customer in {@link
 * CustomerGoods}.
 */
final class Load {

    /** The operator and the public client exist without a row and belong to nobody (design §2, §5). */
    private static final Set<String> RESERVED_CLIENTS =
            Set.of("e0000000-0000-4000-8000-0000000000fe", "e0000000-0000-4000-8000-0000000000ff");

    /** How long a submitted enrolment at most waits for its approval (lifecycle.md R9): five working days. */
    private static final Duration APPROVAL = Duration.ofDays(7);

    /** They refer to each other, so that they are merged together. */
    private static final Set<Kind> GOODS = EnumSet.of(Kind.SUBSCRIPTIONS, Kind.TRANSFERS, Kind.ORDERS);

    /** The kinds whose etags count their changes. */
    private static final Set<Kind> VERSIONED =
            EnumSet.of(Kind.CUSTOMERS, Kind.SUBSCRIPTIONS, Kind.TRANSFERS, Kind.ORDERS);

    /** A document need not say when what waits for nothing else is due. */
    private static final String FIRST_IN_ORDER_IS_DUE = """
            update webhook_delivery d set due = ?
            where d.due is null and d.state = 'WAITING' and not exists (
                select from webhook_delivery earlier
                where earlier.state = 'WAITING' and earlier.partner_id = d.partner_id
                    and earlier.transfer_id = d.transfer_id and earlier.position < d.position)""";

    private final PlainSql sql;
    private final Entry document;
    private final Entry stored;
    private final SecretHashes hashes;
    private final Instant now;
    private final Defaults defaults;
    private final Rows added = new Rows();

    /** By noun the ids that others may refer to, stored or in the document. */
    private final Map<String, Set<String>> known = new HashMap<>();
    /** By noun what of the document others have already, each with its holder. */
    private final Map<String, Map<String, String>> taken = new HashMap<>();
    /** Where the document said what it may say once only. */
    private final Map<List<Object>, At> said = new HashMap<>();
    /** The stored partners and customers that the document speaks of or may refer to. */
    private final Map<Kind, Map<String, Entry>> before = new EnumMap<>(Kind.class);
    /** The same, with those of the document. */
    private final Map<Kind, Map<String, Entry>> complete = new EnumMap<>(Kind.class);

    private final Map<String, String> claims;
    private final Set<String> movedAway = new HashSet<>();

    /**
     * @param document its shape is checked
     * @param now by the service's clock
     */
    Load(PlainSql sql, Entry document, SecretHashes hashes, Instant now) {
        this.sql = sql;
        this.document = document;
        this.hashes = hashes;
        this.now = now;
        defaults = new Defaults(now);
        var world = new StoredWorld(sql);
        stored = world.read(document);
        for (var kind : List.of(Kind.PARTNERS, Kind.CUSTOMERS)) {
            before.put(kind, byKey(stored.entries(kind.list), kind::idOf));
            complete.put(kind, new HashMap<>(before.get(kind)));
        }
        for (var kind : List.of(Kind.PARTNERS, Kind.CUSTOMERS, Kind.OFFERS)) {
            known.put(
                    kind.noun,
                    Stream.of(document, stored)
                            .flatMap(kind::entries)
                            .map(kind::idOf)
                            .collect(toSet()));
        }
        var invited = given(Kind.CUSTOMER_INVITATIONS, "customer");
        known.get(Kind.CUSTOMERS.noun)
                .addAll(world.owners(Kind.CUSTOMERS, invited).keySet());
        for (var kind : Kind.values()) {
            if (kind.hasOwnId()) {
                var ids = kind == Kind.ORDERS ? orderIds() : given(kind, kind.key.get(0));
                taken.computeIfAbsent(kind.noun, noun -> new HashMap<>()).putAll(world.owners(kind, ids));
            }
        }
        var names = Stream.of(Kind.PARTNER_USERS, Kind.CUSTOMER_USERS)
                .flatMap(kind -> given(kind, "userPrincipalName"))
                .map(name -> name.toLowerCase(ROOT));
        taken.put("user principal name", world.usersByName(names));
        for (var what : Map.of("domain", "domain", "mpnId", "MPN id").entrySet()) {
            var holders = new HashMap<String, String>();
            before.get(Kind.PARTNERS)
                    .forEach((id, partner) -> holders.put(
                            String.valueOf(partner.<String>get(what.getKey())).toLowerCase(ROOT), id));
            taken.put(what.getValue(), holders);
        }
        claims = world.claims(given(Kind.CUSTOMERS, "tenantId"));
    }

    /** What the document gives for a property, over all entries of a kind. */
    private Stream<String> given(Kind kind, String name) {
        return kind.entries(document).map(entry -> entry.<String>get(name)).filter(Objects::nonNull);
    }

    /** Those that the document gives or refers to. */
    private Stream<String> orderIds() {
        var ofLines = Kind.TRANSFERS
                .entries(document)
                .flatMap(transfer -> transfer.entries("lineItems").stream())
                .map(line -> line.<String>get("orderId"))
                .filter(Objects::nonNull);
        return Stream.of(given(Kind.ORDERS, "id"), given(Kind.SUBSCRIPTIONS, "orderId"), ofLines)
                .flatMap(Function.identity());
    }

    private static <K> Map<K, Entry> byKey(List<Entry> entries, Function<Entry, K> key) {
        return entries.stream().collect(toMap(key, entry -> entry, (one, same) -> same, HashMap::new));
    }

    /**
     * Writes what is new, all of it or nothing.
     *
     * @throws csp.shared.error.DomainException code 800002: 400 for what cannot be, 409 for what differs from what is stored
     */
    Counts run() {
        merge(Kind.PARTNERS);
        mergeBelow(Kind.PARTNERS, Kind.PARTNER_USERS, Kind.APPLICATIONS);
        merge(Kind.PARTNERSHIPS);
        mergeBelow(
                Kind.PARTNERS,
                Kind.INCENTIVES,
                Kind.NOTIFICATIONS,
                Kind.PARTNERSHIP_INVITATIONS,
                Kind.CUSTOMER_INVITATIONS);
        merge(Kind.CUSTOMERS);
        mergeBelow(Kind.CUSTOMERS, Kind.CUSTOMER_USERS, Kind.RELATIONSHIPS, Kind.AGREEMENTS, Kind.EXTENSION_CONSENTS);
        merge(Kind.OFFERS);
        // As they came to be, which is the order in which those of one transfer are sent.
        added.sort(
                Kind.NOTIFICATIONS,
                comparing((Map<String, Object> row) -> Instant.parse((String) row.get("created_time")))
                        .thenComparing(row -> (String) row.get("id")));
        added.insert(sql);
        if (added.count(Kind.NOTIFICATIONS) > 0) {
            sql.update(FIRST_IN_ORDER_IS_DUE, now);
        }
        sql.update(
                "update subscription set moved_away = true where id = any (cast(? as uuid[])) and not moved_away",
                (Object) movedAway.toArray(String[]::new));
        return Counts.of(added);
    }

    private void merge(Kind kind) {
        merge(kind, At.DOCUMENT, document, stored, null, (at, entry) -> add(kind, at, entry, null));
    }

    private void mergeBelow(Kind parent, Kind... kinds) {
        var given = document.entries(parent.list);
        for (var i = 0; i < given.size(); i++) {
            var at = At.DOCUMENT.of(parent.list).entry(i);
            var id = parent.idOf(given.get(i));
            var same = before.get(parent).get(id);
            var holder = complete.get(parent).get(id);
            for (var kind : kinds) {
                merge(kind, at, given.get(i), same, holder, (here, entry) -> add(kind, here, entry, holder));
            }
            if (parent == Kind.CUSTOMERS) {
                new CustomerGoods(at, given.get(i), same, holder, this).merge();
            }
        }
    }

    /**
     * Merges the entries of one list: new ones are taken up, equal ones are left alone, different ones refused.
     *
     * @param holder what holds the list in the document
     * @param before the same as stored; null when it is new
     * @param owner the parent, complete; null for the document
     * @param takeUp receives each new entry, complete, with its place
     */
    void merge(Kind kind, At at, Entry holder, Entry before, Entry owner, BiConsumer<At, Entry> takeUp) {
        var given = holder.entries(kind.list);
        if (given.isEmpty()) {
            return;
        }
        var ownerId = owner == null ? null : kind.parent.idOf(owner);
        var storedByKey = byKey(before == null ? List.of() : before.entries(kind.list), kind::keyOf);
        for (var i = 0; i < given.size(); i++) {
            var here = at.of(kind.list).entry(i);
            var entry = defaults.complete(kind, given.get(i), owner);
            requireReferences(here, entry, ownerId);
            requireSense(kind, here, entry);
            var name = kind.nameOf(entry, ownerId);
            sayOnce(kind.key.size() == 1 ? here.of(kind.key.get(0)) : here, kind.noun, name);
            var same = storedByKey.get(kind.keyOf(entry));
            if (same != null) {
                var compared = given.get(i);
                if (kind == Kind.PARTNERS && entry.has("webhook") && !same.has("webhook")) {
                    addWebhook(here, entry);
                    compared = compared.copy().set("webhook", null);
                }
                Difference.refuse(here, kind.subject(entry, ownerId), compared, same);
                refuseOtherSecret(kind, here, entry, same);
                continue;
            }
            if (GOODS.contains(kind)) {
                refuseTakenGoods(kind, here.of("id"), kind.idOf(entry), ownerId);
            } else if (kind.hasOwnId()) {
                refuseTaken(here.of(kind.key.get(0)), kind.noun, kind.idOf(entry), kind.idOf(entry));
            }
            takeUp.accept(here, entry);
        }
    }

    /** Error 800002 when the document said it before, at another place. */
    void sayOnce(At at, String what, Object value) {
        var before = said.putIfAbsent(List.of(what, value), at);
        if (before != null) {
            throw refusal("%s: the %s %s is at %s already.", at, what, value, before);
        }
    }

    private void refuseTaken(At at, String what, String value, String shown) {
        var holder = taken.get(what).get(value);
        if (holder != null) {
            throw conflict("%s: '%s' belongs to %s already.", at, shown, holder);
        }
    }

    /** Error 800002 when it belongs to somebody already. */
    void refuseTakenGoods(Kind kind, At at, String id, String customer) {
        var holder = taken.get(kind.noun).get(id);
        if (holder != null) {
            throw holder.equals(customer)
                    ? conflict("%s: %s %s was withdrawn, its id is taken.", at, kind.noun, id)
                    : conflict("%s: %s %s belongs to customer %s already.", at, kind.noun, id, holder);
        }
    }

    /** What an entry refers to must be stored or in the document. */
    private void requireReferences(At at, Entry entry, String owner) {
        for (var property : entry.shape().properties()) {
            var name = property.name();
            var noun = property.is().refersTo();
            if (!noun.isEmpty() && entry.has(name)) {
                String id = entry.get(name);
                if (!known.get(noun).contains(id)) {
                    throw refusal("%s: there is no %s %s.", at.of(name), noun, id);
                }
                var not = property.is().butNot();
                if (!not.isEmpty() && id.equals(entry.shape().has(not) ? entry.get(not) : owner)) {
                    throw refusal("%s: %s is the %s itself.", at.of(name), id, not);
                }
            }
        }
    }

    /** What the form cannot say of an entry. */
    private static void requireSense(Kind kind, At at, Entry e) {
        var secret = e.shape().secret();
        if (secret != null && e.has(secret) && e.has(secret + "Hash")) {
            throw refusal("%s: cannot be given together with %s.", at.of(secret + "Hash"), secret);
        }
        switch (kind) {
            case PARTNER_USERS, CUSTOMER_USERS -> {
                List<?> roles = e.get("roles");
                if (Set.copyOf(roles).size() < roles.size()) {
                    throw refusal("%s: names a role twice.", at.of("roles"));
                }
            }
            case APPLICATIONS -> {
                if (RESERVED_CLIENTS.contains(kind.idOf(e))) {
                    throw refusal("%s: %s is reserved.", at.of("clientId"), kind.idOf(e));
                }
            }
            case RELATIONSHIPS -> {
                requireKind(CustomerRelationship.Kind.INDIRECT_PROVIDER, at, e, "reseller");
                requireKind(CustomerRelationship.Kind.INDIRECT_RESELLER, at, e, "provider");
            }
            case NOTIFICATIONS -> {
                if (e.has("nextAttempt") && !e.is("state", DeliveryState.WAITING)) {
                    throw refusal("%s: there is none for the state %s.", at.of("nextAttempt"), e.get("state"));
                }
            }
            case AGREEMENTS -> {
                if (e.is("method", CustomerAgreement.Method.ATTESTATION) && !e.has("partner")) {
                    throw refusal("%s: is required for the method attestation.", at.of("partner"));
                }
            }
            default -> {
                // Its form says all.
            }
        }
    }

    private static void requireKind(CustomerRelationship.Kind kind, At at, Entry relationship, String name) {
        if (relationship.has(name) && !relationship.is("kind", kind)) {
            throw refusal(
                    "%s: %s can be given for the kind %s only.",
                    at.of(name), relationship.get(name), Spelling.of(kind));
        }
    }

    private void refuseOtherSecret(Kind kind, At at, Entry given, Entry same) {
        if (given.shape().secret() == null) {
            return;
        }
        var plain = SecretHashes.plainOf(given);
        String hash = given.get(SecretHashes.hashProperty(given));
        String storedHash = same.get(SecretHashes.hashProperty(given));
        if (plain != null && (storedHash == null || !hashes.matches(plain, storedHash))
                || hash != null && !hash.equals(storedHash)) {
            throw conflict("%s: %s is stored with another secret.", at, kind.subject(given, null));
        }
    }

    /** Takes up what needs no more than its rows. */
    private void add(Kind kind, At at, Entry e, Entry owner) {
        for (var property : e.shape().properties()) {
            var what = property.is().unique();
            if (!what.isEmpty() && e.has(property.name())) {
                var here = at.of(property.name());
                String shown = e.get(property.name());
                var value = shown.toLowerCase(ROOT);
                sayOnce(here, what, value);
                refuseTaken(here, what, value, shown);
            }
        }
        if (e.shape().secret() != null && SecretHashes.plainOf(e) != null) {
            e.set(SecretHashes.hashProperty(e), hashes.hash(SecretHashes.plainOf(e)));
        }
        var ownerId = owner == null ? null : kind.parent.idOf(owner);
        addRow(kind, e, ownerId);
        switch (kind) {
            case PARTNERS -> {
                complete.get(kind).put(kind.idOf(e), e);
                addEnrolment(e);
                if (e.has("webhook")) {
                    addWebhook(at, e);
                }
            }
            case CUSTOMERS -> complete.get(kind).put(kind.idOf(e), e);
            case INCENTIVES -> {
                if (e.has("invitationDue")
                        && !e.has("invitedTime")
                        && e.is("program", IncentiveProgram.INDIRECT_RESELLER)) {
                    addJob("incentive-invitation", ownerId, e.get("invitationDue"));
                }
            }
            case CUSTOMER_INVITATIONS -> {
                requireOnlyFor("kind", InvitationKind.INDIRECT_RESELLER, at, e, "provider");
                requireOnlyFor("state", CustomerInvitationStatus.ACCEPTED, at, e, "customer");
            }
            case EXTENSION_CONSENTS -> {
                if (e.time("givenAt").isAfter(e.time("recordedTime"))) {
                    throw refusal("%s: must not be after recordedTime.", at.of("givenAt"));
                }
            }
            default -> {
                // Nothing follows from it.
            }
        }
    }

    private static void requireOnlyFor(String name, Enum<?> constant, At at, Entry entry, String required) {
        if (entry.is(name, constant) != entry.has(required)) {
            throw refusal("%s: is for the %s %s, and for no other.", at.of(required), name, Spelling.of(constant));
        }
    }

    private void addWebhook(At at, Entry partner) {
        Entry webhook = defaults.complete(Kind.WEBHOOKS, partner.get("webhook"), partner);
        List<?> events = webhook.get("events");
        if (events.isEmpty() || Set.copyOf(events).size() < events.size()) {
            throw refusal(
                    "%s: must name one event or more, each once.",
                    at.of("webhook").of("events"));
        }
        addRow(Kind.WEBHOOKS, webhook, Kind.PARTNERS.idOf(partner));
    }

    private void addEnrolment(Entry partner) {
        var waits = partner.<Entry>get("programs").is("indirectReseller", ResellerStatus.SUBMITTED);
        Entry given = partner.get("enrolment");
        if (given == null && waits) {
            given = new Entry(Scenario.EnrolmentForm.class)
                    .set("submittedTime", now)
                    .set("approvalDue", now.plus(APPROVAL));
        }
        if (given != null) {
            var form = defaults.complete(Kind.ENROLMENTS, given, partner);
            addRow(Kind.ENROLMENTS, form, Kind.PARTNERS.idOf(partner));
            if (waits && form.has("approvalDue")) {
                addJob("enrolment-approval", Kind.PARTNERS.idOf(partner), form.get("approvalDue"));
            }
        }
    }

    /** Takes up an entry that is complete and checked. */
    void addRow(Kind kind, Entry entry, String owner) {
        var row = kind.row(entry, owner);
        if (VERSIONED.contains(kind)) {
            row.put("version", 1);
        }
        if (kind == Kind.TRANSFERS) {
            row.put("source_partner_name", partner(entry.get("source")).get("name"));
            row.put("target_partner_name", partner(entry.get("target")).get("name"));
            if (entry.is("type", TransferType.NEW_COMMERCE)) {
                row.put("accepted_lines", row.remove("line_items"));
                row.put("customer_name", complete.get(Kind.CUSTOMERS).get(owner).get("companyName"));
                addJobOf(entry);
            }
        }
        added.add(kind.table, row);
    }

    /** A request expires, an accepted transfer completes: how long that takes, its job knows. */
    private void addJobOf(Entry transfer) {
        if (transfer.is("status", TransferStatus.PENDING)) {
            addJob("new-commerce-expiry", transfer.get("id"), transfer.get("expirationTime"));
        } else if (transfer.is("status", TransferStatus.IN_PROGRESS)) {
            addJob("new-commerce-completion", transfer.get("id"), transfer.get("lastModifiedTime"));
        }
    }

    /** What the feature itself would have scheduled when it got so far. */
    private void addJob(String jobKind, String id, String due) {
        added.add(
                "scheduled_job",
                Map.of(
                        "task_name",
                        jobKind,
                        "task_instance",
                        id,
                        "execution_time",
                        due,
                        "picked",
                        false,
                        "version",
                        1));
    }

    /** Complete; one that an entry refers to. */
    Entry partner(String id) {
        return complete.get(Kind.PARTNERS).get(id);
    }

    /**
     * Holds a subscription until the transfer, which is open, closes. Error 800002 when another one has it.
     *
     * @param exclusive whether nobody else changes it meanwhile
     */
    void claim(At at, String subscription, String transfer, boolean exclusive) {
        var holder = claims.putIfAbsent(subscription, transfer);
        if (holder != null) {
            throw conflict("%s: subscription %s is part of the open transfer %s already.", at, subscription, holder);
        }
        added.add(
                "transfer_claim",
                Map.of("subscription_id", subscription, "transfer_id", transfer, "exclusive", exclusive));
    }

    /** Another record continues the subscription. */
    void moveAway(String subscription) {
        movedAway.add(subscription);
    }

    Instant now() {
        return now;
    }
}
