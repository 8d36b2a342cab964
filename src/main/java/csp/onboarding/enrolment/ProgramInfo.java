package csp.onboarding.enrolment;

import csp.directory.partner.Partner;
import csp.directory.partner.ProgramStatus;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Who a partner is in the programmes (lifecycle.md R11, R13, R59).
 *
 * @param cloudSolutionProviderStatus of direct-bill: {@code none}, {@code active} or {@code restricted}
 * @param profile what it is at present, in the order direct-bill, reseller, provider
 * @param storefrontAccess whether the mirrored API is open to it (R16)
 */
public record ProgramInfo(
        UUID tenantId,
        String name,
        String mpnId,
        String country,
        String cloudSolutionProviderStatus,
        Programs programs,
        List<String> profile,
        boolean partnerAgreementSigned,
        boolean storefrontAccess) {

    /**
     * As a scenario writes them.
     *
     * @param indirectReseller {@code none} without an enrolment sent in, else how far it is
     */
    public record Programs(String directBill, String indirectReseller, String indirectProvider) {}

    static ProgramInfo of(Partner partner, EnrolmentStatus enrolment) {
        var reseller = enrolment == EnrolmentStatus.DRAFT ? "none" : enrolment.wireName();
        var profile = Stream.of(
                        partner.isDirectBill() ? "directBill" : null,
                        partner.isEnrolledReseller() ? "indirectReseller" : null,
                        partner.indirectProvider() == ProgramStatus.NONE ? null : "indirectProvider")
                .filter(role -> role != null)
                .toList();
        return new ProgramInfo(
                partner.tenantId(),
                partner.name(),
                partner.mpnId(),
                partner.country(),
                wireName(partner.directBill()),
                new Programs(wireName(partner.directBill()), reseller, wireName(partner.indirectProvider())),
                profile,
                partner.hasSignedPartnerAgreement(),
                partner.directBillLeft() == null);
    }

    private static String wireName(ProgramStatus status) {
        return status.name().toLowerCase(Locale.ROOT);
    }
}
