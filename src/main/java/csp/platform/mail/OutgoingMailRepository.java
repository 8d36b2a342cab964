package csp.platform.mail;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

@ApplicationScoped
class OutgoingMailRepository implements PanacheRepositoryBase<OutgoingMail, UUID> {

    /** Beyond the talk itself: until its connection is closed and its end noted, with a machine that is busy. */
    private static final Duration AFTER_THE_TALK = Duration.ofSeconds(10);

    /**
     * A waiting mail that no other copy talks about, for a talk of at most {@code limit}. So long, and a little longer, nobody
     * else gets it.
     */
    Optional<OutgoingMail> claim(UUID id, Duration limit) {
        var claimed = getEntityManager()
                .createNativeQuery("""
                        update outgoing_mail set talk_until = clock_timestamp() + :length * interval '1 second'
                        where id = :id and status = 'WAITING' and (talk_until is null or talk_until < clock_timestamp())""")
                .setParameter("length", limit.plus(AFTER_THE_TALK).toSeconds())
                .setParameter("id", id)
                .executeUpdate();
        return claimed == 0 ? Optional.empty() : findByIdOptional(id);
    }

    /** Whether it is still to be sent. */
    @Transactional
    boolean isWaiting(UUID id) {
        return count("id = ?1 and status = ?2", id, MailStatus.WAITING) > 0;
    }

    /** The mail, locked until the end of the transaction. */
    Optional<OutgoingMail> lock(UUID id) {
        return Optional.ofNullable(findById(id, LockModeType.PESSIMISTIC_WRITE));
    }

    /** Those that were sent and those that failed, in the order of that. */
    List<OutgoingMail> ended() {
        return list("coalesce(sent, failed) is not null order by coalesce(sent, failed), id");
    }

    /** In the same order; the case of the address does not matter. */
    List<OutgoingMail> endedTo(String recipient) {
        return list(
                "lower(recipient) = ?1 and coalesce(sent, failed) is not null order by coalesce(sent, failed), id",
                recipient.toLowerCase(Locale.ROOT));
    }
}
