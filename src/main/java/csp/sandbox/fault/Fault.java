package csp.sandbox.fault;

import java.time.Instant;
import java.util.UUID;

/**
 * Something that goes wrong on purpose (design §5).
 *
 * @param operation operationId of the requests that it strikes
 * @param partner whose requests; null for everybody's
 * @param customer about whom the requests are; null for any
 * @param subscription about which they are; null for any
 * @param times how often it strikes; null for each time
 * @param probability with which it strikes a request that it matches, from 0 to 1; null for always
 * @param seed of the numbers that decide; null without a probability
 * @param matched how many requests it could have struck, while it was not spent
 * @param struck how many it did
 * @param created by the clock of the service
 */
public record Fault(
        UUID id,
        String operation,
        UUID partner,
        UUID customer,
        UUID subscription,
        Integer times,
        Double probability,
        Long seed,
        FaultEffect effect,
        long matched,
        long struck,
        Instant created) {

    /** How often it still strikes; null for each time. */
    public Long remaining() {
        return times == null ? null : times - struck;
    }
}
