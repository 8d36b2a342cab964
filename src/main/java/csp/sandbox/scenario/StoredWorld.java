package csp.sandbox.scenario;

import static java.util.stream.Collectors.toMap;

import csp.sandbox.scenario.Scenario.TransferType;
import csp.shared.storage.PlainSql;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What is stored: as a scenario sorted by id, all of it or the part that a document speaks of, and who has which id. */
final class StoredWorld {

    private final PlainSql sql;

    StoredWorld(PlainSql sql) {
        this.sql = sql;
    }

    /**
     * The present world.
     *
     * @param document null for all of it; otherwise its partners and customers with all they own, the other partners without, and
     *     all partnerships and offers
     */
    Entry read(Entry document) {
        var scenario = new Entry(Scenario.class);
        for (var kind : Kind.childrenOf(null)) {
            var limit = kind == Kind.CUSTOMERS ? "tenant_id" : null;
            var entries = select(kind, kind, limit, document).getOrDefault(null, List.of());
            scenario.set(kind.list, entries);
            for (var child : Kind.childrenOf(kind)) {
                var byOwner = select(child, kind, child.parentColumn, document);
                for (var entry : entries) {
                    var owned = byOwner.getOrDefault(kind.idOf(entry), List.of());
                    entry.set(
                            child.list,
                            child.key.isEmpty() ? owned.stream().findFirst().orElse(null) : owned);
                }
            }
        }
        return scenario;
    }

    /**
     * @param limit the column that must name an owner; null for all rows
     * @param document whose entries of the kind {@code owners} these are; null for all that are stored
     */
    private Map<String, List<Entry>> select(Kind kind, Kind owners, String limit, Entry document) {
        var byOwner = new HashMap<String, List<Entry>>();
        // A withdrawn transfer is visible to nobody (D1), and what was delivered is over.
        var condition =
                switch (kind) {
                    case TRANSFERS -> " and status <> 'WITHDRAWN'";
                    case NOTIFICATIONS -> " and state <> 'DELIVERED'";
                    default -> "";
                };
        var isLimited = limit != null && document != null;
        sql.list(
                kind.select((isLimited
                                ? limit + " = any (cast(? as uuid[]))"
                                : limit == null ? "true" : limit + " is not null")
                        + condition),
                row -> byOwner.computeIfAbsent(row.getString(1), owner -> new ArrayList<>())
                        .add(entry(kind, row.getString(2))),
                isLimited ? new Object[] {ids(owners.entries(document).map(owners::idOf))} : new Object[0]);
        return byOwner;
    }

    private static Entry entry(Kind kind, String row) {
        var entry = ScenarioJson.readStored(row, kind.form);
        if (kind == Kind.TRANSFERS && entry.is("type", TransferType.LEGACY)) {
            // Without add-ons a base line says so, as it does on the wire.
            entry.entries("lineItems").forEach(line -> line.or("addonItems", List.of()));
        }
        return entry;
    }

    /** Those of the ids that are stored, each with the id of the entry that holds it; its own without one. */
    Map<String, String> owners(Kind kind, Stream<String> ids) {
        return pairs(kind.selectOwners(), ids);
    }

    /** User principal name in lower case to the user. */
    Map<String, String> usersByName(Stream<String> lowerCaseNames) {
        return pairs("""
                select lower(user_principal_name), 'user ' || object_id from user_account
                where lower(user_principal_name) = any (?)""", lowerCaseNames);
    }

    /** Subscription of one of the customers to the open transfer that holds it. */
    Map<String, String> claims(Stream<String> customers) {
        return pairs("""
                select claim.subscription_id, claim.transfer_id
                from transfer_claim claim join subscription on subscription.id = claim.subscription_id
                where subscription.customer_id = any (cast(? as uuid[]))""", customers);
    }

    /** Users and applications to the hashes of their secrets, as far as they have one. */
    Map<String, String> secretHashes(Stream<String> holders) {
        return pairs("""
                select id, hash from (
                    select object_id as id, password_hash as hash from user_account
                    union all select client_id, client_secret_hash from application) holder
                where hash is not null and id = any (cast(? as uuid[]))""", holders);
    }

    private Map<String, String> pairs(String query, Stream<String> wanted) {
        return sql.list(query, row -> Map.entry(row.getString(1), row.getString(2)), (Object) ids(wanted)).stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue, (one, same) -> same, HashMap::new));
    }

    private static String[] ids(Stream<String> ids) {
        return ids.toArray(String[]::new);
    }
}
