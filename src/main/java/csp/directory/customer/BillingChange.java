package csp.directory.customer;

import csp.directory.billing.BillTo;
import java.util.List;

/**
 * Where a partner wants a customer's bills to go.
 *
 * @param etags what the request was made from; never empty, but a request may ask for any version with none left to compare
 */
public record BillingChange(BillTo billTo, List<String> etags) {}
