package csp.directory.customer;

import static csp.directory.relationship.CustomerAction.BILL_CUSTOMER;
import static csp.shared.error.ErrorCode.CUSTOMERS_USER_ONLY;
import static jakarta.transaction.Transactional.TxType.MANDATORY;
import static java.util.Comparator.comparing;
import static java.util.Locale.ROOT;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import csp.directory.customer.CustomerRepository.Related;
import csp.directory.relationship.CustomerRelationships;
import csp.platform.audit.AuditTrail;
import csp.shared.caller.Caller;
import csp.shared.error.DomainException;
import csp.shared.page.Page;
import csp.shared.page.Seek;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** What other features ask about customers. */
@ApplicationScoped
public class CustomerService {

    private final CustomerRepository customers;
    private final AuditTrail audit;

    CustomerService(CustomerRepository customers, AuditTrail audit) {
        this.customers = customers;
        this.audit = audit;
    }

    /** The customer and all its relationships; none when there is no such customer. One query. */
    public RelatedCustomer related(UUID customerId) {
        return related(customerId, customers.related(customerId));
    }

    /** As {@link #related(UUID)} for every one of {@code customerIds}, known or not. One query. */
    public Map<UUID, RelatedCustomer> related(Collection<UUID> customerIds) {
        var known = customerIds.isEmpty()
                ? Map.<UUID, List<Related>>of()
                : customers.related(customerIds).stream()
                        .collect(groupingBy(row -> row.customer().tenantId()));
        return customerIds.stream()
                .distinct()
                .collect(toMap(id -> id, id -> related(id, known.getOrDefault(id, List.of()))));
    }

    private static RelatedCustomer related(UUID customerId, List<Related> rows) {
        return new RelatedCustomer(
                rows.isEmpty() ? null : rows.get(0).customer(),
                new CustomerRelationships(
                        customerId, rows.stream().map(Related::relationship).toList()));
    }

    /** Every customer of the partner with all its relationships, in the order of their names. One query. */
    public List<RelatedCustomer> relatedTo(UUID partnerId) {
        return customers.relatedTo(partnerId).stream()
                .collect(groupingBy(row -> row.customer().tenantId()))
                .entrySet()
                .stream()
                .map(rows -> related(rows.getKey(), rows.getValue()))
                .sorted(comparing((RelatedCustomer related) ->
                                related.customer().companyName().toLowerCase(ROOT))
                        .thenComparing(related -> related.customer().tenantId()))
                .toList();
    }

    /** The customer that {@code caller} belongs to. Error 2032 for everybody else, and when it is there no more. One query. */
    public Customer require(Caller caller) {
        return Optional.of(caller)
                .filter(Caller::ofCustomer)
                .flatMap(user -> customers.findByIdOptional(user.tenantId()))
                .orElseThrow(() -> new DomainException(CUSTOMERS_USER_ONLY, caller.operation()));
    }

    /** One page of the customers that fit, in the order of their names. Two queries, whatever the size. */
    public Page<CustomerSummary> page(CustomerSearch search, Seek<CustomerSummary.Position> seek) {
        return customers.page(search, seek);
    }

    /**
     * Has the bills of a customer go elsewhere; nothing changes when it is refused. A
     * provider with a copy of the bill-to (R33) changes its copy, everybody else what the customer has. A partner that
     * is nothing but the customer's indirect reseller does not bill it (R44). Errors, in this order: 20002, 2032, those
     * of the body, 400 code 2055 for a stale etag, 800002 for another country, which would be another market.
     *
     * @param body asked for only once the caller is known to have a right to the operation
     */
    @Transactional(MANDATORY)
    public RelatedCustomer updateBilling(UUID customerId, Caller caller, Supplier<BillingChange> body) {
        var related = related(customerId).requirePermitted(caller.tenantId(), BILL_CUSTOMER);
        var customer = related.customer();
        var change = body.get();
        var before = related.billToOf(caller.tenantId());
        customer.requireBillable(change.billTo(), change.etags());
        related.sendBillsTo(caller.tenantId(), change.billTo());
        if (!change.billTo().equals(before)) {
            customers.countChange(customer); // now, not at commit: the answer carries the new etag
            audit.record(
                    caller,
                    new AuditTrail.Change(
                            customerId,
                            "customer",
                            customerId.toString(),
                            "update_customer_billing_profile",
                            before,
                            change.billTo()));
        }
        return related;
    }

    /** Stores a new customer; nobody knows it before it has a relationship. */
    @Transactional(MANDATORY)
    public void add(Customer customer) {
        customers.persist(customer);
    }

    /** Removes the customer with everything that hangs on it. */
    @Transactional(MANDATORY)
    public void delete(UUID customerId) {
        customers.delete("tenantId", customerId); // the database takes the rest along
    }
}
