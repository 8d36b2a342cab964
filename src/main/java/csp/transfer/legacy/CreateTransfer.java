package csp.transfer.legacy;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** What the source asks for: subscriptions of one customer for exactly one indirect provider (TR4). */
public record CreateTransfer(UUID sourcePartnerTenantId, UUID targetPartnerTenantId, List<Line> lineItems) {

    /** @param partnerIdOnRecord PartnerID of the reseller for the order made at acceptance (TR23); null for none */
    public record Line(UUID subscriptionId, String partnerIdOnRecord) {}

    /** The PartnerIDs that the lines name, each once, in their order. */
    static List<String> partnersOnRecord(List<Line> lines) {
        return lines.stream()
                .map(Line::partnerIdOnRecord)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }
}
