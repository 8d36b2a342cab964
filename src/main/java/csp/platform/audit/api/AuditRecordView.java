package csp.platform.audit.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import csp.platform.audit.AuditRecord;
import csp.shared.http.Attributes;
import csp.shared.http.WireTime;
import java.util.List;
import java.util.UUID;

/**
 * A record of a change on the wire, in the recorded key order (storefront.md §8).
 *
 * @param resourceOldValue JSON text in PascalCase, as is {@code resourceNewValue}
 * @param operationDate UTC, always seven digits
 * @param operationStatus always succeeded: what is refused changes nothing and is not recorded
 */
record AuditRecordView(
        String id,
        UUID partnerId,
        List<UUID> participants,
        UUID customerId,
        String customerName,
        String userPrincipalName,
        String applicationId,
        String resourceType,
        String resourceOldValue,
        String resourceNewValue,
        String operationType,
        String originalCorrelationId,
        String operationDate,
        String operationStatus,
        List<Detail> customizedData,
        Attributes attributes) {

    /** The value is on the wire even when it is null. */
    record Detail(
            String key,
            @JsonInclude(JsonInclude.Include.ALWAYS) String value) {}

    static AuditRecordView of(AuditRecord record) {
        return new AuditRecordView(
                record.publishedId(),
                record.partnerId(),
                record.participants(),
                record.customerId(),
                record.customerName(),
                record.userPrincipalName(),
                record.applicationId(),
                record.resourceType(),
                record.resourceOldValue(),
                record.resourceNewValue(),
                record.operationType(),
                record.correlationId(),
                WireTime.sevenDigits(record.operationDate()),
                "succeeded",
                record.customizedData().stream()
                        .map(detail -> new Detail(detail.key(), detail.value()))
                        .toList(),
                Attributes.of("AuditRecord"));
    }
}
