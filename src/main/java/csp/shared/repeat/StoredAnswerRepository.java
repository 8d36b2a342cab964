package csp.shared.repeat;

import static csp.shared.error.ErrorCode.REQUEST_BUSY;

import java.time.Clock;
import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockTimeoutException;
import jakarta.persistence.PessimisticLockException;

import csp.shared.error.DomainException;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;

@ApplicationScoped
class StoredAnswerRepository implements PanacheRepositoryBase<StoredAnswer, StoredAnswer.Key> {

    /** How long a repeat is recognised, by the clock of the service (D8). */
    static final Duration KEPT = Duration.ofHours(24);

    private final Clock clock;

    StoredAnswerRepository(Clock clock) {
        this.clock = clock;
    }

    /**
     * Claims the key. A request that holds the same key and still runs is waited for, at most ten seconds: the primary key makes
     * the insert wait, in whichever copy of the service the other request runs.
     *
     * @return false when an earlier request with this key has ended well
     */
    boolean begin(StoredAnswer.Key key, byte[] bodyDigest) {
        var now = clock.instant();
        try {
            // The subselect bounds the wait for this transaction alone, without a round trip of its own.
            return getEntityManager().createNativeQuery("""
                    insert into stored_answer (partner_id, caller_id, request_id, method, path, body_digest, created)
                    select :partnerId, :callerId, :requestId, :method, :path, :bodyDigest, :now
                    from (select set_config('lock_timeout', '10s', true)) as patience
                    on conflict on constraint stored_answer_one_per_request do update
                    set body_digest = excluded.body_digest, created = excluded.created, status = null, body = null
                    where stored_answer.created <= :expired""")
                    .setParameter("partnerId", key.partnerId()).setParameter("callerId", key.callerId())
                    .setParameter("requestId", key.requestId()).setParameter("method", key.method())
                    .setParameter("path", key.path()).setParameter("bodyDigest", bodyDigest).setParameter("now", now)
                    .setParameter("expired", now.minus(KEPT)).executeUpdate() == 1;
        } catch (LockTimeoutException | PessimisticLockException e) {
            throw new DomainException(REQUEST_BUSY, key.requestId());
        }
    }

    void complete(StoredAnswer.Key key, int status, String body) {
        update("status = ?1, body = ?2 where partnerId = ?3 and callerId = ?4 and requestId = ?5 and method = ?6 and path = ?7",
                status, body, key.partnerId(), key.callerId(), key.requestId(), key.method(), key.path());
    }
}
