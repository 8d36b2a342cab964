package csp.commerce.agreement;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/**
 * An agreement with Microsoft that a customer accepted, itself or by the attestation of a partner (lifecycle.md
 * §7). Never loaded as an entity: a direct acceptance names no partner, and an id with a gap is no id to the
 * persistence provider.
 */
@Entity
@IdClass(CustomerAgreement.Key.class)
public class CustomerAgreement {

    /** Who said that the customer accepted. */
    public enum Method {
        /** The customer itself accepted. */
        DIRECT,
        /** The partner attests that the customer accepted. */
        ATTESTATION
    }

    record Key(UUID customerId, String type, UUID partnerId, Method method) implements Serializable {}

    @Id
    private UUID customerId;

    @Id
    private String type;

    @Id
    private UUID partnerId;

    @Id
    @Enumerated(EnumType.STRING)
    private Method method;

    private Instant dateAgreed;

    @JdbcTypeCode(SqlTypes.JSON)
    private AgreementContact primaryContact;
}
