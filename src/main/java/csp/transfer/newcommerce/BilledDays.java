package csp.transfer.newcommerce;

import static java.time.temporal.ChronoUnit.DAYS;

import java.time.LocalDate;

/**
 * Days that somebody pays for.
 *
 * @param from the first of them; null when nobody knows
 * @param to the last of them; null without end
 */
public record BilledDays(LocalDate from, LocalDate to) {

    /** How many; null when one end is open. */
    public Long count() {
        return from == null || to == null ? null : DAYS.between(from, to) + 1;
    }

    /** Null when the last is before the first: nobody pays for no days. */
    static BilledDays ofNullable(LocalDate from, LocalDate to) {
        return from != null && to != null && to.isBefore(from) ? null : new BilledDays(from, to);
    }
}
