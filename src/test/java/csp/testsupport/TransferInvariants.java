package csp.testsupport;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** What holds of the transfers of some customers in the database at every moment, whatever was done, by whom, and who was killed. */
public final class TransferInvariants {

    private static final String OURS = "with ours as (select unnest(cast(? as uuid[])) as id)";

    /** Every line and add-on of the customers' transfers. */
    private static final String MEMBERS = OURS + """
            , member as (select transfer.id, transfer.status, customer_tenant_id, item
                from transfer, jsonb_array_elements(coalesce(line_items, accepted_lines)) line,
                lateral (select line as item union all select jsonb_array_elements(line -> 'addonItems')) items
                where customer_tenant_id in (select id from ours))
            """;

    private final Sql database;
    private final String[] customers;
    private final List<String> broken = new ArrayList<>();

    private TransferInvariants(Sql database, Collection<UUID> customers) {
        this.database = database;
        this.customers = customers.stream().map(UUID::toString).toArray(String[]::new);
    }

    /**
     * The rules that do not hold, with what was found.
     *
     * @param subscriptions how many the customers had at first and bought since
     */
    public static List<String> broken(Sql database, Collection<UUID> customers, long subscriptions) {
        var invariants = new TransferInvariants(database, customers);
        invariants.check(subscriptions);
        return invariants.broken;
    }

    private void check(long subscriptions) {
        check(
                "every subscription is held once, where it was or where it went",
                subscriptions,
                OURS
                        + "select count(*) from subscription where customer_id in (select id from ours) and not moved_away");
        check("every moved subscription has one successor", 0, OURS + """
                select count(*) from subscription old where customer_id in (select id from ours) and moved_away <> exists
                (select from subscription new where new.moved_from = old.id)""");
        check("an add-on is with its base", 0, OURS + """
                select count(*) from subscription addon join subscription base on base.id = addon.parent_subscription_id
                where addon.customer_id in (select id from ours)
                    and (addon.partner_id <> base.partner_id or addon.moved_away <> base.moved_away)""");
        check("the target has the quantity of the snapshot", 0, MEMBERS + """
                select count(*) from member join subscription on moved_from = (item ->> 'subscriptionId')::uuid
                where item ->> 'status' = 'Complete' and (quantity <> (item ->> 'quantity')::int or order_id <> item ->> 'orderId')""");
        check("what moves in new commerce goes on as it was, at the target", 0, OURS + """
                select count(*) from transfer, jsonb_array_elements(accepted_lines) line
                left join subscription new on new.id = (line ->> 'newSubscriptionId')::uuid
                left join subscription old on old.id = (line ->> 'subscriptionId')::uuid
                where customer_tenant_id in (select id from ours) and line ->> 'status' = 'Complete'
                    and (new.quantity, new.moved_from, new.partner_id)
                        is distinct from (old.quantity, old.id, target_partner_tenant_id)""");
        check("one order per completed line", 0, OURS + """
                select (select count(*) from customer_order where transfer_id is not null and customer_id in (select id from ours))
                    - (select count(*) from transfer, jsonb_array_elements(line_items) line
                        where customer_tenant_id in (select id from ours) and line ->> 'status' = 'Complete')
                    - (select count(distinct line ->> 'orderId') from transfer, jsonb_array_elements(accepted_lines) line
                        where customer_tenant_id in (select id from ours))""");
        check("open transfers, and no others, hold what they name", 0, MEMBERS + """
                select count(*) from (select id, (item ->> 'subscriptionId')::uuid as held from member
                    where status in ('ACTIVE', 'IN_PROGRESS')) named
                full join (select transfer_id, subscription_id from transfer_claim join subscription on id = subscription_id
                    where customer_id in (select id from ours)) claimed
                on transfer_id = id and subscription_id = held where id is null or transfer_id is null""");
    }

    private void check(String rule, long expected, String query) {
        var found = database.number(query, (Object) customers);
        if (found != expected) {
            broken.add("%s: %d instead of %d".formatted(rule, found, expected));
        }
    }
}
