package csp.transfer.newcommerce;

import static csp.shared.error.ErrorCode.LINE_NOT_ACCEPTABLE;

import csp.commerce.subscription.Subscription;
import csp.shared.error.DomainException;
import csp.transfer.newcommerce.RequestCondition.Parties;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What a new-commerce transfer between two partners would be refused for now: the very conditions that its request checks, and whether the
 * source has anything to accept it with.
 *
 * @param missing empty when a request would be taken and could be accepted
 */
public record MoveReadiness(List<Missing> missing) {

    /**
     * One condition that is not met.
     *
     * @param refusal what the request, or its acceptance, answers as long as it is not
     */
    public record Missing(String condition, String rule, String nextStep, DomainException refusal) {}

    /** What a transfer leaves behind whatever is done, and why (new-commerce-transfers.md §7). */
    public enum Left {
        DELEGATED_ADMINISTRATION(
                "delegatedAdministration",
                "Delegated administration is not granted to the target: it asks the customer for it, and the source keeps what it has until the customer ends it."),
        PRICES(
                "prices",
                "Prices and currency of the source do not carry over: the target's apply, and another billing currency ends reservations and savings plans that are paid monthly at the next billing cycle."),
        CREDITS(
                "credits",
                "Credits stay with the source: what it paid in advance for the rest of a term is credited to it, not to the target.");

        /** Spelling on the portal. */
        public final String wireName;
        /** A sentence for people. */
        public final String reason;

        Left(String wireName, String reason) {
            this.wireName = wireName;
            this.reason = reason;
        }
    }

    /**
     * @param owned what the source sees of the customer
     * @param taken by subscription the open transfer that holds it
     */
    public static MoveReadiness of(Parties parties, List<Subscription> owned, Map<UUID, UUID> taken) {
        var missing = new ArrayList<Missing>();
        for (var condition : RequestCondition.values()) {
            condition
                    .refusal(parties)
                    .ifPresent(refusal ->
                            missing.add(new Missing(condition.wireName, condition.rule, condition.nextStep, refusal)));
        }
        var eligible = MoveEligibilityService.assess(owned, taken);
        if (eligible.stream().noneMatch(one -> one.reason().isEmpty())) {
            missing.add(new Missing(
                    "movableSubscription",
                    "W63",
                    "Make a new-commerce subscription active and complete; legacy licences move by a legacy transfer.",
                    new DomainException(
                            LINE_NOT_ACCEPTABLE,
                            "lineItems",
                            eligible.stream()
                                    .flatMap(one -> one.reason().stream())
                                    .findFirst()
                                    .orElse("The customer has no subscription under partner " + parties.sourceId()))));
        }
        return new MoveReadiness(List.copyOf(missing));
    }
}
