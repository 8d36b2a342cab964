package csp.onboarding.invitation;

import csp.shared.link.LinkToken;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

@ApplicationScoped
class CustomerInvitationRepository implements PanacheRepositoryBase<CustomerInvitation, String> {

    /** Empty also for what is no token. */
    Optional<CustomerInvitation> withToken(String token) {
        return Optional.of(token).filter(LinkToken::isWellFormed).flatMap(this::findByIdOptional);
    }

    /** Held until the end of the transaction: of two answers at a time, the second sees the first. */
    Optional<CustomerInvitation> locked(String token) {
        return Optional.of(token)
                .filter(LinkToken::isWellFormed)
                .map(known -> findById(known, LockModeType.PESSIMISTIC_WRITE));
    }

    /** The youngest that can still be accepted and was sent to nobody by us. */
    Optional<CustomerInvitation> unsent(OfferedRelationship offer, UUID inviterId, Instant now) {
        return find("""
                inviterId = ?1 and resellerId = ?2 and providerId is not distinct from ?3 and kind = ?4 and status = PENDING
                and customerEmail is null and expirationTime > ?5 order by createdTime desc, token""", inviterId, offer.resellerId(), offer.providerId(), offer.kind(), now)
                .firstResultOptional();
    }
}
