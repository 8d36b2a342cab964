package csp.transfer.newcommerce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import csp.commerce.subscription.BillingCycle;
import csp.commerce.subscription.Product;
import csp.commerce.subscription.Subscription;
import csp.directory.partner.Partner;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TermSplitTest {

    @Test
    void the_vendors_example_bought_on_10_April_moved_on_15_June_W73() {
        var split = split(BillingCycle.ANNUAL, "P1Y", "2024-04-10T09:00:00Z", "2024-06-15");
        assertEquals(days("2024-04-10", "2025-04-09"), split.term());
        assertEquals(days("2024-04-10", "2024-06-14"), split.source());
        assertEquals(days("2024-06-15", "2025-04-09"), split.target());
        assertEquals(66, split.source().count());
        assertEquals(299, split.target().count());
        assertEquals(299L, split.refundedDays());
        assertEquals("0.8192", split.refundedShare().toString());
    }

    @Test
    void with_monthly_billing_the_source_simply_gets_no_further_invoice() {
        var split = split(BillingCycle.MONTHLY, "P1Y", "2024-04-10T09:00:00Z", "2024-06-15");
        assertEquals(days("2024-06-15", "2025-04-09"), split.target());
        assertNull(split.refundedDays());
        assertNull(split.refundedShare());
    }

    @Test
    void on_the_day_of_the_purchase_the_target_pays_all_and_the_source_gets_all_back() {
        var split = split(BillingCycle.ANNUAL, "P1Y", "2024-04-10T09:00:00Z", "2024-04-10");
        assertNull(split.source());
        assertEquals(365, split.target().count());
        assertEquals("1.0000", split.refundedShare().toString());
    }

    @Test
    void on_the_last_day_of_the_term_the_target_pays_that_day() {
        var split = split(BillingCycle.ANNUAL, "P1Y", "2024-04-10T09:00:00Z", "2025-04-09");
        assertEquals(days("2025-04-09", "2025-04-09"), split.target());
        assertEquals(364, split.source().count());
    }

    @Test
    void a_term_that_was_renewed_is_the_one_that_the_day_is_in() {
        var split = split(BillingCycle.ANNUAL, "P1Y", "2022-04-10T09:00:00Z", "2024-06-15");
        assertEquals(days("2024-04-10", "2025-04-09"), split.term());
        assertEquals(days("2024-04-10", "2024-06-14"), split.source());
    }

    @Test
    void of_usage_each_pays_what_it_brought_and_there_is_no_term() {
        var split = TermSplit.of(
                Subscription.buy(purchase(Product.AZURE_PLAN, null, null), Instant.parse("2024-04-10T09:00:00Z")),
                LocalDate.parse("2024-06-15"));
        assertNull(split.term());
        assertEquals(days("2024-04-10", "2024-06-14"), split.source());
        assertEquals(new BilledDays(LocalDate.parse("2024-06-15"), null), split.target());
        assertNull(split.refundedDays());
    }

    private static TermSplit split(BillingCycle cycle, String term, String bought, String day) {
        return TermSplit.of(
                Subscription.buy(purchase(Product.NEW_COMMERCE_LICENSE, cycle, term), Instant.parse(bought)),
                LocalDate.parse(day));
    }

    private static Subscription.Purchase purchase(Product product, BillingCycle cycle, String term) {
        return new Subscription.Purchase(null, new Partner())
                .product(product)
                .offerName("offer")
                .billingCycle(cycle)
                .termDuration(term);
    }

    private static BilledDays days(String from, String to) {
        return new BilledDays(LocalDate.parse(from), LocalDate.parse(to));
    }
}
