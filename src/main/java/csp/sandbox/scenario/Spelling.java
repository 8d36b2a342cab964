package csp.sandbox.scenario;

import csp.commerce.subscription.BillingCycle;
import csp.onboarding.invitation.CustomerInvitationStatus;
import csp.onboarding.partnership.PartnershipInvitationStatus;
import csp.platform.webhook.DeliveryState;
import csp.platform.webhook.WebhookEvent;
import csp.sandbox.scenario.Scenario.TransferStatus;
import csp.shared.caller.Role;
import csp.shared.http.WireTime;
import csp.transfer.newcommerce.TransferProductType;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How a scenario spells the constants of the features: in camel case ({@code azurePayg}), unless the mirrored API has a spelling
 * that all the world knows.
 */
final class Spelling {

    /** Never stored, or nobody's to give. */
    private static final Set<Enum<?>> UNSPEAKABLE = Set.of(
            Role.SANDBOX_OPERATOR,
            DeliveryState.DELIVERED,
            CustomerInvitationStatus.EXPIRED,
            PartnershipInvitationStatus.EXPIRED);

    private Spelling() {}

    static String of(Enum<?> constant) {
        if (constant instanceof Role role) {
            return role.wireName;
        } else if (constant instanceof BillingCycle cycle) {
            return cycle.wireName();
        } else if (constant instanceof WebhookEvent event) {
            return event.wireName();
        } else if (constant instanceof TransferStatus status) {
            return status.wireName;
        } else if (constant instanceof TransferLine.Status || constant instanceof TransferProductType) {
            return constant.toString();
        }
        return camelCase(constant.name());
    }

    /** What an export says for a constant or a time; any other value as it is. */
    static Object ofValue(Object value) {
        return value instanceof Enum<?> constant
                ? of(constant)
                : value instanceof Instant time ? WireTime.trimmed(time) : value;
    }

    /** The constants that a document may name, by their spelling, in their order. */
    static Map<String, Enum<?>> constants(Class<?> type) {
        var bySpelling = new LinkedHashMap<String, Enum<?>>();
        Stream.of(type.getEnumConstants())
                .map(constant -> (Enum<?>) constant)
                .filter(constant -> !UNSPEAKABLE.contains(constant))
                .forEach(constant -> bySpelling.put(of(constant), constant));
        return bySpelling;
    }

    private static String camelCase(String name) {
        var camel = new StringBuilder();
        for (var word : name.split("_")) {
            camel.append(camel.isEmpty() ? Character.toLowerCase(word.charAt(0)) : word.charAt(0));
            camel.append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return camel.toString();
    }
}
