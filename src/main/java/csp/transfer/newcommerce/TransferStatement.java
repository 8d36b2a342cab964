package csp.transfer.newcommerce;

import csp.commerce.subscription.Subscription;
import java.time.LocalDate;
import java.util.List;

/**
 * Who pays what of an accepted transfer, for the accounts of both partners: days and shares, no prices.
 *
 * @param day on which it was completed, in UTC; null while it is in progress
 */
public record TransferStatement(NewCommerceTransfer transfer, LocalDate day, List<Line> lines) {

    /**
     * One line.
     *
     * @param left the record at the source
     * @param split null for a line that has not moved
     */
    public record Line(NewCommerceLine line, Subscription left, TermSplit split) {}
}
