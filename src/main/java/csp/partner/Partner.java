package csp.partner;

import java.util.UUID;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;

/** A company that resells: a direct-bill partner, an indirect reseller, an indirect provider, or several of these at once. */
@Entity
public class Partner {

    /** Standing in a programme whose capabilities may be restricted (lifecycle.md R59). */
    enum ProgramStatus {
        NONE,
        ACTIVE,
        RESTRICTED
    }

    /** Enrolment as indirect reseller (lifecycle.md R8): capabilities begin with the last of these (R12). */
    enum Enrolment {
        NONE,
        SUBMITTED,
        APPROVED,
        ENROLLED
    }

    @Id
    private UUID tenantId;
    private String name;
    private String mpnId;
    private String country;
    private String currency;
    @Enumerated(EnumType.STRING)
    private Enrolment indirectReseller;
    @Enumerated(EnumType.STRING)
    private ProgramStatus indirectProvider;
    private boolean partnerAgreementSigned;

    public UUID tenantId() {
        return tenantId;
    }

    public String name() {
        return name;
    }

    /** Its number in the partner programme (PartnerID); null when it has none. */
    public String mpnId() {
        return mpnId;
    }

    /** ISO 3166 code, two letters. */
    public String country() {
        return country;
    }

    /** ISO 4217 code, three letters. */
    public String currency() {
        return currency;
    }

    /** True once the indirect reseller agreement is accepted (lifecycle.md R12). */
    public boolean isEnrolledReseller() {
        return indirectReseller == Enrolment.ENROLLED;
    }

    public boolean isActiveProvider() {
        return indirectProvider == ProgramStatus.ACTIVE;
    }

    public boolean hasSignedPartnerAgreement() {
        return partnerAgreementSigned;
    }
}
