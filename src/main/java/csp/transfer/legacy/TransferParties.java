package csp.transfer.legacy;

import static csp.shared.error.ErrorCode.CUSTOMER_AGREEMENT_MISSING;
import static csp.shared.error.ErrorCode.OWN_AGREEMENT_MISSING;
import static csp.shared.error.ErrorCode.PROGRAM_NOT_ACTIVE;
import static csp.shared.error.ErrorCode.RESELLER_AGREEMENT_MISSING;

import csp.shared.error.DomainException;
import csp.transfer.legacy.LegacyTransferRepository.Taken;
import csp.transfer.legacy.Prerequisite.Parties;

/** The conditions that the two partners and the customer must meet (TR1-TR3, TR5). They refuse a call as a whole (D11). */
final class TransferParties {

    private TransferParties() {}

    /** For a new transfer: every {@link Prerequisite}, in its order. */
    static void requireReadyToCreate(Parties parties) {
        for (var prerequisite : Prerequisite.values()) {
            prerequisite.refusal(parties).ifPresent(refusal -> {
                throw refusal;
            });
        }
    }

    /** For an acceptance; the transfer stays active when it is refused (D11). */
    static void requireReadyToAccept(Taken taken) {
        if (!taken.target().isActiveProvider()) {
            throw new DomainException(PROGRAM_NOT_ACTIVE, taken.target().tenantId());
        }
        if (!taken.source().hasSignedPartnerAgreement()) {
            throw new DomainException(RESELLER_AGREEMENT_MISSING, taken.source().tenantId());
        }
        if (!taken.target().hasSignedPartnerAgreement()) {
            throw new DomainException(OWN_AGREEMENT_MISSING, taken.target().tenantId());
        }
        if (!taken.agreed()) {
            throw new DomainException(
                    CUSTOMER_AGREEMENT_MISSING, taken.transfer().customerTenantId());
        }
    }
}
