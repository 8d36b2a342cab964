package csp.transfer.legacy.readiness.api;

import csp.transfer.legacy.readiness.Readiness;
import csp.transfer.newcommerce.MoveReadiness;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * How far one customer is, on the portal.
 *
 * @param guidance only for a customer with no subscription under the caller
 * @param newCommerce how far it is for the other flavour, which the provider would ask for
 */
public record ReadinessView(
        UUID customerId,
        String companyName,
        UUID providerId,
        boolean ready,
        List<PrerequisiteView> prerequisites,
        List<AdviceView> guidance,
        NewCommerceView newCommerce) {

    /**
     * One prerequisite.
     *
     * @param code what creating a transfer is refused with; this, reason and nextStep only when not met
     */
    public record PrerequisiteView(
            String name, String rule, String description, boolean met, Integer code, String reason, String nextStep) {

        private static PrerequisiteView of(Readiness.Item item) {
            var refusal = item.refusal();
            return new PrerequisiteView(
                    item.name(),
                    item.rule(),
                    item.description(),
                    refusal.isEmpty(),
                    refusal.map(refused -> refused.error.code).orElse(null),
                    refusal.map(Throwable::getMessage).orElse(null),
                    refusal.isEmpty() ? null : item.nextStep());
        }
    }

    /** @param met absent for what the service cannot see */
    public record AdviceView(String rule, String text, Boolean met) {}

    /**
     * How far one customer is for a new-commerce transfer.
     *
     * @param met whether nothing is missing
     * @param staysBehind what no transfer moves, and why
     */
    public record NewCommerceView(boolean met, List<MissingView> missing, List<LeftView> staysBehind) {

        private static final List<LeftView> LEFT = Stream.of(MoveReadiness.Left.values())
                .map(left -> new LeftView(left.wireName, left.reason))
                .toList();

        private static NewCommerceView of(MoveReadiness readiness) {
            return new NewCommerceView(
                    readiness.missing().isEmpty(),
                    readiness.missing().stream()
                            .map(missing -> new MissingView(
                                    missing.condition(),
                                    missing.rule(),
                                    missing.refusal().error.code,
                                    missing.refusal().getMessage(),
                                    missing.nextStep()))
                            .toList(),
                    LEFT);
        }
    }

    /** @param code what the request, or its acceptance, is refused with */
    public record MissingView(String condition, String rule, int code, String reason, String nextStep) {}

    /** One thing that stays where it is. */
    public record LeftView(String what, String reason) {}

    static ReadinessView of(Readiness readiness, UUID providerId) {
        return new ReadinessView(
                readiness.customer().tenantId(),
                readiness.customer().companyName(),
                providerId,
                readiness.isReady(),
                readiness.prerequisites().stream().map(PrerequisiteView::of).toList(),
                readiness.guidance().isEmpty()
                        ? null
                        : readiness.guidance().stream()
                                .map(advice -> new AdviceView(advice.rule(), advice.text(), advice.met()))
                                .toList(),
                NewCommerceView.of(readiness.newCommerce()));
    }
}
