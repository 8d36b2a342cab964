package csp;

import org.junit.jupiter.api.Test;

/** What the database refuses of new-commerce transfers. */
class NewCommerceSchemaTest extends MigratedDatabase {

    private static final String FREE = "delete from transfer_claim";
    private static final String PENDING = """
            update transfer set type = 'NEW_COMMERCE', status = 'PENDING', line_items = null,
            accepted_lines = '[]', transfer_type = 5,
            customer_email_id = '', customer_name = 'Customer', target_partner_email_id = 'target',
            expiration_time = now() + interval '31 days'""";
    private static final String LINE =
            "{\"subscriptionId\": \"s\", \"productType\": \"OnlineServicesNCE\", \"status\": \"%s\"%s}";
    private static final String OPEN = LINE.formatted("InProgress", "");
    private static final String MOVED =
            LINE.formatted("Complete", ", \"newSubscriptionId\": \"n\", \"orderId\": \"o\"");
    private static final String FAILED = LINE.formatted("Failed", ", \"transferError\": \"e\"");

    private static String inProgress(String lines) {
        return "update transfer set status = 'IN_PROGRESS', expiration_time = null, accepted_lines = '%s'"
                .formatted(lines);
    }

    private static String ended(String status, String lines) {
        return "update transfer set status = '%s', expiration_time = null, completed_time = now(), accepted_lines = '[%s]'"
                .formatted(status, lines);
    }

    @Test
    void new_commerce_transfer_status_is_known() {
        refused(FREE, PENDING, "update transfer set status = 'ACTIVE'");
    }

    @Test
    void new_commerce_transfer_says_what_was_asked_for() {
        for (var column :
                new String[] {"transfer_type", "customer_email_id", "customer_name", "target_partner_email_id"}) {
            refused(FREE, PENDING, "update transfer set %s = null".formatted(column));
        }
        refused("update transfer set transfer_type = 5");
        refused("update transfer set partner_on_record = '1'");
        refused("update transfer set expiration_time = now()");
    }

    @Test
    void transfer_has_the_lines_of_its_flavour() {
        refused("update transfer set line_items = null");
        refused("update transfer set accepted_lines = '[]'");
        refused(FREE, PENDING, "update transfer set line_items = '[]'");
        refused(FREE, PENDING, "update transfer set accepted_lines = null");
    }

    @Test
    void new_commerce_transfer_type_is_3_or_5() {
        refused(FREE, PENDING, "update transfer set transfer_type = 4");
    }

    @Test
    void new_commerce_transfer_asks_for_known_products() {
        refused(FREE, PENDING, "update transfer set target_product_types = '[\"Hardware\"]'");
        refused(FREE, PENDING, "update transfer set target_product_types = '[]'");
    }

    @Test
    void new_commerce_transfer_expires_until_it_is_accepted() {
        refused(FREE, PENDING, "update transfer set expiration_time = null");
        refused(FREE, PENDING, "update transfer set status = 'IN_PROGRESS', accepted_lines = '[%s]'".formatted(OPEN));
        refused(FREE, PENDING, "update transfer set status = 'EXPIRED', expiration_time = null");
    }

    @Test
    void new_commerce_transfer_is_completed_at_a_time() {
        refused(FREE, PENDING, "update transfer set completed_time = now()");
        refused(
                FREE,
                PENDING,
                inProgress("[" + OPEN + "]"),
                "update transfer set status = 'COMPLETE', accepted_lines = '[%s]'".formatted(MOVED));
    }

    @Test
    void new_commerce_transfer_has_lines_from_its_acceptance_on() {
        refused(FREE, PENDING, "update transfer set accepted_lines = '[%s]'".formatted(OPEN));
        refused(FREE, PENDING, inProgress("[]"));
        refused(
                FREE,
                PENDING,
                "update transfer set status = 'IN_PROGRESS', expiration_time = null, accepted_lines ="
                        + " (select jsonb_agg('%s'::jsonb) from generate_series(1, 26))".formatted(OPEN));
    }

    @Test
    void new_commerce_transfer_line_names_subscription_and_product() {
        refused(FREE, PENDING, inProgress("[{\"subscriptionId\": \"s\", \"status\": \"InProgress\"}]"));
    }

    @Test
    void new_commerce_transfer_lines_are_open_until_it_completes() {
        refused(FREE, PENDING, inProgress("[" + MOVED + "]"));
        refused(FREE, PENDING, ended("PARTIALLY_COMPLETE", MOVED + "," + FAILED + "," + OPEN));
    }

    @Test
    void new_commerce_transfer_line_is_continued_when_it_completes() {
        refused(FREE, PENDING, ended("COMPLETE", LINE.formatted("Complete", "")));
        refused(
                FREE,
                PENDING,
                ended("FAILED", LINE.formatted("Failed", ", \"transferError\": \"e\", \"orderId\": \"o\"")));
    }

    @Test
    void new_commerce_transfer_failed_line_says_why() {
        refused(FREE, PENDING, ended("FAILED", LINE.formatted("Failed", "")));
    }

    @Test
    void new_commerce_transfer_ends_as_its_lines_do() {
        refused(FREE, PENDING, ended("COMPLETE", MOVED + "," + FAILED));
        refused(FREE, PENDING, ended("PARTIALLY_COMPLETE", MOVED));
        refused(FREE, PENDING, ended("PARTIALLY_COMPLETE", FAILED));
        refused(FREE, PENDING, ended("FAILED", MOVED + "," + FAILED));
    }
}
