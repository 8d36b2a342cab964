package csp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the database refuses of offers, subscriptions, transfers and orders. */
class TransferSchemaTest extends MigratedDatabase {

    @Test
    void offer_product_is_known() {
        refused("update offer set product = 'HARDWARE'");
    }

    @Test
    void offer_equivalent_exists() {
        refused("update offer set equivalent_to = 'nothing'");
    }

    @Test
    void offer_is_not_its_own_equivalent() {
        refused("update offer set equivalent_to = id");
    }

    @Test
    void subscription_product_is_known() {
        refused("update subscription set product = 'HARDWARE'");
    }

    @Test
    void subscription_quantity_is_positive() {
        refused("update subscription set quantity = 0");
    }

    @Test
    void subscription_billing_cycle_is_known() {
        refused("update subscription set billing_cycle = 'DAILY'");
    }

    @Test
    void subscription_status_is_known() {
        refused("update subscription set status = 'LOST'");
    }

    @Test
    void subscription_sync_state_is_known() {
        refused("update subscription set sync_state = 'HALF'");
    }

    @Test
    void subscription_version_starts_at_one() {
        refused("update subscription set version = 0");
    }

    @Test
    void subscription_moves_once() {
        refused("update subscription set moved_from = %1$s where id <> %1$s".formatted(SUBSCRIPTION));
    }

    @Test
    void subscription_id_with_customer() {
        // The primary key would speak first, were it not for a referrer that needs both columns.
        refused(
                "alter table subscription drop constraint subscription_pkey cascade",
                "insert into subscription select * from subscription");
    }

    @Test
    void subscription_parent_is_of_the_same_customer() {
        refused(
                "update subscription set customer_id = %s where id = %s".formatted(OTHER_CUSTOMER, SUBSCRIPTION),
                "update subscription set parent_subscription_id = %1$s where id <> %1$s".formatted(SUBSCRIPTION));
    }

    @Test
    void subscription_is_not_its_own_parent() {
        refused("update subscription set parent_subscription_id = id");
    }

    @Test
    void transfer_type_is_known() {
        refused("update transfer set type = 'MODERN'");
    }

    @Test
    void transfer_status_is_known() {
        refused("delete from transfer_claim", "update transfer set status = 'LOST'");
    }

    @Test
    void transfer_has_1_to_500_lines() {
        refused("update transfer set line_items = '[]'");
        refused("update transfer set line_items = (select jsonb_agg('{}'::jsonb) from generate_series(1, 501))");
    }

    @Test
    void transfer_line_has_a_positive_quantity() {
        refused("update transfer set line_items = '[{\"quantity\": 1}, {\"quantity\": 0}]'");
    }

    @Test
    void transfer_is_between_two_partners() {
        refused("update transfer set target_partner_tenant_id = source_partner_tenant_id");
    }

    @Test
    void transfer_id_with_open() {
        // The primary key would speak first, were it not for a referrer that needs both columns.
        refused("alter table transfer drop constraint transfer_pkey cascade", """
                insert into transfer (id, type, customer_tenant_id, source_partner_tenant_id, source_partner_name,
                target_partner_tenant_id, target_partner_name, status, created_time, last_modified_time, last_modified_user,
                line_items, version) select id, type, customer_tenant_id, source_partner_tenant_id, source_partner_name,
                target_partner_tenant_id, target_partner_name, status, created_time, last_modified_time, last_modified_user,
                line_items, version from transfer""");
    }

    @Test
    void transfer_order_belongs_to_a_completed_line() {
        refused(
                "delete from transfer_claim",
                "update transfer set status = 'COMPLETE', line_items = '[{\"quantity\": 1, \"status\": \"Complete\"}]'");
        refused("update transfer set line_items = '[{\"quantity\": 1, \"orderId\": \"o\"}]'");
    }

    @Test
    void transfer_lines_are_open_until_it_completes() {
        refused(
                "update transfer set line_items = '[{\"quantity\": 1, \"status\": \"Failed\", \"transferError\": \"e\"}]'");
    }

    @Test
    void transfer_lines_are_closed_when_it_completes() {
        refused("delete from transfer_claim", "update transfer set status = 'PARTIALLY_COMPLETE'");
    }

    @Test
    void transfer_is_complete_when_no_line_failed() {
        refused("delete from transfer_claim", """
                update transfer set status = 'COMPLETE',
                line_items = '[{"quantity": 1, "status": "Failed", "transferError": "e"}]'""");
    }

    @Test
    void transfer_failed_line_says_why() {
        refused(
                "delete from transfer_claim",
                "update transfer set status = 'PARTIALLY_COMPLETE', line_items = '[{\"quantity\": 1, \"status\": \"Failed\"}]'");
    }

    @Test
    void another_flavour_brings_states_and_lines_of_its_own() throws SQLException {
        run("alter table transfer drop constraint transfer_type_is_known");
        run("delete from transfer_claim");
        run("update transfer set type = 'OTHER', status = 'PENDING', line_items = '[]'");
        run("insert into transfer_claim select %s, id from transfer".formatted(SUBSCRIPTION));
        run("delete from transfer_claim");
        run("""
                update transfer set status = 'COMPLETE',
                line_items = '[{"quantity": 0}, {"status": "Failed"}, {"status": "Complete"}, {"orderId": "o"}]'""");
        assertEquals(List.of("f"), strings("select open from transfer"));
    }

    @Test
    void transfer_claim_one_open_per_subscription() {
        refused("insert into transfer_claim select * from transfer_claim");
    }

    @Test
    void transfer_claim_ends_with_the_transfer() {
        refused("update transfer_claim set transfer_open = false");
    }

    @Test
    void transfer_claim_is_of_an_open_transfer() {
        refused("update transfer set status = 'REJECTED'");
        refused("update transfer_claim set transfer_id = " + NOBODY);
    }

    @Test
    void customer_order_status_is_known() {
        refused("update customer_order set status = 'lost'");
    }

    @Test
    void customer_order_has_lines() {
        refused("update customer_order set line_items = '[]'");
    }

    @Test
    void customer_order_one_per_line_group() {
        refused("""
                insert into customer_order select 'second', customer_id, partner_id, transfer_id, transfer_group_id, billing_cycle,
                currency_code, status, transaction_type, creation_date, line_items, version from customer_order""");
    }

    @Test
    void customer_order_names_transfer_and_group_together() {
        refused("update customer_order set transfer_group_id = null");
    }
}
