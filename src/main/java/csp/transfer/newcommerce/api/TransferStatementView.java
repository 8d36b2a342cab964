package csp.transfer.newcommerce.api;

import csp.transfer.newcommerce.BilledDays;
import csp.transfer.newcommerce.TransferStatement;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;

/**
 * Who pays what of an accepted transfer, on the portal; dates are days in UTC.
 *
 * @param transferDate the first day of the target; absent while it is in progress
 */
public record TransferStatementView(
        UUID transferId,
        String status,
        UUID customerId,
        UUID sourcePartnerId,
        UUID targetPartnerId,
        String transferDate,
        List<LineView> lines) {

    /**
     * One line.
     *
     * @param newSubscriptionId only of a line that moved, as {@code orderId} and all that says who pays
     * @param term absent for what is billed by use
     * @param source absent when it moved on the day of its purchase
     * @param refund absent where nothing was paid in advance
     */
    public record LineView(
            UUID subscriptionId,
            UUID newSubscriptionId,
            String orderId,
            String status,
            String productType,
            String friendlyName,
            int quantity,
            String billingCycle,
            String termDuration,
            DaysView term,
            DaysView source,
            DaysView target,
            RefundView refund,
            String transferError) {

        private static LineView of(TransferStatement.Line of) {
            var line = of.line();
            var left = of.left();
            var split = of.split();
            return new LineView(
                    line.subscriptionId(),
                    line.newSubscriptionId(),
                    line.orderId(),
                    line.status().toString(),
                    line.productType().toString(),
                    left.friendlyName(),
                    left.quantity(),
                    left.billingCycle().wireName(),
                    left.termDuration(),
                    split == null ? null : DaysView.of(split.term()),
                    split == null ? null : DaysView.of(split.source()),
                    split == null ? null : DaysView.of(split.target()),
                    split == null || split.refundedDays() == null
                            ? null
                            : new RefundView(split.refundedDays(), split.refundedShare()),
                    line.transferError());
        }
    }

    /** @param days absent without end */
    public record DaysView(String from, String to, Long days) {

        private static DaysView of(BilledDays days) {
            return days == null
                    ? null
                    : new DaysView(
                            days.from().toString(),
                            days.to() == null ? null : days.to().toString(),
                            days.count());
        }
    }

    /** @param share of what the source had paid in advance for the term */
    public record RefundView(long days, BigDecimal share) {}

    static TransferStatementView of(TransferStatement statement) {
        var transfer = statement.transfer();
        return new TransferStatementView(
                transfer.id(),
                transfer.status().wireName(),
                transfer.customerTenantId(),
                transfer.sourcePartnerTenantId(),
                transfer.targetPartnerTenantId(),
                statement.day() == null ? null : statement.day().toString(),
                statement.lines().stream().map(LineView::of).toList());
    }
}
