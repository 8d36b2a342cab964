package csp.customer;

import java.util.UUID;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.Mutability;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.java.Immutability;

/** A company that uses cloud subscriptions and buys them from partners. */
@Entity
public class Customer {

    @Id
    private UUID tenantId;
    private String companyName;
    private String domain;
    private String country;
    @JdbcTypeCode(SqlTypes.JSON)
    @Mutability(Immutability.class)
    private BillTo billTo;
    private int version;

    public UUID tenantId() {
        return tenantId;
    }

    public String companyName() {
        return companyName;
    }

    public String domain() {
        return domain;
    }

    /** ISO 3166 code, two letters. */
    public String country() {
        return country;
    }

    /** Null when no partner ever gave it. */
    public BillTo billTo() {
        return billTo;
    }

    /** Counts the changes; part of the etag of the billing profile. */
    public int version() {
        return version;
    }
}
