package csp.platform.webhook;

import csp.shared.storage.PlainSql;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;

/**
 * The notifications that wait, shared by all copies of the service. A copy takes some for a time, sends them without a connection to
 * the database, and puts down what came of it; what it has taken nobody else sends until that time is over.
 */
@ApplicationScoped
class DeliveryQueue {

    /** Beyond the time that an answer may take: to put down what came of it. */
    private static final Duration TO_PUT_DOWN = Duration.ofSeconds(5);

    /**
     * Per partner, so that nobody's backlog stands before another's; those that others are about to take are left to them. From partner
     * to partner in the index of what is due, so that a look costs what waits and not what is registered.
     */
    private static final String TAKE = """
            with recursive room as (
                select * from unnest(cast(? as uuid[]), cast(? as integer[])) as r (partner_id, places)),
            waiting (partner_id) as (
                (select partner_id from webhook_delivery
                    where due is not null and partner_id >= '00000000-0000-0000-0000-000000000000' order by partner_id limit 1)
                union all
                select (select d.partner_id from webhook_delivery d
                    where d.due is not null and d.partner_id > waiting.partner_id order by d.partner_id limit 1)
                from waiting where waiting.partner_id is not null),
            due as materialized (
                select d.id
                from (select partner_id from waiting join webhook_registration using (partner_id) order by random()) registered
                left join room on room.partner_id = registered.partner_id
                cross join lateral (
                    select w.id from webhook_delivery w
                    where w.partner_id = registered.partner_id and w.due <= ?
                        and (w.leased_until is null or w.leased_until < clock_timestamp())
                    order by w.due, w.position limit coalesce(room.places, ?)
                    for update skip locked) d
                limit ?)
            update webhook_delivery d
            set holder = ?, leased_until = clock_timestamp() + ? * interval '1 millisecond'
            from webhook_registration r
            where d.id in (select id from due) and r.partner_id = d.partner_id
            returning d.id, d.partner_id, d.transfer_id, d.body, d.signature, d.tries, r.url,
                r.signature_token_to_ms_signature_header""";

    /** In the order in which {@link Notifications} locks, so that no two wait for each other. */
    private static final String LOCK = """
            select id from webhook_delivery where id = any (cast(? as uuid[])) and holder = ? order by position for update""";

    private static final String PUT_DOWN = """
            with result as (
                select * from unnest(cast(? as uuid[]), ?, ?, cast(? as timestamptz[]), cast(? as timestamptz[]),
                        cast(? as integer[]), cast(? as integer[]), ?)
                    as r (id, signature, state, due, at, status, milliseconds, answer)),
            settled as (
                update webhook_delivery d
                set state = r.state, due = r.due, tries = d.tries + 1, signature = coalesce(d.signature, r.signature),
                    holder = null, leased_until = null
                from result r where d.id = r.id and d.holder = ?
                returning d.id)
            insert into webhook_attempt (delivery_id, at, status, milliseconds, answer)
            select r.id, r.at, r.status, r.milliseconds, r.answer from result r join settled using (id)""";

    /** The oldest that waits behind one that is over. */
    private static final String NEXT_IN_ORDER = """
            update webhook_delivery d set due = ?
            where d.due is null and d.state = 'WAITING' and d.id in (
                select (select w.id from webhook_delivery w
                    where w.state = 'WAITING' and w.partner_id = o.partner_id and w.transfer_id = o.transfer_id
                    order by w.position limit 1)
                from unnest(cast(? as uuid[]), cast(? as uuid[])) as o (partner_id, transfer_id))""";

    /** How long the list shows what was delivered. */
    private static final Duration KEPT = Duration.ofDays(30);

    /** How often a copy looks for some: each put-down would, and it is on the path of every notification. */
    private static final Duration BETWEEN_FORGETTING = Duration.ofHours(1);

    private static final int MOST_FORGOTTEN = 500;

    /** What was delivered long ago, and not sent again by hand since. */
    private static final String FORGET = """
            delete from webhook_delivery where id = any (array(
                select d.id from webhook_delivery d
                where d.state = 'DELIVERED' and d.created_time <= ?
                    and not exists (select from webhook_attempt a where a.delivery_id = d.id and a.at > ?)
                order by d.created_time limit ? for update of d skip locked))""";

    private final PlainSql sql;
    private final Clock clock;
    private final long leaseMilliseconds;
    private final UUID holder = UUID.randomUUID();
    /** By the clock of the service; only the thread that puts down asks for it. */
    private Instant forgot = Instant.EPOCH;

    DeliveryQueue(PlainSql sql, Clock clock, WebhooksConfig config) {
        this.sql = sql;
        this.clock = clock;
        this.leaseMilliseconds = config.answerTimeout().plus(TO_PUT_DOWN).toMillis();
    }

    /**
     * A notification that this copy has taken.
     *
     * @param signature as it was sent before; null at the first attempt
     * @param tries attempts made before
     * @param url as registered now, as is {@code signatureInMsHeader}
     */
    record Taken(
            UUID id,
            UUID partnerId,
            UUID transferId,
            String body,
            String signature,
            int tries,
            String url,
            boolean signatureInMsHeader) {}

    /**
     * What came of an attempt.
     *
     * @param signature as it was sent
     * @param at when it began, by the clock of the service
     * @param status that the receiver answered with; null when it did not
     * @param answer the beginning of what it said, or why it said nothing
     */
    record Attempt(Taken delivery, String signature, Instant at, Integer status, int milliseconds, String answer) {

        boolean isDelivered() {
            return status != null && status >= 200 && status < 300;
        }

        DeliveryState state() {
            if (isDelivered()) {
                return DeliveryState.DELIVERED;
            }
            return RetrySchedule.pauseAfter(delivery.tries() + 1).isEmpty()
                    ? DeliveryState.PARKED
                    : DeliveryState.WAITING;
        }
    }

    /**
     * Takes notifications that are due, at most {@code most}.
     *
     * @param room how many more of these partners, where it is not {@code perPartner}
     */
    List<Taken> take(Map<UUID, Integer> room, int perPartner, int most) {
        var partners = List.copyOf(room.keySet());
        return sql.list(
                TAKE,
                DeliveryQueue::taken,
                partners.stream().map(UUID::toString).toArray(String[]::new),
                partners.stream().map(room::get).toArray(Integer[]::new),
                clock.instant(),
                perPartner,
                most,
                holder,
                leaseMilliseconds);
    }

    /**
     * In one transaction. What another copy has taken meanwhile, as the time was over, is left to it. What writers add, writers take away:
     * now and then it forgets some that were delivered long ago, too.
     */
    void putDown(List<Attempt> attempts) {
        var now = clock.instant();
        QuarkusTransaction.requiringNew().run(() -> {
            var ids = texts(attempts, attempt -> attempt.delivery().id());
            sql.list(LOCK, row -> true, ids, holder);
            sql.update(
                    PUT_DOWN,
                    ids,
                    texts(attempts, Attempt::signature),
                    texts(attempts, Attempt::state),
                    texts(attempts, DeliveryQueue::nextAttempt),
                    texts(attempts, Attempt::at),
                    attempts.stream().map(Attempt::status).toArray(Integer[]::new),
                    attempts.stream().map(Attempt::milliseconds).toArray(Integer[]::new),
                    texts(attempts, Attempt::answer),
                    holder);
            var over = attempts.stream()
                    .filter(attempt ->
                            attempt.delivery().transferId() != null && attempt.state() != DeliveryState.WAITING)
                    .toList();
            if (!over.isEmpty()) {
                sql.update(
                        NEXT_IN_ORDER,
                        now,
                        texts(over, attempt -> attempt.delivery().partnerId()),
                        texts(over, attempt -> attempt.delivery().transferId()));
            }
            forgetSome(now);
        });
    }

    /** As long as there are many, each time. The clock may have been set back. */
    private void forgetSome(Instant now) {
        if (now.isBefore(forgot) || !now.isBefore(forgot.plus(BETWEEN_FORGETTING))) {
            var limit = now.minus(KEPT);
            if (sql.update(FORGET, limit, limit, MOST_FORGOTTEN) < MOST_FORGOTTEN) {
                forgot = now;
            }
        }
    }

    /** Lets others have at once what this copy took. */
    void giveBack() {
        sql.update("update webhook_delivery set holder = null, leased_until = null where holder = ?", holder);
    }

    /** Whether anything is due or under way, in any copy. */
    boolean isAnythingDue() {
        return sql.first("""
                        select 1 from webhook_registration r
                        where exists (select from webhook_delivery d where d.partner_id = r.partner_id and d.due <= ?) limit 1""", row -> true, clock.instant()).isPresent();
    }

    /** After the end of this one, whatever became of the clock until it was put down. */
    private static Instant nextAttempt(Attempt attempt) {
        return attempt.state() != DeliveryState.WAITING
                ? null
                : attempt.at()
                        .plusMillis(attempt.milliseconds())
                        .plus(RetrySchedule.pauseAfter(attempt.delivery().tries() + 1)
                                .orElseThrow());
    }

    private static String[] texts(List<Attempt> attempts, Function<Attempt, Object> text) {
        return attempts.stream()
                .map(attempt -> Objects.toString(text.apply(attempt), null))
                .toArray(String[]::new);
    }

    private static Taken taken(ResultSet row) throws SQLException {
        return new Taken(
                row.getObject("id", UUID.class),
                row.getObject("partner_id", UUID.class),
                row.getObject("transfer_id", UUID.class),
                row.getString("body"),
                row.getString("signature"),
                row.getInt("tries"),
                row.getString("url"),
                row.getBoolean("signature_token_to_ms_signature_header"));
    }
}
