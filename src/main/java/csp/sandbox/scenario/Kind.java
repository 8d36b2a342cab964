package csp.sandbox.scenario;

import static java.util.stream.Collectors.joining;

import csp.sandbox.scenario.Shape.Property;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What a scenario is made of: where the entries of a list stand in a document and in the database, and what tells them apart.
 * Parents come first.
 */
enum Kind {
    PARTNERS("partner", "partners", "partner", "tenantId"),
    PARTNERSHIPS("partnership", "partnerships", "partnership", "provider", "reseller"),
    CUSTOMERS("customer", "customers", "customer", "tenantId"),
    PARTNER_USERS(PARTNERS, "partner_tenant_id", "user", "users", "user_account", "objectId"),
    CUSTOMER_USERS(CUSTOMERS, "customer_tenant_id", "user", "users", "user_account", "objectId"),
    APPLICATIONS(PARTNERS, "tenant_id", "application", "applications", "application", "clientId"),
    RELATIONSHIPS(
            CUSTOMERS, "customer_id", "relationship", "relationships", "customer_relationship", "partner", "kind"),
    AGREEMENTS(CUSTOMERS, "customer_id", "agreement", "agreements", "customer_agreement", "type", "partner", "method"),
    SUBSCRIPTIONS(CUSTOMERS, "customer_id", "subscription", "subscriptions", "subscription", "id"),
    TRANSFERS(CUSTOMERS, "customer_tenant_id", "transfer", "transfers", "transfer", "id"),
    ORDERS(CUSTOMERS, "customer_id", "order", "orders", "customer_order", "id"),
    OFFERS("offer", "offers", "offer", "offerId"),
    ENROLMENTS(PARTNERS, "partner_id", "enrolment", "enrolment", "enrolment"),
    WEBHOOKS(PARTNERS, "partner_id", "webhook", "webhook", "webhook_registration"),
    NOTIFICATIONS(PARTNERS, "partner_id", "notification", "notifications", "webhook_delivery", "id"),
    INCENTIVES(PARTNERS, "partner_id", "incentive", "incentives", "incentive", "program"),
    PARTNERSHIP_INVITATIONS(
            PARTNERS, "provider_id", "invitation", "partnershipInvitations", "partnership_invitation", "token"),
    CUSTOMER_INVITATIONS(
            PARTNERS, "inviter_id", "customer invitation", "customerInvitations", "customer_invitation", "token"),
    EXTENSION_CONSENTS(CUSTOMERS, "customer_id", "consent", "extensionConsents", "extension_consent", "id");

    /** Whose entries hold those of this kind; null for the kinds of the document itself. */
    final Kind parent;
    /** The column that names the entry of the parent; null without one. */
    final String parentColumn;
    /** What one entry is, in refusals. */
    final String noun;
    /** The property that lists them. */
    final String list;
    /** The record that describes them. */
    final Class<?> form;

    final String table;
    /** The components that tell apart the entries of one parent; none when there is one. */
    final List<String> key;

    Kind(String noun, String list, String table, String... key) {
        this(null, null, noun, list, table, key);
    }

    Kind(Kind parent, String parentColumn, String noun, String list, String table, String... key) {
        this.parent = parent;
        this.parentColumn = parentColumn;
        this.noun = noun;
        this.list = list;
        this.form = Shape.of(parent == null ? Scenario.class : parent.form)
                .property(list)
                .type();
        this.table = table;
        this.key = List.of(key);
    }

    /** Those whose entries one of {@code parent} holds; those of the document for null. */
    static List<Kind> childrenOf(Kind parent) {
        return Stream.of(values()).filter(kind -> kind.parent == parent).toList();
    }

    /** All that a document or a stored world has of it. */
    Stream<Entry> entries(Entry world) {
        return parent == null
                ? world.entries(list).stream()
                : parent.entries(world).flatMap(holder -> holder.entries(list).stream());
    }

    /** Of one parent's entries no two have the same. */
    List<Object> keyOf(Entry entry) {
        return key.stream().map(entry::get).toList();
    }

    /** What tells an entry apart, where that is one component. */
    String idOf(Entry entry) {
        return entry.get(key.get(0));
    }

    /** Whether the id is of no other entry, whoever holds it. */
    boolean hasOwnId() {
        return parent != null && key.size() == 1 && idProperty().constants() == null;
    }

    private Property idProperty() {
        return Shape.of(form).property(key.get(0));
    }

    /** @param owner id of the entry that holds it; null for the document */
    String nameOf(Entry entry, String owner) {
        return switch (this) {
            case PARTNERSHIPS -> "of %s with %s".formatted(keyOf(entry).toArray());
            case RELATIONSHIPS -> "%s of %s for customer %s".formatted(entry.get("kind"), entry.get("partner"), owner);
            case AGREEMENTS -> {
                var partner = entry.has("partner") ? ", " + entry.get("partner") : "";
                yield "%s (%s%s) of customer %s".formatted(entry.get("type"), entry.get("method"), partner, owner);
            }
            case INCENTIVES -> "%s of partner %s".formatted(idOf(entry), owner);
            default -> idOf(entry);
        };
    }

    /** The entry as the subject of a refusal. */
    String subject(Entry entry, String owner) {
        var isNamedByParts = key.size() > 1 || this == INCENTIVES;
        return (isNamedByParts ? "the " : "") + noun + " " + nameOf(entry, owner);
    }

    /** Columns and what they hold. */
    Map<String, Object> row(Entry entry, String owner) {
        var row = new LinkedHashMap<String, Object>();
        if (parentColumn != null) {
            row.put(parentColumn, owner);
        }
        columns(entry, form, row);
        return row;
    }

    private static void columns(Entry entry, Class<?> form, Map<String, Object> row) {
        for (var property : Shape.of(form).properties()) {
            Object value = entry == null ? null : entry.get(property.name());
            if (property.is().columns()) {
                columns((Entry) value, property.type(), row);
            } else if (property.column() != null && row.get(property.column()) == null) {
                row.put(property.column(), property.toColumn(value));
            }
        }
    }

    /** All columns that an export reads. */
    Set<String> columns() {
        return row(new Entry(form), null).keySet();
    }

    /**
     * Reads rows as JSON objects with the properties of the form, sorted by the key, each behind the id of its parent.
     *
     * @param condition in SQL
     */
    String select(String condition) {
        var order = key.stream()
                .map(name -> Shape.of(form).property(name))
                .map(property ->
                        property.column() + (property.type() == UUID.class ? "" : " collate \"C\"") + " nulls first")
                .collect(joining(", "));
        return "select owner, row_to_json(entry) from (select %s as owner, %s from %s where %s%s) entry"
                .formatted(parentColumn, expressions(), table, condition, order.isEmpty() ? "" : " order by " + order);
    }

    private String expressions() {
        return Shape.of(form).properties().stream()
                .filter(property -> property.is().columns() || property.column() != null)
                .map(property -> expression(property) + " as \"" + property.name() + "\"")
                .collect(joining(", "));
    }

    private static String expression(Property property) {
        if (property.is().columns()) {
            return Shape.of(property.type()).properties().stream()
                    .map(part -> "'%s', %s".formatted(part.name(), part.column()))
                    .collect(joining(", ", "json_build_object(", ")"));
        }
        if (!property.is().read().isEmpty()) {
            return property.is().read();
        }
        return property.is().when().isEmpty()
                ? property.column()
                : "case when %s then %s end".formatted(property.is().when(), property.column());
    }

    /** Finds of the ids that are asked for those that are stored, each with that of the entry that holds it. */
    String selectOwners() {
        var id = idProperty();
        var owner = Stream.of(values())
                .filter(kind -> kind.table.equals(table))
                .map(kind -> kind.parent == null ? id.column() : kind.parentColumn)
                .collect(joining(", ", "coalesce(", ")"));
        return "select %1$s, %2$s from %3$s where %1$s = any (cast(? as %4$s[]))"
                .formatted(id.column(), owner, table, id.type() == UUID.class ? "uuid" : "text");
    }
}
