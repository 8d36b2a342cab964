package csp.directory.customer;

import static csp.directory.customer.CustomerAction.BILL_CUSTOMER;
import static csp.shared.error.ErrorCode.CUSTOMERS_USER_ONLY;
import static csp.shared.http.SentEtags.ANY_VERSION;
import static java.util.Comparator.comparing;
import static java.util.Locale.ROOT;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import csp.directory.customer.CustomerRelationshipRepository.Related;
import csp.platform.audit.AuditTrail;
import csp.shared.caller.Caller;
import csp.shared.error.DomainException;
import csp.shared.http.PageQuery.Seek;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

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
        return relationships(customerId, relationships.ofCustomer(customerId));
    }

    private static CustomerRelationships relationships(UUID customerId, List<Related> related) {
        return new CustomerRelationships(
                customerId,
                related.isEmpty() ? null : related.get(0).customer(),
                related.stream().map(Related::relationship).toList());
    }

    /** The customers and all their relationships, every one of {@code customerIds}, known or not. One query. */
    public Map<UUID, CustomerRelationships> relationshipsOf(Collection<UUID> customerIds) {
        var related = customerIds.isEmpty()
                ? Map.<UUID, List<Related>>of()
                : relationships.ofCustomers(customerIds).stream()
                        .collect(groupingBy(found -> found.customer().tenantId()));
        return customerIds.stream()
                .distinct()
                .collect(toMap(id -> id, id -> relationships(id, related.getOrDefault(id, List.of()))));
    }

    /** A provider that becomes one of a customer's. */
    public record Extension(UUID customerId, UUID providerId) {}

    /**
     * Makes the providers indirect providers of the reseller's customers: with a copy of the bill-to, without delegated
     * administration (lifecycle.md R33, R35). Whether they may is for the caller to know. One statement.
     *
     * @return those that are new; the others were there, whoever was faster
     */
    public Set<Extension> extend(UUID resellerId, List<Extension> extensions) {
        return extensions.isEmpty()
                ? Set.of()
                : relationships
                        .extend(
                                resellerId,
                                extensions.stream().map(Extension::customerId).toArray(UUID[]::new),
                                extensions.stream().map(Extension::providerId).toArray(UUID[]::new))
                        .stream()
                        .map(row -> new Extension(row.get(0, UUID.class), row.get(1, UUID.class)))
                        .collect(toSet());
    }

    /** Every customer of the partner with all its relationships, in the order of their names. One query. */
    public List<CustomerRelationships> relationshipsOfAll(UUID partnerId) {
        return relationships.ofCustomersOf(partnerId).stream()
                .collect(groupingBy(related -> related.customer().tenantId()))
                .values()
                .stream()
                .map(related -> new CustomerRelationships(
                        related.get(0).customer().tenantId(),
                        related.get(0).customer(),
                        related.stream().map(Related::relationship).toList()))
                .sorted(comparing((CustomerRelationships related) ->
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

    /**
     * The customer accepted the partner by an invitation (lifecycle.md R38, R69). A relationship that is there already
     * keeps its counterpart and what it may do, and gains what is new.
     *
     * @param counterpartId the provider of a reseller or the reseller of a provider; null for a direct reseller
     */
    public void relateByInvitation(
            UUID customerId,
            UUID partnerId,
            CustomerRelationship.Kind kind,
            UUID counterpartId,
            boolean delegatedAdmin) {
        relationships.relate(customerId, partnerId, kind, counterpartId, delegatedAdmin, "INVITATION");
    }

    /**
     * Ends everything between the customer and the partner; a relationship of another partner that names it as its
     * counterpart stays, without it. False when there is nothing to end.
     */
    public boolean part(UUID customerId, UUID partnerId) {
        return relationships.end(customerId, partnerId);
    }

    /** One page of the customers that fit, in the order of their names. Two queries, whatever the size. */
    public CustomerPage page(CustomerSearch search, Seek<CustomerSummary.Position> seek) {
        return customers.page(search, seek);
    }

    /**
     * Has the bills of a customer go elsewhere, in the transaction of the caller; nothing changes when it is refused. A
     * provider with a copy of the bill-to (R33) changes its copy, everybody else what the customer has. A partner that
     * is nothing but the customer's indirect reseller does not bill it (R44). Errors, in this order: 20002, 2032, those
     * of the body, 412 code 2055 for a stale etag, 800002 for another country, which would be another market.
     *
     * @param body asked for only once the caller is known to have a right to the operation
     */
    public CustomerRelationships updateBilling(UUID customerId, Caller caller, Supplier<BillingChange> body) {
        var related = relationshipsOf(customerId).requirePermitted(caller.tenantId(), BILL_CUSTOMER);
        var customer = related.customer();
        var change = body.get();
        var before = related.billToOf(caller.tenantId());
        customer.requireBillable(
                change.billTo(),
                change.etags().stream()
                        .filter(etag -> !etag.equals(ANY_VERSION))
                        .toList());
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

    /** Stores a new customer with its relationships, in the transaction of the caller, at once. */
    public void add(Customer customer, Collection<CustomerRelationship> added) {
        customers.persist(customer);
        relationships.persist(added);
        customers.flush();
    }

    /** Removes the customer with everything that hangs on it, in the transaction of the caller. */
    public void delete(UUID customerId) {
        customers.delete("tenantId", customerId); // the database takes the rest along
    }
}
