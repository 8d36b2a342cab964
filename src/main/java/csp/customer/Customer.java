package csp.customer;

import java.util.UUID;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** A company that uses cloud subscriptions and buys them from partners. */
@Entity
public class Customer {

    @Id
    private UUID tenantId;
    private String companyName;
    private String domain;
    private String country;
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
}
