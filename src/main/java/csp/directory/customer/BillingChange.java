package csp.directory.customer;

import csp.directory.billing.BillTo;
import java.util.List;

/**
 * Where a partner wants a customer's bills to go.
 *
 * @param etags what the request was made from; empty when it takes any version
 */
public record BillingChange(BillTo billTo, List<String> etags) {}
