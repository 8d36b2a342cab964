package csp.onboarding.relationship;

import static csp.shared.caller.Role.GLOBAL_ADMIN;
import static csp.shared.error.ErrorCode.PARTNER_OF_CUSTOMER_NOT_FOUND;
import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.toSet;

import csp.directory.customer.CustomerRelationship;
import csp.directory.customer.CustomerService;
import csp.directory.partner.PartnerService;
import csp.platform.audit.AuditTrail;
import csp.shared.caller.Caller;
import csp.shared.error.DomainException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The partners of a customer, as it sees them itself (lifecycle.md R36). */
@ApplicationScoped
public class RelationshipService {

    private final CustomerService customers;
    private final PartnerService partners;
    private final AuditTrail audit;

    RelationshipService(CustomerService customers, PartnerService partners, AuditTrail audit) {
        this.customers = customers;
        this.partners = partners;
        this.audit = audit;
    }

    private record Ended(UUID partnerId, Set<CustomerRelationship.Kind> kinds) {}

    /**
     * Every relationship, by name of the partner: for the customer itself and for its partners. Errors: 2032 for a user of
     * another customer, 20002 for a partner that is none of the customer's.
     */
    public List<PartnerOfCustomer> of(UUID customerId, Caller caller) {
        var related = customers.relationshipsOf(customerId);
        if (caller.ofCustomer()) {
            caller.requireUserOf(customerId);
        } else {
            related.require(caller.tenantId());
        }
        if (related.all().isEmpty()) {
            return List.of();
        }
        var known = partners.byTenantId(
                related.all().stream().map(CustomerRelationship::partnerId).collect(toSet()));
        return related.all().stream()
                .map(each -> new PartnerOfCustomer(
                        known.get(each.partnerId()),
                        each.kind(),
                        each.counterpartId(),
                        each.hasDelegatedAdmin(),
                        each.via()))
                .sorted(comparing((PartnerOfCustomer each) -> each.partner().name())
                        .thenComparing(each -> each.partner().tenantId())
                        .thenComparing(PartnerOfCustomer::kind))
                .toList();
    }

    /**
     * A Global admin of the customer ends everything with one partner. What the customer bought through it stays with
     * it, and an open transfer stays open. Runs in the transaction of its caller. Errors: 2032 for anybody but a user
     * of the customer, 900150, 1000 for a partner that is none of the customer's.
     *
     * @param partner as the path names it
     */
    public void remove(UUID customerId, String partner, Optional<UUID> partnerId, Caller caller) {
        caller.requireUserOf(customerId);
        caller.requireAnyOf(Set.of(GLOBAL_ADMIN));
        var kinds =
                partnerId.map(customers.relationshipsOf(customerId)::kindsOf).orElse(Set.of());
        if (kinds.isEmpty() || !customers.part(customerId, partnerId.get())) {
            throw new DomainException(PARTNER_OF_CUSTOMER_NOT_FOUND, partner, customerId);
        }
        audit.record(
                caller,
                new AuditTrail.Change(
                        customerId,
                        "partner_customer_relationship",
                        partnerId.get().toString(),
                        "remove_partner_customer_relationship",
                        new Ended(partnerId.get(), kinds),
                        null),
                partnerId.get());
    }
}
