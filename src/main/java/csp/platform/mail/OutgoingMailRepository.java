package csp.platform.mail;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

@ApplicationScoped
class OutgoingMailRepository implements PanacheRepositoryBase<OutgoingMail, UUID> {

    /** The mail, locked until the end of the transaction: no other copy sends it meanwhile. Fails at once when one does. */
    Optional<OutgoingMail> lock(UUID id) {
        return Optional.ofNullable(getEntityManager()
                .find(
                        OutgoingMail.class,
                        id,
                        LockModeType.PESSIMISTIC_WRITE,
                        Map.of("jakarta.persistence.lock.timeout", 0)));
    }

    /** In the order of sending. */
    List<OutgoingMail> sent() {
        return list("sent is not null order by sent, id");
    }

    /** In the order of sending; the case of the address does not matter. */
    List<OutgoingMail> sentTo(String recipient) {
        return list("lower(recipient) = ?1 and sent is not null order by sent, id", recipient.toLowerCase(Locale.ROOT));
    }
}
