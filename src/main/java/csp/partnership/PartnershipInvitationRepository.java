package csp.partnership;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;

@ApplicationScoped
class PartnershipInvitationRepository implements PanacheRepositoryBase<PartnershipInvitation, String> {

    /** Held until the end of the transaction: of two answers at a time, the second sees the first. */
    Optional<PartnershipInvitation> locked(String token) {
        return Optional.ofNullable(findById(token, LockModeType.PESSIMISTIC_WRITE));
    }
}
