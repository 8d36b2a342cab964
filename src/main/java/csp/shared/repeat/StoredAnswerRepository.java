package csp.shared.repeat;

import static csp.shared.error.ErrorCode.REQUEST_BUSY;

import csp.shared.error.DomainException;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.persistence.LockTimeoutException;
import jakarta.persistence.PessimisticLockException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

@ApplicationScoped
class StoredAnswerRepository implements PanacheRepositoryBase<StoredAnswer, StoredAnswer.Key> {

    /** How long a repeat is recognised, by the clock of the service (D8). */
    static final Duration KEPT = Duration.ofHours(24);

    private final Clock clock;

    StoredAnswerRepository(Clock clock) {
        this.clock = clock;
    }

    /**
     * Claims the key. A request that holds the same key and still runs is waited for, at most ten seconds: the primary
     * key makes the insert wait, in whichever copy of the service the other request runs.
     *
     * @return false when an earlier request with this key has ended well
     */
    boolean begin(StoredAnswer.Key key, byte[] bodyDigest) {
        var now = clock.instant();
        try {
            // The subselect bounds the wait for this transaction alone, without a round trip of its own.
            return getEntityManager()
                            .createNativeQuery("""
                    insert into stored_answer (partner_id, caller_id, request_id, method, path, body_digest, created)
                    select :partnerId, :callerId, :requestId, :method, :path, :bodyDigest, :now
                    from (select set_config('lock_timeout', '10s', true)) as patience
                    on conflict on constraint stored_answer_one_per_request do update
                    set body_digest = excluded.body_digest, created = excluded.created, status = null, body = null
                    where stored_answer.created <= :expired""")
                            .setParameter("partnerId", key.partnerId())
                            .setParameter("callerId", key.callerId())
                            .setParameter("requestId", AnswerSeal.storedId(key.requestId()))
                            .setParameter("method", key.method())
                            .setParameter("path", key.path())
                            .setParameter("bodyDigest", bodyDigest)
                            .setParameter("now", now)
                            .setParameter("expired", now.minus(KEPT))
                            .executeUpdate()
                    == 1;
        } catch (LockTimeoutException | PessimisticLockException e) {
            throw new DomainException(REQUEST_BUSY, key.requestId());
        }
    }

    /** The answer of the request with this key, or the mark of one that still runs. */
    Optional<StoredAnswer> stored(StoredAnswer.Key key) {
        return findByIdOptional(new StoredAnswer.Key(
                key.partnerId(), key.callerId(), AnswerSeal.storedId(key.requestId()), key.method(), key.path()));
    }

    /** Keeps the answer, and in the same statement forgets a few expired ones: what writers add, writers take away. */
    void complete(StoredAnswer.Key key, int status, String body) {
        // Rows of other requests only: what a statement deletes it cannot update as well.
        getEntityManager()
                .createNativeQuery("""
                with forgotten as (delete from stored_answer where ctid = any (array(
                    select ctid from stored_answer where created <= :expired and request_id <> :requestId
                    order by created limit 10 for update skip locked)))
                update stored_answer set status = :status, body = :body where partner_id = :partnerId and caller_id = :callerId
                and request_id = :requestId and method = :method and path = :path""")
                .setParameter("expired", clock.instant().minus(KEPT))
                .setParameter("status", status)
                .setParameter("body", body)
                .setParameter("partnerId", key.partnerId())
                .setParameter("callerId", key.callerId())
                .setParameter("requestId", AnswerSeal.storedId(key.requestId()))
                .setParameter("method", key.method())
                .setParameter("path", key.path())
                .executeUpdate();
    }

    /** What expired while no copy of the service was running; the start does not wait for it. */
    void forgetExpired(@ObservesAsync HttpServerStart listening) {
        QuarkusTransaction.requiringNew()
                .run(() -> delete("created <= ?1", clock.instant().minus(KEPT)));
    }
}
