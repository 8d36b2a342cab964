package csp.customer;

import static csp.customer.CustomerAction.BILL_CUSTOMER;
import static csp.shared.http.SentEtags.ANY_VERSION;

import java.util.Collection;
import java.util.UUID;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;

import csp.audit.AuditTrail;
import csp.customer.CustomerRelationshipRepository.Related;
import csp.shared.http.Caller;
import csp.shared.http.PageQuery.Seek;

/** What other features ask about customers. */
@ApplicationScoped
public class CustomerService {

    private final CustomerRepository customers;
    private final CustomerRelationshipRepository relationships;

    private final AuditTrail audit;

    CustomerService(CustomerRepository customers, CustomerRelationshipRepository relationships, AuditTrail audit) {
        this.customers = customers;
        this.relationships = relationships;
        this.audit = audit;
    }

    /** The customer and all its relationships; none when there is no such customer. One query. */
    public CustomerRelationships relationshipsOf(UUID customerId) {
        var related = relationships.ofCustomer(customerId);
        return new CustomerRelationships(customerId, related.isEmpty() ? null : related.get(0).customer(),
                related.stream().map(Related::relationship).toList());
    }

    /** One page of the customers that fit, in the order of their names. Two queries, whatever the size. */
    public CustomerPage page(CustomerSearch search, Seek<CustomerSummary.Position> seek) {
        return customers.page(search, seek);
    }

    /**
     * Has the bills of a customer go elsewhere, in the transaction of the caller; nothing changes when it is refused. A
     * partner that is nothing but the customer's indirect reseller does not bill it (R44). Errors, in this order: 20002, 2032,
     * those of the body, 412 code 2055 for a stale etag, 800002 for another country, which would be another market.
     *
     * @param body asked for only once the caller is known to have a right to the operation
     */
    public Customer updateBilling(UUID customerId, Caller caller, Supplier<BillingChange> body) {
        var customer = relationshipsOf(customerId).requirePermitted(caller.tenantId(), BILL_CUSTOMER).customer();
        var change = body.get();
        var before = customer.billTo();
        customer.sendBillsTo(change.billTo(),
                change.etags().stream().filter(etag -> !etag.equals(ANY_VERSION)).toList());
        if (!change.billTo().equals(before)) {
            customers.flush(); // now, not at commit: the answer carries the new etag
            audit.record(caller, new AuditTrail.Change(customerId, "customer", customerId.toString(),
                    "update_customer_billing_profile", before, change.billTo()));
        }
        return customer;
    }

    /** Stores a new customer with its relationships, in the transaction of the caller, at once. */
    public void add(Customer customer, Collection<CustomerRelationship> added) {
        customers.persist(customer);
        relationships.persist(added);
        customers.flush();
    }

    /** Ends what the partner is to the customer, whatever that was; other partners stay. In the transaction of the caller. */
    public void removeRelationships(UUID customerId, UUID partnerId) {
        relationships.delete("customerId = ?1 and partnerId = ?2", customerId, partnerId);
    }

    /** Removes the customer with everything that hangs on it, in the transaction of the caller. */
    public void delete(UUID customerId) {
        customers.delete("tenantId", customerId); // the database takes the rest along
    }
}
