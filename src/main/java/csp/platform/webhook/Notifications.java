package csp.platform.webhook;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import csp.platform.jobs.StartOrder;
import csp.shared.config.CspConfig;
import csp.shared.storage.PlainSql;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;

/** Where events are put: written in the transaction that causes them, for the partners that registered; delivered afterwards. */
@ApplicationScoped
public class Notifications {

    /**
     * Behind one that still waits a new one has no time to be due; {@link DeliveryQueue} gives it one. Both lock what waits, in
     * one order, so that neither overlooks the other.
     */
    private static final String INSERT = """
            with news as (
                select * from unnest(cast(? as uuid[]), cast(? as uuid[]), ?, cast(? as uuid[]), ?, ?)
                    as n (id, partner_id, event_name, transfer_id, correlation_id, body)),
            waiting as materialized (
                select d.partner_id, d.transfer_id from webhook_delivery d
                where d.state = 'WAITING' and (d.partner_id, d.transfer_id) in
                    (select partner_id, transfer_id from news where transfer_id is not null)
                order by d.position for share)
            insert into webhook_delivery
                (id, partner_id, event_name, transfer_id, correlation_id, body, created_time, state, tries, due)
            select n.id, n.partner_id, n.event_name, n.transfer_id, n.correlation_id, n.body, ?, 'WAITING', 0,
                case when exists (select from waiting w where (w.partner_id, w.transfer_id) = (n.partner_id, n.transfer_id))
                    then null else cast(? as timestamptz) end
            from news n join webhook_registration r on r.partner_id = n.partner_id and n.event_name = any (r.events)""";

    private final PlainSql sql;
    private final DeliveryDispatcher dispatcher;
    private final Clock clock;
    private final String publicUrl;

    Notifications(PlainSql sql, DeliveryDispatcher dispatcher, Clock clock, CspConfig config) {
        this.sql = sql;
        this.dispatcher = dispatcher;
        this.clock = clock;
        this.publicUrl = config.publicUrl().toString();
    }

    /** Receivers take {@code AuditUri} apart at its underscores (webhooks.md §6): before the id there must be none. */
    void requireNoUnderscore(@Observes @Priority(StartOrder.CLOCK) StartupEvent event) {
        if (publicUrl.indexOf('_') >= 0) {
            throw new IllegalStateException(
                    "csp.public-url must have no underscore, at which receivers of webhooks take addresses apart, but is %s."
                            .formatted(publicUrl));
        }
    }

    /**
     * Has those sent whose receivers registered for the event, if the caller's transaction commits. Of one partner and transfer no
     * two may be among them, and a transaction tells of one transfer only: what waits of it is locked. One statement.
     *
     * @throws jakarta.transaction.TransactionalException outside a transaction
     */
    @Transactional(MANDATORY)
    public void publish(List<Notification> notifications) {
        if (notifications.isEmpty()) {
            return;
        }
        var now = clock.instant();
        var written = sql.update(
                INSERT,
                texts(notifications, ignored -> UUID.randomUUID()),
                texts(notifications, Notification::receiver),
                texts(notifications, notification -> notification.event().wireName()),
                texts(notifications, Notification::transferId),
                texts(notifications, Notification::correlationId),
                texts(notifications, notification -> NotificationBody.textOf(notification, publicUrl)),
                now,
                now);
        if (written > 0) {
            dispatcher.lookAfterCommit();
        }
    }

    private static String[] texts(List<Notification> notifications, Function<Notification, Object> text) {
        return notifications.stream()
                .map(notification -> Objects.toString(text.apply(notification), null))
                .toArray(String[]::new);
    }
}
