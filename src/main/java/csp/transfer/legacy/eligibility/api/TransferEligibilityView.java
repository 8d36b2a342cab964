package csp.transfer.legacy.eligibility.api;

import csp.transfer.legacy.eligibility.Ineligibility;
import csp.transfer.legacy.eligibility.TransferEligibility;
import java.util.Locale;

/**
 * An eligibility entry on the wire (transfers.md §2.5).
 *
 * @param id in upper case
 * @param reason only when not eligible
 */
public record TransferEligibilityView(String id, boolean isEligible, String reason) {

    static TransferEligibilityView of(TransferEligibility eligibility) {
        return new TransferEligibilityView(
                eligibility.subscriptionId().toString().toUpperCase(Locale.ROOT),
                eligibility.reason().isEmpty(),
                eligibility.reason().map(Ineligibility::reason).orElse(null));
    }
}
