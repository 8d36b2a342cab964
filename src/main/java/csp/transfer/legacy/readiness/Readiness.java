package csp.transfer.legacy.readiness;

import csp.directory.customer.Customer;
import csp.shared.error.DomainException;
import csp.transfer.newcommerce.MoveReadiness;
import java.util.List;
import java.util.Optional;

/**
 * How far one customer is on the way to a transfer.
 *
 * @param prerequisites each of them, in the order in which creating a transfer checks them
 * @param guidance for a customer with no subscription under the partner: how to bring it over from another channel
 * @param newCommerce the same for the other flavour, which the provider would ask for
 */
public record Readiness(Customer customer, List<Item> prerequisites, List<Advice> guidance, MoveReadiness newCommerce) {

    /**
     * One prerequisite.
     *
     * @param description a sentence that is true when it is met
     * @param refusal what creating a transfer answers as long as it is not met; empty when it is met
     */
    public record Item(
            String name, String rule, String description, String nextStep, Optional<DomainException> refusal) {}

    /**
     * One rule for a customer from another channel (lifecycle.md §11).
     *
     * @param met whether it holds; null for what nobody but the customer and its people can see
     */
    public record Advice(String rule, String text, Boolean met) {}

    /** Whether a transfer of at least one subscription can be created now. */
    public boolean isReady() {
        return prerequisites.stream().allMatch(item -> item.refusal().isEmpty());
    }
}
