package csp.commerce.agreement.api;

import csp.commerce.agreement.AgreementAcceptance;
import csp.commerce.agreement.AgreementContact;
import csp.shared.http.WireTime;
import java.util.UUID;

/**
 * An agreement of a customer on the wire, keys in the recorded order (storefront.md §5). The answer to a confirmation names its
 * user and no link; a later read is the other way round, and its date has no zone.
 */
record AgreementView(
        UUID userId,
        AgreementContact primaryContact,
        UUID templateId,
        String dateAgreed,
        String type,
        String agreementLink) {

    static AgreementView confirmed(AgreementAcceptance acceptance, UUID userId) {
        return new AgreementView(
                userId,
                acceptance.primaryContact(),
                acceptance.type().templateId,
                WireTime.fixedMillis(acceptance.dateAgreed()),
                acceptance.type().wireName,
                null);
    }

    static AgreementView read(AgreementAcceptance acceptance) {
        return new AgreementView(
                null,
                acceptance.primaryContact(),
                acceptance.type().templateId,
                WireTime.zoneless(acceptance.dateAgreed()),
                acceptance.type().wireName,
                acceptance.type().link);
    }
}
