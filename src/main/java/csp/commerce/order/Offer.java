package csp.commerce.order;

import csp.commerce.subscription.Product;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;

/** What partners can order for their customers. */
@Entity
public class Offer {

    @Id
    private String id;

    private String name;

    @Enumerated(EnumType.STRING)
    private Product product;

    private boolean discontinued;
    private String equivalentTo;

    /** A GUID in upper case, or an id of another form. */
    public String id() {
        return id;
    }

    public String name() {
        return name;
    }

    public Product product() {
        return product;
    }

    /** No longer sold (lifecycle.md R75). */
    public boolean isDiscontinued() {
        return discontinued;
    }

    /** The offer that replaces it; null when none is known. */
    public String equivalentTo() {
        return equivalentTo;
    }
}
