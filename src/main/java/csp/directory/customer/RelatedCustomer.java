package csp.directory.customer;

import csp.directory.billing.BillTo;
import csp.directory.relationship.CustomerAction;
import csp.directory.relationship.CustomerRelationship;
import csp.directory.relationship.CustomerRelationships;
import java.util.UUID;

/**
 * A customer with everything it has with partners.
 *
 * @param customer null when there is no such customer or nobody knows it; never after {@link #require}
 */
public record RelatedCustomer(Customer customer, CustomerRelationships relationships) {

    /** Error 20002 when the partner has no relationship of any kind, or when there is no such customer (D5). */
    public RelatedCustomer require(UUID partnerId) {
        relationships.require(partnerId);
        return this;
    }

    /** As {@link CustomerRelationships#requirePermitted}. */
    public RelatedCustomer requirePermitted(UUID partnerId, CustomerAction action) {
        relationships.requirePermitted(partnerId, action);
        return this;
    }

    /**
     * The bill-to that the partner works with: the copy it got when the relationship was extended to it (lifecycle.md
     * R33), else the customer's own. Null when nobody ever gave one.
     */
    public BillTo billToOf(UUID partnerId) {
        return relationships
                .withOwnBillTo(partnerId)
                .map(CustomerRelationship::billTo)
                .orElseGet(customer::billTo);
    }

    /** Has the partner's bills go elsewhere: what {@link #billToOf} reads. */
    void sendBillsTo(UUID partnerId, BillTo changed) {
        relationships
                .withOwnBillTo(partnerId)
                .ifPresentOrElse(copy -> copy.sendBillsTo(changed), () -> customer.sendBillsTo(changed));
    }
}
