package csp.transfer.newcommerce;

import static java.time.ZoneOffset.UTC;

import csp.commerce.subscription.BillingCycle;
import csp.commerce.subscription.Subscription;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;

/**
 * Which days of the term in which a subscription moved each partner pays: the day of the transfer is the target's, as the vendor's own
 * example has it (W73).
 *
 * @param term what was bought; null for what is billed by use and has none
 * @param source null when the subscription moved on the day of its purchase
 * @param target to the end of the term, without end where there is no term
 * @param refundedDays what goes back to the source of what it paid in advance, in days; null with monthly billing, where it simply
 *     gets no further invoice, and without a term
 */
public record TermSplit(BilledDays term, BilledDays source, BilledDays target, Long refundedDays) {

    private static final int DIGITS = 4;

    /**
     * @param left the record that stayed at the source, as it was when it moved
     * @param day of the transfer, in UTC
     */
    static TermSplit of(Subscription left, LocalDate day) {
        var bought = dayOf(left.creationDate());
        if (left.product().isUsageBased() || left.commitmentEndDate().equals(Subscription.NEVER)) {
            return new TermSplit(
                    null, BilledDays.ofNullable(bought, day.minusDays(1)), new BilledDays(day, null), null);
        }
        var term = termOf(left, bought, day);
        var paid = new BilledDays(later(bought, term.from()), term.to());
        var source = BilledDays.ofNullable(paid.from(), day.minusDays(1));
        var target = new BilledDays(day, term.to());
        return new TermSplit(term, source, target, isPaidInAdvance(left.billingCycle()) ? target.count() : null);
    }

    /**
     * The term that the day is in. Some worlds say the last day of it, some the day after: it is the purchase and the duration that
     * tell, and from one term to the next.
     */
    private static BilledDays termOf(Subscription left, LocalDate bought, LocalDate day) {
        var end = dayOf(left.commitmentEndDate());
        if (left.termDuration() == null) {
            return roll(bought, end, null, day);
        }
        var duration = Period.parse(left.termDuration());
        var full = bought.plus(duration);
        var isLastDay = end.equals(full.minusDays(1));
        var after = isLastDay ? full : end;
        return roll(after.minus(duration), after, duration, day);
    }

    private static BilledDays roll(LocalDate start, LocalDate after, Period duration, LocalDate day) {
        var from = start;
        var next = after;
        for (var terms = 1; duration != null && !next.isAfter(day); terms++) {
            from = next;
            next = after.plus(duration.multipliedBy(terms));
        }
        return new BilledDays(from, next.isAfter(day) ? next.minusDays(1) : day);
    }

    private static boolean isPaidInAdvance(BillingCycle cycle) {
        return switch (cycle) {
            case ANNUAL, ONE_TIME, TRIENNIAL, BIENNIAL -> true;
            case MONTHLY, NONE -> false;
        };
    }

    /** The refunded days as a share of what the source had paid in advance, of four digits; null without a refund. */
    public BigDecimal refundedShare() {
        if (refundedDays == null) {
            return null;
        }
        var paid = refundedDays + (source == null ? 0 : source.count());
        return BigDecimal.valueOf(refundedDays).divide(BigDecimal.valueOf(paid), DIGITS, RoundingMode.HALF_UP);
    }

    private static LocalDate dayOf(Instant moment) {
        return moment.atZone(UTC).toLocalDate();
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }
}
