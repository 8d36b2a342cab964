package csp.transfer.newcommerce;

import static csp.shared.error.ErrorCode.AZURE_PLAN_MISSING;
import static csp.shared.error.ErrorCode.AZURE_PLAN_NOT_ACTIVE;
import static csp.shared.error.ErrorCode.AZURE_PLAN_NOT_PURCHASABLE;
import static csp.shared.error.ErrorCode.LEGACY_AZURE_LEFT;

import csp.commerce.order.OfferService;
import csp.commerce.subscription.Product;
import csp.commerce.subscription.Subscription;
import csp.commerce.subscription.SubscriptionService;
import csp.commerce.subscription.SubscriptionStatus;
import csp.shared.error.DomainException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The Azure plan that the customer must have through the target before anything of Azure moves there. */
@ApplicationScoped
class AzurePlans {

    private final SubscriptionService subscriptions;
    private final OfferService offers;

    AzurePlans(SubscriptionService subscriptions, OfferService offers) {
        this.subscriptions = subscriptions;
        this.offers = offers;
    }

    /** One query, two when there is no plan. Errors, in this order: 900131, 900132, 900134, 900133. */
    void require(UUID customerId, UUID targetId) {
        var azure = subscriptions.ofProducts(customerId, Set.of(Product.AZURE_PLAN, Product.AZURE_PAYG));
        if (active(azure, targetId).isPresent()) {
            return;
        }
        if (azure.stream().anyMatch(one -> one.product() == Product.AZURE_PAYG && isActive(one))) {
            throw new DomainException(LEGACY_AZURE_LEFT, customerId, targetId);
        }
        if (azure.stream().anyMatch(one -> isPlanOf(one, targetId))) {
            throw new DomainException(AZURE_PLAN_NOT_ACTIVE, customerId, targetId);
        }
        throw new DomainException(
                offers.areAllDiscontinued(Product.AZURE_PLAN) ? AZURE_PLAN_NOT_PURCHASABLE : AZURE_PLAN_MISSING,
                customerId,
                targetId);
    }

    /** The one in which Azure of the old kind goes on. One query. */
    Optional<Subscription> of(UUID customerId, UUID targetId) {
        return active(subscriptions.ofProducts(customerId, Set.of(Product.AZURE_PLAN)), targetId);
    }

    private static Optional<Subscription> active(List<Subscription> azure, UUID targetId) {
        return azure.stream()
                .filter(one -> isPlanOf(one, targetId) && isActive(one))
                .findFirst();
    }

    private static boolean isPlanOf(Subscription subscription, UUID partnerId) {
        return subscription.product() == Product.AZURE_PLAN
                && subscription.partnerId().equals(partnerId);
    }

    private static boolean isActive(Subscription subscription) {
        return subscription.status() == SubscriptionStatus.ACTIVE;
    }
}
