package csp.transfer.newcommerce;

import static csp.directory.relationship.CustomerAction.CREATE_TRANSFER;
import static csp.shared.caller.Role.ADMIN_AGENT;
import static csp.shared.caller.Role.GLOBAL_ADMIN;
import static csp.shared.caller.Role.SALES_AGENT;
import static java.util.stream.Collectors.groupingBy;

import csp.commerce.subscription.Subscription;
import csp.commerce.subscription.SubscriptionService;
import csp.commerce.subscription.TransferClaims;
import csp.directory.relationship.RelationshipService;
import csp.shared.caller.Caller;
import csp.shared.caller.Role;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Which subscriptions of a customer the calling partner may hand over in a new-commerce transfer. */
@ApplicationScoped
public class MoveEligibilityService {

    /** As for reading transfers (D4). */
    private static final Set<Role> ROLES = Set.of(GLOBAL_ADMIN, ADMIN_AGENT, SALES_AGENT);

    private final RelationshipService relationships;
    private final SubscriptionService subscriptions;
    private final TransferClaims claims;

    MoveEligibilityService(
            RelationshipService relationships, SubscriptionService subscriptions, TransferClaims claims) {
        this.relationships = relationships;
        this.subscriptions = subscriptions;
        this.claims = claims;
    }

    /**
     * One entry per subscription of the customer under the caller, oldest first; when several reasons apply, type, add-on, state, add-ons,
     * open transfer. Three queries. Errors, in this order: 2032 for a customer's user, 20002, 2032, 900150, those of the request.
     *
     * @param checkRequest refuses a request that asks for another kind of transfer
     */
    public List<MoveEligibility> assess(UUID customerId, Caller caller, Runnable checkRequest) {
        caller.requirePartner();
        relationships.of(customerId).requirePermitted(caller.tenantId(), CREATE_TRANSFER);
        caller.requireAnyOf(ROLES);
        checkRequest.run();
        var listed = subscriptions.listed(customerId, caller.tenantId());
        return assess(
                listed,
                claims.openTransfersOf(listed.stream().map(Subscription::id).toList()));
    }

    /** @param taken by subscription the open transfer that holds it */
    static List<MoveEligibility> assess(List<Subscription> listed, Map<UUID, UUID> taken) {
        var addons = listed.stream()
                .filter(Subscription::isAddon)
                .filter(addon -> !LineObstacle.staysBehind(addon))
                .collect(groupingBy(Subscription::parentSubscriptionId));
        return listed.stream()
                .map(one -> new MoveEligibility(
                        one.id(),
                        TransferProductType.of(one.product()),
                        obstacle(one, addons.getOrDefault(one.id(), List.of()), taken.get(one.id()))))
                .toList();
    }

    private static Optional<String> obstacle(Subscription one, List<Subscription> addons, UUID openTransfer) {
        return LineObstacle.ofType(one)
                .or(() -> one.isAddon() ? Optional.of(LineObstacle.addon(one)) : Optional.empty())
                .or(() -> LineObstacle.ofCondition(one))
                .or(() -> LineObstacle.ofAddons(one.id(), addons))
                .or(() -> Optional.ofNullable(openTransfer)
                        .map(id -> "subscription is already part of another transfer request id : " + id));
    }
}
