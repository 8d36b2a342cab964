package csp.transfer.legacy.readiness.api;

import csp.transfer.legacy.readiness.Readiness;
import java.util.List;
import java.util.UUID;

/**
 * How far one customer is, on the portal.
 *
 * @param guidance only for a customer with no subscription under the caller
 */
public record ReadinessView(
        UUID customerId,
        String companyName,
        UUID providerId,
        boolean ready,
        List<PrerequisiteView> prerequisites,
        List<AdviceView> guidance) {

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
                                .toList());
    }
}
