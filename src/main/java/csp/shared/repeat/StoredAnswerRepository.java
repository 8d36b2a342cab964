package csp.shared.repeat;

import static csp.shared.error.ErrorCode.REQUEST_BUSY;
import static csp.shared.error.FailureKind.LOST_RACE;

import csp.shared.error.DomainException;
import csp.shared.error.FailureKind;
import csp.shared.storage.PlainSql;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

@ApplicationScoped
class StoredAnswerRepository implements PanacheRepositoryBase<StoredAnswer, StoredAnswer.Key> {

    /** How long a repeat is recognised, by the clock of the service (D8). */
    static final Duration KEPT = Duration.ofHours(24);

    /**
     * The subselect bounds the wait for this transaction alone, without a round trip of its own. In the same way it has statements planned
     * once and not each time: of one with an array of ids PostgreSQL believes that a plan for these very ids is worth making, and
     * makes the same plan again and again, which takes several times as long as the statement itself.
     */
    private static final String BEGUN = """
            insert into stored_answer (partner_id, caller_id, request_id, method, path, body_digest, created)
            select ?, ?, ?, ?, ?, ?, ?
            from (select set_config('lock_timeout', '10s', true), set_config('plan_cache_mode', 'force_generic_plan', true))
                as settings
            on conflict on constraint stored_answer_one_per_request do update
            set body_digest = excluded.body_digest, created = excluded.created, status = null, body = null
            where stored_answer.created <= ?""";

    /** Forgets rows of other requests only: what a statement deletes it cannot update as well. */
    private static final String COMPLETED = """
            with forgotten as (delete from stored_answer where ctid = any (array(
                select ctid from stored_answer where created <= ? and request_id <> ?
                order by created limit 10 for update skip locked)))
            update stored_answer set status = ?, body = ? where partner_id = ? and caller_id = ?
            and request_id = ? and method = ? and path = ?""";

    private final PlainSql sql;
    private final Clock clock;

    StoredAnswerRepository(PlainSql sql, Clock clock) {
        this.sql = sql;
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
            return sql.update(
                            BEGUN,
                            key.partnerId(),
                            key.callerId(),
                            AnswerSeal.storedId(key.requestId()),
                            key.method(),
                            key.path(),
                            bodyDigest,
                            now,
                            now.minus(KEPT))
                    == 1;
        } catch (IllegalStateException e) {
            if (FailureKind.of(e) == LOST_RACE) {
                throw new DomainException(REQUEST_BUSY, key.requestId());
            }
            throw e;
        }
    }

    /** The answer of the request with this key, or the mark of one that still runs. */
    Optional<StoredAnswer> stored(StoredAnswer.Key key) {
        return findByIdOptional(new StoredAnswer.Key(
                key.partnerId(), key.callerId(), AnswerSeal.storedId(key.requestId()), key.method(), key.path()));
    }

    /** Keeps the answer, and in the same statement forgets a few expired ones: what writers add, writers take away. */
    void complete(StoredAnswer.Key key, int status, String body) {
        flush(); // what the effect left to do is refused here, and not at the commit
        var id = AnswerSeal.storedId(key.requestId());
        sql.update(
                COMPLETED,
                clock.instant().minus(KEPT),
                id,
                status,
                body,
                key.partnerId(),
                key.callerId(),
                id,
                key.method(),
                key.path());
    }

    /** What expired while no copy of the service was running; the start does not wait for it. */
    void forgetExpired(@ObservesAsync HttpServerStart listening) {
        QuarkusTransaction.requiringNew()
                .run(() -> delete("created <= ?1", clock.instant().minus(KEPT)));
    }
}
