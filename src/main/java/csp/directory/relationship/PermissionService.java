package csp.directory.relationship;

import static csp.directory.relationship.CustomerAction.PLACE_ORDERS;
import static csp.directory.relationship.CustomerRelationship.Kind.DIRECT_RESELLER;
import static csp.directory.relationship.CustomerRelationship.Kind.INDIRECT_PROVIDER;
import static csp.shared.error.ErrorCode.NOT_FOR_THIS_KIND_OF_CUSTOMER;
import static csp.shared.error.ErrorCode.WITHOUT_DELEGATED_ADMIN;

import csp.directory.partner.Partner;
import csp.directory.partner.PartnerService;
import csp.directory.relationship.CustomerRelationship.Kind;
import csp.shared.caller.Caller;
import csp.shared.error.DomainException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** The table of lifecycle.md §6 for one partner and one customer, with the actions that no operation stands for. */
@ApplicationScoped
public class PermissionService {

    private final RelationshipService relationships;
    private final PartnerService partners;

    PermissionService(RelationshipService relationships, PartnerService partners) {
        this.relationships = relationships;
        this.partners = partners;
    }

    /** Every action, in the order of the table. Errors: 2032, 20002. */
    public List<PermittedAction> of(UUID customerId, Caller caller) {
        caller.requirePartner();
        var related = relationships.of(customerId).require(caller.tenantId());
        var partner = partners.require(caller);
        return Stream.of(CustomerAction.values())
                .map(action -> new PermittedAction(action, refusal(action, related, partner, customerId)))
                .toList();
    }

    private static Optional<DomainException> refusal(
            CustomerAction action, CustomerRelationships related, Partner partner, UUID customerId) {
        var partnerId = partner.tenantId();
        var kinds = related.kindsOf(partnerId);
        if (kinds.stream().noneMatch(action::isFor)) {
            return related.refusalOf(partnerId, action)
                    .or(() -> Optional.of(new DomainException(
                            NOT_FOR_THIS_KIND_OF_CUSTOMER, action.wireName, customerId, partnerId)));
        }
        if (action == PLACE_ORDERS && kinds.contains(DIRECT_RESELLER) && !kinds.contains(INDIRECT_PROVIDER)) {
            return partner.restrictionOn(action.wireName);
        }
        if (action.needsDelegatedAdmin()
                && kinds.equals(Set.<Kind>of(INDIRECT_PROVIDER))
                && !related.isDelegatedAdmin(partnerId)) {
            return Optional.of(new DomainException(WITHOUT_DELEGATED_ADMIN, action.wireName, partnerId, customerId));
        }
        return Optional.empty();
    }
}
