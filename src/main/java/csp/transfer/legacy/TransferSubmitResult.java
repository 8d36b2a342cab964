package csp.transfer.legacy;

import csp.commerce.order.Order;
import java.util.List;

/**
 * What an accepted transfer did (transfers.md §2.3).
 *
 * @param transfer closed, with the outcome of every line
 * @param orders one per completed line group, in line order
 */
public record TransferSubmitResult(LegacyTransfer transfer, List<Order> orders) {}
