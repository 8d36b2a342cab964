package csp.platform.webhook;

import static csp.shared.error.ErrorCode.WEBHOOK_DELIVERY_NOT_FOUND;
import static jakarta.transaction.Transactional.TxType.MANDATORY;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import csp.shared.caller.Caller;
import csp.shared.error.DomainException;
import csp.shared.page.Page;
import csp.shared.page.Seek;
import csp.shared.storage.PlainSql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What became of the notifications of a partner (D27), and sending one again. */
@ApplicationScoped
public class DeliveryLog {

    private static final String DELIVERY =
            "select d.position, d.id, d.event_name, d.transfer_id, d.created_time, d.state, d.due from webhook_delivery d";

    private static final String ATTEMPTS = """
            select delivery_id, at, status, milliseconds, answer from webhook_attempt
            where delivery_id = any (cast(? as uuid[])) order by delivery_id, id""";

    /** A receiver is by the book when it answers everything it is sent with 2xx; one that does not is told by its numbers (W70). */
    private static final String REFUSALS = """
            select d.event_name, count(*) as attempts,
                count(*) filter (where a.status is null or a.status not between 200 and 299) as not_delivered
            from webhook_delivery d join webhook_attempt a on a.delivery_id = d.id
            where d.partner_id = ? group by d.event_name order by d.event_name""";

    /** Over the newest attempts alone, so that the work is bounded whatever is kept. */
    private static final String MANNERS = """
            with attempt as (
                select d.partner_id, d.event_name, a.id, a.status, a.milliseconds,
                    a.status is null or a.status not between 200 and 299 as is_refused, a.milliseconds > ? as is_late
                from (select * from webhook_attempt order by id desc limit 10000) a join webhook_delivery d on d.id = a.delivery_id
                where (cast(? as uuid) is null or d.partner_id = ?) and (cast(? as timestamptz) is null or a.at >= ?))
            select partner_id, count(*) as attempts, count(*) filter (where is_refused) as refused,
                count(*) filter (where is_late) as late, max(milliseconds) as slowest,
                (array_agg(event_name order by id desc) filter (where is_refused))[1] as last_refused,
                (array_agg(status order by id desc) filter (where is_refused))[1] as last_status
            from attempt group by partner_id order by partner_id""";

    private static final String SEND_AGAIN = """
            update webhook_delivery set state = 'WAITING', due = ?, tries = case when state = 'DELIVERED' then 0 else tries end
            where id = ? and partner_id = ?""";

    private final PlainSql sql;
    private final DeliveryDispatcher dispatcher;
    private final Clock clock;
    private final int lateMillis;

    DeliveryLog(PlainSql sql, DeliveryDispatcher dispatcher, Clock clock, WebhooksConfig config) {
        this.sql = sql;
        this.dispatcher = dispatcher;
        this.clock = clock;
        this.lateMillis = Math.toIntExact(config.answerTimeout().toMillis() / 2);
    }

    /**
     * Which deliveries a partner wants to see.
     *
     * @param event null for any
     * @param state null for any
     */
    public record Search(UUID partnerId, WebhookEvent event, DeliveryState state) {}

    /**
     * How a receiver treats one event.
     *
     * @param attempts over all deliveries of the partner
     * @param notDelivered those of them that ended otherwise than with a status of 2xx
     */
    public record Refusals(String eventName, long attempts, long notDelivered) {}

    /**
     * How a receiver treats what it is sent.
     *
     * @param attempts of the partner that were looked at
     * @param refused those of them that ended otherwise than with a status of 2xx
     * @param late those of them that took longer than half of the time that there is for an answer
     * @param slowestMillis the longest, in milliseconds
     * @param lastRefused the event of the newest one that was refused; null without
     * @param lastStatus its status; null when there was no answer
     */
    public record Manners(
            UUID partnerId,
            long attempts,
            long refused,
            long late,
            long slowestMillis,
            String lastRefused,
            Integer lastStatus) {}

    /** One page, newest first. Three queries, whatever the size. Error 900150 and 2032 for anybody but the people of a partner. */
    public Page<WebhookDelivery> page(Caller caller, Search search, Seek<Long> seek) {
        requireAllowed(caller);
        var conditions = new StringBuilder(" where d.partner_id = ?");
        var parameters = new ArrayList<Object>(List.of(search.partnerId()));
        if (search.event() != null) {
            conditions.append(" and d.event_name = ?");
            parameters.add(search.event().wireName());
        }
        if (search.state() != null) {
            conditions.append(" and d.state = ?");
            parameters.add(search.state().name());
        }
        var total = sql.first(
                        "select count(*) from webhook_delivery d" + conditions,
                        row -> row.getLong(1),
                        parameters.toArray())
                .orElseThrow();
        if (seek.from() != null) {
            conditions
                    .append(" and d.position ")
                    .append(seek.forward() ? "<" : ">")
                    .append(" ?");
            parameters.add(seek.from());
        }
        conditions
                .append(" order by d.position")
                .append(seek.forward() ? " desc" : "")
                .append(" limit ? offset ?");
        parameters.add(seek.limit());
        parameters.add(seek.skipped());
        return Page.of(
                seek,
                total,
                withAttempts(sql.list(DELIVERY + conditions, DeliveryLog::delivery, parameters.toArray())));
    }

    /** Of all deliveries of the partner, by event. One query. */
    public List<Refusals> refusals(Caller caller) {
        return sql.list(
                REFUSALS, row -> new Refusals(row.getString(1), row.getLong(2), row.getLong(3)), caller.tenantId());
    }

    /**
     * Of each partner that was sent anything, over the ten thousand newest attempts. One query.
     *
     * @param partnerId null for all
     * @param since by the clock of the service; null for any time
     */
    public List<Manners> manners(UUID partnerId, Instant since) {
        return sql.list(
                MANNERS,
                row -> new Manners(
                        row.getObject("partner_id", UUID.class),
                        row.getLong("attempts"),
                        row.getLong("refused"),
                        row.getLong("late"),
                        row.getLong("slowest"),
                        row.getString("last_refused"),
                        row.getObject("last_status", Integer.class)),
                lateMillis,
                partnerId,
                partnerId,
                since,
                since);
    }

    /** The partners that have a webhook registration. One query. */
    public Set<UUID> registered() {
        return Set.copyOf(sql.list("select partner_id from webhook_registration", row -> row.getObject(1, UUID.class)));
    }

    /**
     * Has one attempted at once, whatever became of it before and whatever waits before it. One that was delivered begins its attempts
     * anew; one that is parked has this attempt only. Errors as {@link #page}, and 404 code 1000 for one that is none of the partner's.
     *
     * @param id as the path names it, for the refusal
     */
    @Transactional(MANDATORY)
    public WebhookDelivery sendAgain(Caller caller, UUID id) {
        requireAllowed(caller);
        if (sql.update(SEND_AGAIN, clock.instant(), id, caller.tenantId()) == 0) {
            throw new DomainException(WEBHOOK_DELIVERY_NOT_FOUND, id);
        }
        dispatcher.lookAfterCommit();
        return withAttempts(sql.list(DELIVERY + " where d.id = ?", DeliveryLog::delivery, id))
                .get(0);
    }

    private static void requireAllowed(Caller caller) {
        caller.requirePartner();
        caller.requireAnyOf(WebhookRegistrations.ROLES);
    }

    /** With what there is to tell of each attempt. One query. */
    private List<WebhookDelivery> withAttempts(List<WebhookDelivery> deliveries) {
        var ids = deliveries.stream().map(delivery -> delivery.id().toString()).toArray(String[]::new);
        var attempts =
                sql.list(ATTEMPTS, row -> Map.entry(row.getObject(1, UUID.class), attempt(row)), (Object) ids).stream()
                        .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toList())));
        return deliveries.stream()
                .map(delivery -> new WebhookDelivery(
                        delivery.position(),
                        delivery.id(),
                        delivery.eventName(),
                        delivery.transferId(),
                        delivery.created(),
                        delivery.state(),
                        delivery.nextAttempt(),
                        attempts.getOrDefault(delivery.id(), List.of())))
                .toList();
    }

    private static WebhookDelivery delivery(ResultSet row) throws SQLException {
        return new WebhookDelivery(
                row.getLong("position"),
                row.getObject("id", UUID.class),
                row.getString("event_name"),
                row.getObject("transfer_id", UUID.class),
                time(row, "created_time"),
                DeliveryState.valueOf(row.getString("state")),
                time(row, "due"),
                List.of());
    }

    /** Of a row with the columns of an attempt. */
    static DeliveryAttempt attempt(ResultSet row) throws SQLException {
        return new DeliveryAttempt(
                time(row, "at"),
                row.getObject("status", Integer.class),
                row.getInt("milliseconds"),
                row.getString("answer"));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
