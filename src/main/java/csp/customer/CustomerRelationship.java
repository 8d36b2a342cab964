package csp.customer;

import java.io.Serializable;
import java.util.UUID;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;

/** A partner and a customer that know each other, and as what. One pair may have several kinds. */
@Entity
@IdClass(CustomerRelationship.Key.class)
public class CustomerRelationship {

    /** What the partner is to the customer. */
    public enum Kind {
        /** Sells and bills itself. */
        DIRECT_RESELLER,
        /** Bills; its counterpart is the reseller that serves the customer. */
        INDIRECT_PROVIDER,
        /** Serves the customer; its counterpart is the provider that bills. */
        INDIRECT_RESELLER
    }

    record Key(UUID customerId, UUID partnerId, Kind kind) implements Serializable {
    }

    @Id
    private UUID customerId;
    @Id
    private UUID partnerId;
    @Id
    @Enumerated(EnumType.STRING)
    private Kind kind;
    private UUID counterpartId;
    private boolean delegatedAdmin;

    public UUID customerId() {
        return customerId;
    }

    public UUID partnerId() {
        return partnerId;
    }

    public Kind kind() {
        return kind;
    }

    /** The provider of an indirect reseller, the reseller of a provider; null when not named. */
    public UUID counterpartId() {
        return counterpartId;
    }

    public boolean hasDelegatedAdmin() {
        return delegatedAdmin;
    }
}
