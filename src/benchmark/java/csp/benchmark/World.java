package csp.benchmark;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * What is in one database beside the demo world, put there by SQL because requests would take hours. Ids are digests of a kind
 * and a number, in the database as here, so that a request needs no look-up and indexes are met at random places.
 * <ul>
 *   <li>{@code customer} 1 to {@link #customers}: 20 transfers each, 14 complete, 4 rejected, 2 active, of three lines, with
 *       subscriptions, claims, orders and audit records.
 *   <li>{@code eligible} 1 to 50: 200 subscriptions each.
 *   <li>{@code writer} 1 to 1,000: what the writes of {@link Supply} use up.
 * </ul>
 */
class World {

    static final UUID SOURCE = UUID.fromString("a0000000-0000-4000-8000-000000000001");
    static final UUID TARGET = UUID.fromString("a0000000-0000-4000-8000-000000000002");
    static final int TRANSFERS_EACH = 20;
    static final int ELIGIBLE = 50;
    static final int WRITERS = 1000;

    private static final int ELIGIBLE_SUBSCRIPTIONS = 200;
    private static final int CUSTOMERS_AT_A_TIME = 10_000;

    private static final String ID = """
            create function bench(kind text, n bigint) returns uuid immutable parallel safe language sql as
            $$ select md5(kind || n)::uuid $$""";

    private static final String CUSTOMERS = """
            insert into customer (tenant_id, company_name, domain, country, version)
            select bench('%3$s', n), '%3$s ' || n, '%3$s' || n || '.example', 'US', 1 from generate_series(%4$d, %5$d) n;
            insert into customer_relationship (customer_id, partner_id, kind, counterpart_id, delegated_admin, via)
            select bench('%3$s', n), '%1$s'::uuid, 'DIRECT_RESELLER', null::uuid, true, 'DIRECT'
            from generate_series(%4$d, %5$d) n
            union all select bench('%3$s', n), '%2$s', 'INDIRECT_PROVIDER', '%1$s', false, 'EXTENSION'
            from generate_series(%4$d, %5$d) n;
            insert into customer_agreement (customer_id, type, partner_id, method, date_agreed)
            select bench('%3$s', n), 'MicrosoftCustomerAgreement', null, 'DIRECT', now()
            from generate_series(%4$d, %5$d) n""";

    /** Number, id, customer and whether it moved away are expressions over {@code series}. */
    private static final String SUBSCRIPTIONS = """
            insert into subscription (id, customer_id, partner_id, product, offer_id, offer_name, friendly_name, quantity,
                billing_cycle, term_duration, status, sync_state, creation_date, commitment_end_date, auto_renew_enabled,
                order_id, moved_away, version)
            select id, customer, '%s', 'LICENSE', '796B6B5F-613C-4E24-A17C-EBA730D49C02', 'Microsoft 365 E3',
                'Microsoft 365 E3', 25, 'ANNUAL', 'P1Y', case when moved then 'SUSPENDED' else 'ACTIVE' end, 'COMPLETE',
                now() - interval '90 days', now() + interval '275 days', true, id::text, moved, 1
            from (%s) s""";

    /** A line as the service keeps it, open. */
    private static final String LINE = """
            jsonb_build_object('subscriptionId', %s, 'offerId', '796B6B5F-613C-4E24-A17C-EBA730D49C02', 'billingCycle', 'annual',
                'friendlyName', 'Microsoft 365 E3', 'quantity', 25, 'partnerIdOnRecord', '4800001',
                'addonItems', '[]'::jsonb)""";

    private static final String TRANSFERS = """
            insert into transfer (id, type, customer_tenant_id, source_partner_tenant_id, source_partner_name,
                target_partner_tenant_id, target_partner_name, status, created_time, last_modified_time, last_modified_user,
                line_items, version)
            select id, 'LEGACY', customer, '%1$s', 'Contoso Direct', '%2$s', 'Fabrikam Distribution', status, now(), now(),
                'e0000000-0000-4000-8000-000000000001', lines, 0
            from (%3$s) t""";

    private final Database server;
    private final String database;
    private final long customers;
    private final Map<Supply, Long> made = new EnumMap<>(Supply.class);
    private final Map<Supply, Long> used = new EnumMap<>(Supply.class);

    private World(Database server, String database, long customers) {
        this.server = server;
        this.database = database;
        this.customers = customers;
    }

    /** Into a database whose schema and demo world the service has made. */
    static World load(Database server, String database, long transfers) {
        var world = new World(server, database, Math.max(1, transfers / TRANSFERS_EACH));
        world.execute(ID);
        world.addCustomers("eligible", 1, ELIGIBLE);
        world.execute(SUBSCRIPTIONS.formatted(SOURCE, """
                select bench('offered', c * %1$d + n) id, bench('eligible', c) customer, false moved
                from generate_series(1, %2$d) c, generate_series(1, %1$d) n""".formatted(ELIGIBLE_SUBSCRIPTIONS, ELIGIBLE)));
        world.addCustomers("writer", 1, WRITERS);
        for (var first = 1L; first <= world.customers; first += CUSTOMERS_AT_A_TIME) {
            world.addCustomersWithTransfers(first, Math.min(world.customers, first + CUSTOMERS_AT_A_TIME - 1));
        }
        world.execute("vacuum analyze");
        world.execute("checkpoint");
        return world;
    }

    /** Names the same things, holds nothing and has no end: for a mock, which does not look. */
    static World imagined(long transfers) {
        var world = new World(null, null, Math.max(1, transfers / TRANSFERS_EACH));
        for (var supply : Supply.values()) {
            world.made.put(supply, Long.MAX_VALUE);
        }
        return world;
    }

    private void addCustomers(String kind, long first, long last) {
        execute(CUSTOMERS.formatted(SOURCE, TARGET, kind, first, last));
    }

    private void addCustomersWithTransfers(long first, long last) {
        addCustomers("customer", first, last);
        execute(SUBSCRIPTIONS.formatted(SOURCE, """
                select bench('line', (c * 20 + t) * 3 + l) id, bench('customer', c) customer, t < 14 moved
                from generate_series(%d, %d) c, generate_series(0, 19) t, generate_series(0, 2) l""".formatted(first, last)));
        execute(TRANSFERS.formatted(
                SOURCE, TARGET, """
                select bench('transfer', c * 20 + t) id, bench('customer', c) customer,
                    case when t < 14 then 'COMPLETE' when t < 18 then 'REJECTED' else 'ACTIVE' end status,
                    (select jsonb_agg(%s || case when t < 14 then jsonb_build_object('status', 'Complete', 'transferGroupId', l,
                        'orderId', bench('order', (c * 20 + t) * 3 + l)) else '{}' end order by l)
                        from generate_series(0, 2) l) lines
                from generate_series(%d, %d) c, generate_series(0, 19) t""".formatted(LINE.formatted("bench('line', (c * 20 + t) * 3 + l)"), first, last)));
        execute("""
                insert into transfer_claim (subscription_id, transfer_id)
                select bench('line', (c * 20 + t) * 3 + l), bench('transfer', c * 20 + t)
                from generate_series(%d, %d) c, generate_series(18, 19) t, generate_series(0, 2) l""".formatted(first, last));
        execute("""
                insert into customer_order (id, customer_id, partner_id, transfer_id, transfer_group_id, billing_cycle,
                    currency_code, status, transaction_type, creation_date, line_items, version)
                select bench('order', (c * 20 + t) * 3 + l)::text, bench('customer', c), '%s', bench('transfer', c * 20 + t), l,
                    'annual', 'USD', 'completed', 'UserPurchase', now(),
                    '[{"offerId": "796B6B5F-613C-4E24-A17C-EBA730D49C02", "quantity": 25, "lineItemNumber": 0}]', 1
                from generate_series(%d, %d) c, generate_series(0, 13) t, generate_series(0, 2) l""".formatted(TARGET, first, last));
        execute("""
                with entry as (
                    insert into audit_record (partner_id, participants, customer_id, resource_type, resource_id, operation_type,
                        operation_date)
                    select '%1$s', array['%1$s', '%2$s']::uuid[], bench('customer', c), 'transfer',
                        bench('transfer', c * 20 + t)::text, 'create_transfer', now()
                    from generate_series(%3$d, %4$d) c, generate_series(0, 19) t
                    returning id, participants, operation_date)
                insert into audit_participant (partner_id, operation_date, record_id)
                select unnest(participants), operation_date, id from entry""".formatted(SOURCE, TARGET, first, last));
    }

    /** What a write uses up: {@code lines} active subscriptions, alone or in an active transfer. */
    enum Supply {
        CREATE(3, false),
        ACCEPT(3, true),
        ACCEPT_50(50, true);

        final int lines;
        final boolean transfer;

        Supply(int lines, boolean transfer) {
            this.lines = lines;
            this.transfer = transfer;
        }

        String kind() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Sees to it that {@code count} more of these are there. */
    void provide(Supply supply, long count) {
        if (server == null) {
            return;
        }
        var first = made.getOrDefault(supply, 0L);
        var missing = used.getOrDefault(supply, 0L) + count - first;
        if (missing <= 0) {
            return;
        }
        var last = first + missing - 1;
        var kind = supply.kind();
        var lines = supply.lines;
        execute(SUBSCRIPTIONS.formatted(SOURCE, """
                select bench('%1$s line', n * %2$d + l) id, bench('writer', n %% %3$d + 1) customer, false moved
                from generate_series(%4$d, %5$d) n, generate_series(0, %2$d - 1) l""".formatted(kind, lines, WRITERS, first, last)));
        if (supply.transfer) {
            execute(TRANSFERS.formatted(SOURCE, TARGET, """
                    select bench('%1$s', n) id, bench('writer', n %% %2$d + 1) customer, 'ACTIVE' status,
                        (select jsonb_agg(%3$s order by l) from generate_series(0, %4$d - 1) l) lines
                    from generate_series(%5$d, %6$d) n""".formatted(
                            kind,
                            WRITERS,
                            LINE.formatted("bench('%s line', n * %d + l)".formatted(kind, lines)),
                            lines,
                            first,
                            last)));
            execute("""
                    insert into transfer_claim (subscription_id, transfer_id)
                    select bench('%1$s line', n * %2$d + l), bench('%1$s', n)
                    from generate_series(%3$d, %4$d) n, generate_series(0, %2$d - 1) l""".formatted(kind, lines, first, last));
        }
        made.put(supply, last + 1);
    }

    /** The number of one that nobody has used; -1 when there is none. */
    synchronized long take(Supply supply) {
        var number = used.getOrDefault(supply, 0L);
        if (number >= made.getOrDefault(supply, 0L)) {
            return -1;
        }
        used.put(supply, number + 1);
        return number;
    }

    /** What grew while others were measured is put in order, as autovacuum would later in the middle of a measurement. */
    void tidyUp() {
        if (server == null) {
            return;
        }
        execute("vacuum analyze subscription, transfer, transfer_claim, customer_order, audit_record, stored_answer");
        execute("checkpoint");
    }

    long customers() {
        return customers;
    }

    static UUID writerOf(long number) {
        return id("writer", number % WRITERS + 1);
    }

    static UUID lineOf(Supply supply, long number, int line) {
        return id(supply.kind() + " line", number * supply.lines + line);
    }

    /** As the function {@code bench} in the database. */
    static UUID id(String kind, long number) {
        try {
            var digest = ByteBuffer.wrap(
                    MessageDigest.getInstance("MD5").digest((kind + number).getBytes(StandardCharsets.UTF_8)));
            return new UUID(digest.getLong(), digest.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void execute(String statements) {
        try (var connection = server.connect(database);
                var statement = connection.createStatement()) {
            statement.execute(statements);
        } catch (SQLException e) {
            throw new IllegalStateException(statements, e);
        }
    }
}
