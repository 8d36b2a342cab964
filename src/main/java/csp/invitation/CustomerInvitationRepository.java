package csp.invitation;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;

@ApplicationScoped
class CustomerInvitationRepository implements PanacheRepositoryBase<CustomerInvitation, String> {

    /** Held until the end of the transaction: of two answers at a time, the second sees the first. */
    Optional<CustomerInvitation> locked(String token) {
        return Optional.ofNullable(findById(token, LockModeType.PESSIMISTIC_WRITE));
    }

    /** The youngest that can still be accepted and was sent to nobody by us. */
    Optional<CustomerInvitation> unsent(Offer offer, UUID inviterId, Instant now) {
        return find("""
                inviterId = ?1 and resellerId = ?2 and providerId is not distinct from ?3 and kind = ?4 and status = PENDING
                and customerEmail is null and expirationTime > ?5 order by createdTime desc, token""", inviterId,
                offer.resellerId(), offer.providerId(), offer.kind(), now).firstResultOptional();
    }
}
