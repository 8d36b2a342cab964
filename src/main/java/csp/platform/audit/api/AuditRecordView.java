package csp.platform.audit.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import csp.platform.audit.AuditRecord;
import csp.shared.http.Attributes;
import csp.shared.http.WireTime;
import java.util.List;
import java.util.UUID;

/**
 * A record of a change on the wire, in the recorded key order (storefront.md §8).
 */
final class AuditRecordView {

    public String id;
    public UUID partnerId;
    public List<UUID> participants;
    public UUID customerId;
    public String customerName;
    public String userPrincipalName;
    public String applicationId;
    public String resourceType;
    /** JSON text in PascalCase, as is {@code resourceNewValue}. */
    public String resourceOldValue;

    public String resourceNewValue;
    public String operationType;
    public String originalCorrelationId;
    /** UTC, always seven digits. */
    public String operationDate;
    /** Always succeeded: what is refused changes nothing and is not recorded. */
    public String operationStatus;

    public List<Detail> customizedData;
    public Attributes attributes;

    /** The value is on the wire even when it is null. */
    record Detail(
            String key,
            @JsonInclude(JsonInclude.Include.ALWAYS) String value) {}

    static AuditRecordView of(AuditRecord record) {
        var view = new AuditRecordView();
        view.id = record.publishedId();
        view.partnerId = record.partnerId();
        view.participants = record.participants();
        view.customerId = record.customerId();
        view.customerName = record.customerName();
        view.userPrincipalName = record.userPrincipalName();
        view.applicationId = record.applicationId();
        view.resourceType = record.resourceType();
        view.resourceOldValue = record.resourceOldValue();
        view.resourceNewValue = record.resourceNewValue();
        view.operationType = record.operationType();
        view.originalCorrelationId = record.correlationId();
        view.operationDate = WireTime.sevenDigits(record.operationDate());
        view.operationStatus = "succeeded";
        view.customizedData = record.customizedData().stream()
                .map(detail -> new Detail(detail.key(), detail.value()))
                .toList();
        view.attributes = Attributes.of("AuditRecord");
        return view;
    }
}
