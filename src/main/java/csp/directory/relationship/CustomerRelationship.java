package csp.directory.relationship;

import csp.directory.billing.BillTo;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.io.Serializable;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.Mutability;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.java.Immutability;

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

    /** How it came about. */
    public enum Via {
        DIRECT,
        /** The customer accepted an invitation (R38, R69). */
        INVITATION,
        /** The direct-bill partner extended its own relationship (R28). */
        EXTENSION
    }

    record Key(UUID customerId, UUID partnerId, Kind kind) implements Serializable {}

    @Id
    private UUID customerId;

    @Id
    private UUID partnerId;

    @Id
    @Enumerated(EnumType.STRING)
    private Kind kind;

    private UUID counterpartId;
    private boolean delegatedAdmin;

    @Enumerated(EnumType.STRING)
    private Via via;

    @JdbcTypeCode(SqlTypes.JSON)
    @Mutability(Immutability.class)
    private BillTo billTo;

    /** For the persistence provider. */
    protected CustomerRelationship() {}

    /** @param counterpartId the provider of a reseller, the reseller of a provider; null for a direct reseller */
    public CustomerRelationship(
            UUID customerId, UUID partnerId, Kind kind, UUID counterpartId, boolean delegatedAdmin, Via via) {
        this.customerId = customerId;
        this.partnerId = partnerId;
        this.kind = kind;
        this.counterpartId = counterpartId;
        this.delegatedAdmin = delegatedAdmin;
        this.via = via;
    }

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

    public Via via() {
        return via;
    }

    public boolean hasDelegatedAdmin() {
        return delegatedAdmin;
    }

    /** The copy of the customer's bill-to that the partner got with an extension (lifecycle.md R33); else null. */
    public BillTo billTo() {
        return billTo;
    }

    /** Changes the copy, not what the customer has. */
    public void sendBillsTo(BillTo changed) {
        billTo = changed;
    }
}
