package csp.directory.customer;

import static csp.shared.error.ErrorCode.BILLING_ETAG_STALE;
import static csp.shared.error.ErrorCode.INVALID_INPUT;
import static java.nio.charset.StandardCharsets.UTF_8;

import csp.directory.billing.BillTo;
import csp.shared.error.DomainException;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.util.List;
import java.util.UUID;
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

    private String registrationNumber;

    @Version
    private int version = 1; // the first etag of a billing profile carries version 1

    /** For the persistence provider. */
    protected Customer() {}

    /**
     * A customer new to everybody.
     *
     * @param country ISO 3166 code, two letters
     * @param registrationNumber null where the country wants none
     */
    public Customer(
            UUID tenantId,
            String companyName,
            String domain,
            String country,
            String registrationNumber,
            BillTo billTo) {
        this.tenantId = tenantId;
        this.companyName = companyName;
        this.domain = domain;
        this.country = country;
        this.registrationNumber = registrationNumber;
        this.billTo = billTo;
    }

    /**
     * For whoever has bills go elsewhere.
     *
     * @param etags what the caller started from, each of which must be that of the present version
     * @throws DomainException code 2055 when one is not, 800002 for another country, which is another market
     */
    void requireBillable(BillTo changed, List<String> etags) {
        etags.stream().filter(etag -> !etag.equals(billingEtag())).findFirst().ifPresent(stale -> {
            throw new DomainException(BILLING_ETAG_STALE, stale, tenantId);
        });
        if (!changed.address().country().equals(billingCountry())) {
            throw new DomainException(
                    INVALID_INPUT,
                    "defaultAddress.country cannot be changed from '%s' to '%s'."
                            .formatted(billingCountry(), changed.address().country()));
        }
    }

    void sendBillsTo(BillTo changed) {
        billTo = changed;
    }

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

    /** Where its bills go to, else where it is: ISO 3166 code, two letters. */
    public String billingCountry() {
        return billTo == null || billTo.address() == null || billTo.address().country() == null
                ? country
                : billTo.address().country();
    }

    /** Null when no partner ever gave it. */
    public BillTo billTo() {
        return billTo;
    }

    /** The number of the company in the register of its country; null when none is known. */
    public String registrationNumber() {
        return registrationNumber;
    }

    /** A signed 64-bit number, as recorded; another one for every version of the billing profile. */
    public String billingEtag() {
        return Long.toString(idFor("billing etag " + version).getMostSignificantBits());
    }

    /** An id that belongs to this customer, the same one whenever it is asked for. */
    public UUID idFor(String purpose) {
        return UUID.nameUUIDFromBytes((purpose + " of " + tenantId).getBytes(UTF_8));
    }
}
