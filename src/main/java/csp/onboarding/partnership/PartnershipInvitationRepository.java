package csp.onboarding.partnership;

import csp.shared.link.LinkToken;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.Optional;

@ApplicationScoped
class PartnershipInvitationRepository implements PanacheRepositoryBase<PartnershipInvitation, String> {

    /** Empty also for what is no token. */
    Optional<PartnershipInvitation> withToken(String token) {
        return Optional.of(token).filter(LinkToken::isWellFormed).flatMap(this::findByIdOptional);
    }

    /** Held until the end of the transaction: of two answers at a time, the second sees the first. */
    Optional<PartnershipInvitation> locked(String token) {
        return Optional.of(token)
                .filter(LinkToken::isWellFormed)
                .map(known -> findById(known, LockModeType.PESSIMISTIC_WRITE));
    }
}
