package csp.directory.partner;

import static csp.shared.error.ErrorCode.PROGRAM_STATUS_CHANGE_NOT_ALLOWED;
import static csp.shared.error.ErrorCode.RESELLER_PROGRAM_RESTRICTED;

import csp.shared.error.DomainException;
import csp.shared.storage.StoredJson;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.Mutability;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.java.Immutability;

/** A company that resells: a direct-bill partner, an indirect reseller, an indirect provider, or several of these at once. */
@Entity
@DynamicUpdate // programmes and profile are changed by different people at the same time
public class Partner {

    private static final StoredJson<Contact> CONTACT = StoredJson.of(Contact.class);
    private static final StoredJson<PartnerProfile> PROFILE = StoredJson.of(PartnerProfile.class);
    private static final StoredJson<List<String>> OFFERINGS = StoredJson.listOf(String.class);

    @Id
    private UUID tenantId;

    private String name;
    private String domain;
    private String mpnId;
    private String country;
    private String currency;

    @Column(name = "csp_revenue_last_12_months")
    private Long revenueOfLast12Months;

    private UUID formerTenantId;

    @Enumerated(EnumType.STRING)
    private ProgramStatus directBill;

    @Enumerated(EnumType.STRING)
    private ResellerStatus indirectReseller;

    @Enumerated(EnumType.STRING)
    private ProgramStatus indirectProvider;

    private boolean partnerAgreementSigned;

    @JdbcTypeCode(SqlTypes.JSON)
    @Mutability(Immutability.class)
    private Contact primaryContact;

    private String programAccountEmail;

    @JdbcTypeCode(SqlTypes.JSON)
    @Mutability(Immutability.class)
    private PartnerProfile profile;

    @JdbcTypeCode(SqlTypes.JSON)
    @Mutability(Immutability.class)
    private List<String> offerings;

    private Instant directBillLeft;

    /** A partner from all columns of its row, in no persistence context: for reading only. */
    public static Partner read(ResultSet row) throws SQLException {
        var read = new Partner();
        read.tenantId = row.getObject("tenant_id", UUID.class);
        read.name = row.getString("name");
        read.domain = row.getString("domain");
        read.mpnId = row.getString("mpn_id");
        read.country = row.getString("country");
        read.currency = row.getString("currency");
        read.revenueOfLast12Months = row.getObject("csp_revenue_last_12_months", Long.class);
        read.formerTenantId = row.getObject("former_tenant_id", UUID.class);
        read.directBill = ProgramStatus.valueOf(row.getString("direct_bill"));
        read.indirectReseller = ResellerStatus.valueOf(row.getString("indirect_reseller"));
        read.indirectProvider = ProgramStatus.valueOf(row.getString("indirect_provider"));
        read.partnerAgreementSigned = row.getBoolean("partner_agreement_signed");
        read.primaryContact = CONTACT.read(row.getString("primary_contact"));
        read.programAccountEmail = row.getString("program_account_email");
        read.profile = PROFILE.read(row.getString("profile"));
        read.offerings = OFFERINGS.read(row.getString("offerings"));
        read.directBillLeft = Optional.ofNullable(row.getObject("direct_bill_left", OffsetDateTime.class))
                .map(OffsetDateTime::toInstant)
                .orElse(null);
        return read;
    }

    public UUID tenantId() {
        return tenantId;
    }

    public String name() {
        return name;
    }

    public String domain() {
        return domain;
    }

    /** Its number in the partner programme (PartnerID); null when it has none. */
    public String mpnId() {
        return mpnId;
    }

    /** ISO 3166 code, two letters. */
    public String country() {
        return country;
    }

    /** With whom it may work (lifecycle.md R26, R77). */
    public Region region() {
        return Region.of(country);
    }

    /** ISO 4217 code, three letters. */
    public String currency() {
        return currency;
    }

    /** Cloud Solution Provider revenue of the previous 12 months in US dollars (lifecycle.md R3); null when not known. */
    public Long revenueOfLast12Months() {
        return revenueOfLast12Months;
    }

    /** The tenant the same company worked with before (lifecycle.md R17); null for none. */
    public UUID formerTenantId() {
        return formerTenantId;
    }

    public ProgramStatus directBill() {
        return directBill;
    }

    public ResellerStatus indirectReseller() {
        return indirectReseller;
    }

    public ProgramStatus indirectProvider() {
        return indirectProvider;
    }

    /** Active or restricted: what it has, it still bills itself (lifecycle.md R61). */
    public boolean isDirectBill() {
        return directBill != ProgramStatus.NONE;
    }

    /** True once the indirect reseller agreement is accepted (lifecycle.md R12). */
    public boolean isEnrolledReseller() {
        return indirectReseller == ResellerStatus.ENROLLED;
    }

    /** Active or restricted. */
    public boolean isProvider() {
        return indirectProvider != ProgramStatus.NONE;
    }

    public boolean isActiveProvider() {
        return indirectProvider == ProgramStatus.ACTIVE;
    }

    public boolean hasSignedPartnerAgreement() {
        return partnerAgreementSigned;
    }

    /** Whom the vendor and other partners write to; null when nobody is named. */
    public Contact primaryContact() {
        return primaryContact;
    }

    /** Address of the partner programme account (lifecycle.md R67); null when it has none. */
    public String programAccountEmail() {
        return programAccountEmail;
    }

    /** Never null; what is not known of it is. */
    public PartnerProfile profile() {
        return profile == null ? PartnerProfile.EMPTY : profile;
    }

    /** What a provider offers to resellers, as the directory spells it (lifecycle.md R21). */
    public List<String> offerings() {
        return offerings;
    }

    /** When it gave up direct-bill (lifecycle.md R16); null when it never did. */
    public Instant directBillLeft() {
        return directBillLeft;
    }

    /**
     * For what restricted direct-bill capabilities exclude (lifecycle.md R60, R63): new subscriptions and add-ons, customer
     * tenants, direct reseller invitations. Error: 800039.
     *
     * @param what operation or action, for the refusal
     */
    public void requireUnrestricted(String what) {
        restrictionOn(what).ifPresent(refusal -> {
            throw refusal;
        });
    }

    /** What {@link #requireUnrestricted} throws; empty when it lets it pass. */
    public Optional<DomainException> restrictionOn(String what) {
        return directBill == ProgramStatus.RESTRICTED
                ? Optional.of(new DomainException(RESELLER_PROGRAM_RESTRICTED, tenantId, what))
                : Optional.empty();
    }

    /** For whoever begins an enrolment. Error 800040 when one is under way or has ended well. */
    public void requireNotEnrolling() {
        if (!indirectReseller.mayBecome(ResellerStatus.SUBMITTED)) {
            throw refusal("indirect reseller", indirectReseller, ResellerStatus.SUBMITTED);
        }
    }

    /** Sent in for approval (lifecycle.md R8). Error: 800040. */
    public void submitEnrolment() {
        moveResellerTo(ResellerStatus.SUBMITTED);
    }

    /** Approved; capabilities still wait for the agreement (lifecycle.md R12). Error: 800040. */
    public void approveEnrolment() {
        moveResellerTo(ResellerStatus.APPROVED);
    }

    /** The indirect reseller agreement is accepted: capabilities begin (lifecycle.md R12, R13). Error: 800040. */
    public void acceptResellerAgreement() {
        moveResellerTo(ResellerStatus.ENROLLED);
        partnerAgreementSigned = true;
    }

    /** Gives up direct-bill for good on this tenant (lifecycle.md R16). Error: 800040. */
    public void leaveDirectBill(Instant now) {
        moveDirectBillTo(ProgramStatus.NONE);
        directBillLeft = now;
    }

    /** Becomes direct-bill (again); a reseller on the same tenant is one no more (lifecycle.md R17, R19). Error: 800040. */
    public void becomeDirectBill() {
        moveDirectBillTo(ProgramStatus.ACTIVE);
        directBillLeft = null;
        if (isEnrolledReseller()) {
            moveResellerTo(ResellerStatus.NONE);
        }
    }

    private void moveResellerTo(ResellerStatus to) {
        if (!indirectReseller.mayBecome(to)) {
            throw refusal("indirect reseller", indirectReseller, to);
        }
        indirectReseller = to;
    }

    private void moveDirectBillTo(ProgramStatus to) {
        if (!directBill.mayBecome(to)) {
            throw refusal("direct-bill", directBill, to);
        }
        directBill = to;
    }

    private DomainException refusal(String programme, Enum<?> from, Enum<?> to) {
        return new DomainException(
                PROGRAM_STATUS_CHANGE_NOT_ALLOWED,
                from.name().toLowerCase(Locale.ROOT),
                to.name().toLowerCase(Locale.ROOT),
                programme,
                tenantId);
    }
}
