package csp.sandbox.scenario;

import csp.sandbox.scenario.Scenario.Agreement;
import csp.sandbox.scenario.Scenario.AgreementType;
import csp.sandbox.scenario.Scenario.Application;
import csp.sandbox.scenario.Scenario.BillTo;
import csp.sandbox.scenario.Scenario.BillingCycle;
import csp.sandbox.scenario.Scenario.Contact;
import csp.sandbox.scenario.Scenario.Customer;
import csp.sandbox.scenario.Scenario.CustomerInvitation;
import csp.sandbox.scenario.Scenario.CustomerInvitationState;
import csp.sandbox.scenario.Scenario.Enrolment;
import csp.sandbox.scenario.Scenario.EnrolmentForm;
import csp.sandbox.scenario.Scenario.ExtensionConsent;
import csp.sandbox.scenario.Scenario.Incentive;
import csp.sandbox.scenario.Scenario.IncentiveProgram;
import csp.sandbox.scenario.Scenario.InvitationKind;
import csp.sandbox.scenario.Scenario.InvitationState;
import csp.sandbox.scenario.Scenario.Kind;
import csp.sandbox.scenario.Scenario.Line;
import csp.sandbox.scenario.Scenario.Method;
import csp.sandbox.scenario.Scenario.Offer;
import csp.sandbox.scenario.Scenario.Offering;
import csp.sandbox.scenario.Scenario.Order;
import csp.sandbox.scenario.Scenario.OrderLine;
import csp.sandbox.scenario.Scenario.Partner;
import csp.sandbox.scenario.Scenario.Partnership;
import csp.sandbox.scenario.Scenario.PartnershipInvitation;
import csp.sandbox.scenario.Scenario.PartnershipState;
import csp.sandbox.scenario.Scenario.Product;
import csp.sandbox.scenario.Scenario.Profile;
import csp.sandbox.scenario.Scenario.ProgramState;
import csp.sandbox.scenario.Scenario.Programs;
import csp.sandbox.scenario.Scenario.Relationship;
import csp.sandbox.scenario.Scenario.Subscription;
import csp.sandbox.scenario.Scenario.SubscriptionStatus;
import csp.sandbox.scenario.Scenario.SyncState;
import csp.sandbox.scenario.Scenario.Transfer;
import csp.sandbox.scenario.Scenario.TransferStatus;
import csp.sandbox.scenario.Scenario.TransferType;
import csp.sandbox.scenario.Scenario.User;
import csp.sandbox.scenario.Scenario.Via;
import csp.shared.caller.Role;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** The present world, or the part of it that a document speaks of, as a scenario sorted by id. */
final class StoredWorld {

    private final Connection connection;
    /** Null: all of them. */
    private final UUID[] partners;

    private final UUID[] customers;

    private StoredWorld(Connection connection, UUID[] partners, UUID[] customers) {
        this.connection = connection;
        this.partners = partners;
        this.customers = customers;
    }

    static Scenario all(Connection connection) throws SQLException {
        return new StoredWorld(connection, null, null).read();
    }

    /** The named partners and customers with all they own, and all partnerships. */
    static Scenario of(Connection connection, Collection<UUID> partners, Collection<UUID> customers)
            throws SQLException {
        return new StoredWorld(connection, partners.toArray(UUID[]::new), customers.toArray(UUID[]::new)).read();
    }

    private Scenario read() throws SQLException {
        return new Scenario(partners(), partnerships(), customers(), offers());
    }

    private List<Partner> partners() throws SQLException {
        var users = users("partner_tenant_id", partners);
        var applications = group(
                "select * from application where %s order by client_id",
                "tenant_id",
                partners,
                row -> new Application(id(row, "client_id"), null, row.getString("client_secret_hash")));
        var enrolments = group(
                "select * from enrolment where %s",
                "partner_id",
                partners,
                row -> new EnrolmentForm(
                        ScenarioJson.readStored(row.getString("primary_contact"), Contact.class),
                        instant(row, "started_time"),
                        instantOrNull(row, "submitted_time"),
                        instantOrNull(row, "approval_due"),
                        instantOrNull(row, "approved_time"),
                        instantOrNull(row, "activated_time"),
                        row.getString("activated_by")));
        var incentives = group(
                "select * from incentive where %s order by program collate \"C\"",
                "partner_id",
                partners,
                row -> new Incentive(
                        IncentiveProgram.valueOf(row.getString("program")),
                        instantOrNull(row, "invitation_due"),
                        instantOrNull(row, "invited_time"),
                        instantOrNull(row, "enrolled_time"),
                        row.getString("enrolled_by")));
        var customerInvitations = group(
                "select * from customer_invitation where %s order by token collate \"C\"",
                "inviter_id",
                partners,
                row -> new CustomerInvitation(
                        row.getString("token"),
                        InvitationKind.valueOf(row.getString("kind")),
                        id(row, "reseller_id"),
                        id(row, "provider_id"),
                        row.getString("customer_email"),
                        row.getString("mail_text"),
                        CustomerInvitationState.valueOf(row.getString("status")),
                        instant(row, "created_time"),
                        instant(row, "expiration_time"),
                        id(row, "customer_id"),
                        instantOrNull(row, "answered_time"),
                        row.getString("answered_by")));
        var invitations = group(
                "select * from partnership_invitation where %s order by token collate \"C\"",
                "provider_id",
                partners,
                row -> new PartnershipInvitation(
                        row.getString("token"),
                        id(row, "reseller_id"),
                        row.getString("email"),
                        InvitationState.valueOf(row.getString("status")),
                        instant(row, "created_time"),
                        instant(row, "expiration_time"),
                        instantOrNull(row, "answered_time"),
                        row.getString("answered_by")));
        return list(
                "select * from partner where %s order by tenant_id",
                "tenant_id",
                partners,
                row -> new Partner(
                        id(row, "tenant_id"),
                        row.getString("name"),
                        row.getString("domain"),
                        row.getString("mpn_id"),
                        row.getString("country"),
                        row.getString("currency"),
                        row.getObject("csp_revenue_last_12_months", Long.class),
                        id(row, "former_tenant_id"),
                        new Programs(
                                ProgramState.valueOf(row.getString("direct_bill")),
                                Enrolment.valueOf(row.getString("indirect_reseller")),
                                ProgramState.valueOf(row.getString("indirect_provider"))),
                        row.getBoolean("partner_agreement_signed"),
                        ScenarioJson.readStored(row.getString("primary_contact"), Contact.class),
                        row.getString("program_account_email"),
                        ScenarioJson.readStored(row.getString("profile"), Profile.class),
                        ScenarioJson.readStoredList(row.getString("offerings"), Offering.class),
                        instantOrNull(row, "direct_bill_left"),
                        first(enrolments.get(id(row, "tenant_id"))),
                        incentives.get(id(row, "tenant_id")),
                        invitations.get(id(row, "tenant_id")),
                        customerInvitations.get(id(row, "tenant_id")),
                        users.get(id(row, "tenant_id")),
                        applications.get(id(row, "tenant_id"))));
    }

    private List<Partnership> partnerships() throws SQLException {
        return list(
                "select * from partnership where %s order by provider_id, reseller_id",
                "provider_id",
                null,
                row -> new Partnership(
                        id(row, "provider_id"),
                        id(row, "reseller_id"),
                        PartnershipState.valueOf(row.getString("state"))));
    }

    private List<Offer> offers() throws SQLException {
        return list(
                "select * from offer where %s order by id collate \"C\"",
                "id",
                null,
                row -> new Offer(
                        row.getString("id"),
                        row.getString("name"),
                        Product.valueOf(row.getString("product")),
                        row.getBoolean("discontinued"),
                        row.getString("equivalent_to")));
    }

    private List<Customer> customers() throws SQLException {
        var users = users("customer_tenant_id", customers);
        var relationships = ofCustomers(
                "select * from customer_relationship where %s order by partner_id, kind collate \"C\"",
                row -> {
                    var kind = Kind.valueOf(row.getString("kind"));
                    var counterpart = id(row, "counterpart_id");
                    return new Relationship(
                            id(row, "partner_id"),
                            kind,
                            row.getBoolean("delegated_admin"),
                            kind == Kind.INDIRECT_PROVIDER ? counterpart : null,
                            kind == Kind.INDIRECT_RESELLER ? counterpart : null,
                            Via.valueOf(row.getString("via")),
                            ScenarioJson.readStored(row.getString("bill_to"), BillTo.class));
                });
        var agreements = ofCustomers(
                "select * from customer_agreement where %s order by type collate \"C\", partner_id nulls first, method collate \"C\"",
                row -> new Agreement(
                        AgreementType.valueOf(row.getString("type")),
                        id(row, "partner_id"),
                        Method.valueOf(row.getString("method")),
                        instant(row, "date_agreed"),
                        ScenarioJson.readStored(row.getString("primary_contact"), Contact.class)));
        var consents = ofCustomers(
                "select * from extension_consent where %s order by id",
                row -> new ExtensionConsent(
                        id(row, "id"),
                        id(row, "provider_id"),
                        id(row, "partner_id"),
                        row.getString("given_by"),
                        instant(row, "given_at"),
                        row.getString("method"),
                        row.getString("recorded_by"),
                        instant(row, "recorded_time")));
        var subscriptions = ofCustomers("select * from subscription where %s order by id", StoredWorld::subscription);
        // A withdrawn transfer is visible to nobody (D1).
        var transfers = group(
                "select * from transfer where status <> 'WITHDRAWN' and %s order by id",
                "customer_tenant_id", customers, StoredWorld::transfer);
        var orders = ofCustomers("select * from customer_order where %s order by id collate \"C\"", StoredWorld::order);
        return list(
                "select * from customer where %s order by tenant_id",
                "tenant_id", customers, row -> {
                    var id = id(row, "tenant_id");
                    return new Customer(
                            id,
                            row.getString("company_name"),
                            row.getString("domain"),
                            row.getString("country"),
                            row.getString("registration_number"),
                            ScenarioJson.readStored(row.getString("bill_to"), BillTo.class),
                            users.get(id),
                            relationships.get(id),
                            agreements.get(id),
                            consents.get(id),
                            subscriptions.get(id),
                            transfers.get(id),
                            orders.get(id));
                });
    }

    private Map<UUID, List<User>> users(String owner, UUID[] owners) throws SQLException {
        return group(
                "select * from user_account where %1$s and " + owner + " is not null order by object_id",
                owner,
                owners,
                row -> new User(
                        id(row, "object_id"),
                        row.getString("user_principal_name"),
                        null,
                        row.getString("password_hash"),
                        Stream.of((String[]) row.getArray("roles").getArray())
                                .map(Role::of)
                                .flatMap(role -> role.stream())
                                .toList()));
    }

    private static Subscription subscription(ResultSet row) throws SQLException {
        return new Subscription(
                id(row, "id"),
                id(row, "partner_id"),
                Product.valueOf(row.getString("product")),
                row.getString("offer_id"),
                row.getString("offer_name"),
                row.getString("friendly_name"),
                row.getInt("quantity"),
                BillingCycle.valueOf(row.getString("billing_cycle")),
                row.getString("term_duration"),
                SubscriptionStatus.valueOf(row.getString("status")),
                SyncState.valueOf(row.getString("sync_state")),
                id(row, "parent_subscription_id"),
                id(row, "azure_subscription_id"),
                row.getString("partner_id_on_record"),
                instant(row, "creation_date"),
                instant(row, "commitment_end_date"),
                row.getBoolean("auto_renew_enabled"),
                row.getString("order_id"),
                id(row, "moved_from"));
    }

    private static Transfer transfer(ResultSet row) throws SQLException {
        return new Transfer(
                id(row, "id"),
                TransferType.valueOf(row.getString("type")),
                id(row, "source_partner_tenant_id"),
                id(row, "target_partner_tenant_id"),
                TransferStatus.valueOf(row.getString("status")),
                instant(row, "created_time"),
                instant(row, "last_modified_time"),
                id(row, "last_modified_user"),
                ScenarioJson.readStoredList(row.getString("line_items"), Line.class).stream()
                        .map(Line::ofBase)
                        .toList());
    }

    private static Order order(ResultSet row) throws SQLException {
        return new Order(
                row.getString("id"),
                id(row, "partner_id"),
                id(row, "transfer_id"),
                row.getObject("transfer_group_id", Integer.class),
                ScenarioJson.readStored("\"" + row.getString("billing_cycle") + "\"", BillingCycle.class),
                row.getString("currency_code"),
                row.getString("status"),
                row.getString("transaction_type"),
                instant(row, "creation_date"),
                ScenarioJson.readStoredList(row.getString("line_items"), OrderLine.class));
    }

    private <T> Map<UUID, List<T>> ofCustomers(String sql, Mapping<T> mapping) throws SQLException {
        return group(sql, "customer_id", customers, mapping);
    }

    private <T> Map<UUID, List<T>> group(String sql, String owner, UUID[] owners, Mapping<T> mapping)
            throws SQLException {
        var groups = new HashMap<UUID, List<T>>();
        try (var select = select(sql, owner, owners);
                var rows = select.executeQuery()) {
            while (rows.next()) {
                groups.computeIfAbsent(id(rows, owner), id -> new ArrayList<>()).add(mapping.of(rows));
            }
        }
        return groups;
    }

    private <T> List<T> list(String sql, String key, UUID[] ids, Mapping<T> mapping) throws SQLException {
        var list = new ArrayList<T>();
        try (var select = select(sql, key, ids);
                var rows = select.executeQuery()) {
            while (rows.next()) {
                list.add(mapping.of(rows));
            }
        }
        return list;
    }

    private PreparedStatement select(String sql, String key, UUID[] ids) throws SQLException {
        var select = connection.prepareStatement(sql.formatted(ids == null ? "true" : key + " = any (?)"));
        select.setFetchSize(1000);
        if (ids != null) {
            select.setArray(1, connection.createArrayOf("uuid", ids));
        }
        return select;
    }

    private static UUID id(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static Instant instantOrNull(ResultSet row, String column) throws SQLException {
        var value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    private static <T> T first(List<T> list) {
        return list == null ? null : list.get(0);
    }

    private interface Mapping<T> {
        T of(ResultSet row) throws SQLException;
    }
}
