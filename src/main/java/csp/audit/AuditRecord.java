package csp.audit;

import java.time.Instant;
import java.util.UUID;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;

/** Who changed what, and when (storefront.md §8). Never changed once written. */
@Entity
class AuditRecord {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;
    UUID partnerId;
    UUID[] participants;
    UUID customerId;
    String userPrincipalName;
    String applicationId;
    String resourceType;
    String resourceId;
    String operationType;
    Instant operationDate;
    String correlationId;
    String resourceOldValue;
    String resourceNewValue;
}
