package csp.sandbox.scenario;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The present world, or the part of it that a document speaks of, as a scenario sorted by id. */
final class StoredWorld {

    private final Connection connection;
    /** The partners and the customers whose own entries are read; null for everybody's. */
    private final Map<Kind, UUID[]> owners;

    private StoredWorld(Connection connection, Map<Kind, UUID[]> owners) {
        this.connection = connection;
        this.owners = owners;
    }

    static Entry all(Connection connection) throws SQLException {
        return new StoredWorld(connection, null).read();
    }

    /** The named partners and customers with all they own, the other partners without, and all partnerships and offers. */
    static Entry of(Connection connection, Collection<UUID> partners, Collection<UUID> customers) throws SQLException {
        return new StoredWorld(
                        connection,
                        Map.of(
                                Kind.PARTNERS,
                                partners.toArray(UUID[]::new),
                                Kind.CUSTOMERS,
                                customers.toArray(UUID[]::new)))
                .read();
    }

    private Entry read() throws SQLException {
        var scenario = new Entry(Scenario.class);
        for (var kind : List.of(Kind.PARTNERS, Kind.PARTNERSHIPS, Kind.CUSTOMERS, Kind.OFFERS)) {
            var entries =
                    select(kind, kind == Kind.CUSTOMERS ? "tenant_id" : null).getOrDefault(null, List.of());
            scenario.set(kind.list, entries);
            for (var child : kind.children()) {
                var byOwner = select(child, child.parentColumn);
                entries.forEach(entry -> {
                    var owned = byOwner.getOrDefault(entry.<UUID>get("tenantId"), List.of());
                    entry.set(
                            child.list,
                            child.key.isEmpty() ? owned.stream().findFirst().orElse(null) : owned);
                });
            }
        }
        return scenario;
    }

    /** @param limited the column that must name an owner whose entries are read; null for all rows */
    private Map<UUID, List<Entry>> select(Kind kind, String limited) throws SQLException {
        var isLimited = limited != null && owners != null;
        var condition = (isLimited ? limited + " = any (?)" : limited == null ? "true" : limited + " is not null")
                // A withdrawn transfer is visible to nobody (D1).
                + (kind == Kind.TRANSFERS ? " and status <> 'WITHDRAWN'" : "");
        var byOwner = new HashMap<UUID, List<Entry>>();
        try (var select = connection.prepareStatement(kind.select(condition))) {
            select.setFetchSize(1000);
            if (isLimited) {
                select.setArray(
                        1, connection.createArrayOf("uuid", owners.get(kind.parent == null ? kind : kind.parent)));
            }
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    byOwner.computeIfAbsent(rows.getObject(1, UUID.class), owner -> new ArrayList<>())
                            .add(entry(kind, rows.getString(2)));
                }
            }
        }
        return byOwner;
    }

    private static Entry entry(Kind kind, String row) {
        var entry = ScenarioJson.readStored(row, kind.form);
        if (kind == Kind.TRANSFERS) {
            // Without add-ons a base line says so, as it does on the wire.
            entry.entries("lineItems").forEach(line -> line.or("addonItems", List.of()));
        }
        return entry;
    }
}
