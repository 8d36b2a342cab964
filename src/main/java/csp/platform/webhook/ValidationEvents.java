package csp.platform.webhook;

import static csp.platform.webhook.WebhookEvent.TEST_CREATED;
import static csp.shared.error.ErrorCode.INVALID_INPUT;
import static csp.shared.error.ErrorCode.VALIDATION_EVENT_NOT_FOUND;
import static jakarta.transaction.Transactional.TxType.MANDATORY;
import static java.nio.charset.StandardCharsets.UTF_8;

import csp.platform.throttling.RateLimitException;
import csp.shared.caller.Caller;
import csp.shared.error.DomainException;
import csp.shared.storage.PlainSql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.net.URLEncoder;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** Events by which a partner tests its registration (webhooks.md §1, §3). */
@ApplicationScoped
public class ValidationEvents {

    private static final int MOST_PER_MINUTE = 2;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration KEPT = Duration.ofDays(7);
    private static final String PATH = "/webhooks/v1/registration/validationEvents/";

    private final PlainSql sql;
    private final WebhookRegistrations registrations;
    private final Notifications notifications;
    private final Clock clock;

    ValidationEvents(PlainSql sql, WebhookRegistrations registrations, Notifications notifications, Clock clock) {
        this.sql = sql;
        this.registrations = registrations;
        this.notifications = notifications;
        this.clock = clock;
    }

    /**
     * What became of a test event.
     *
     * @param url where the partner is registered now
     * @param isOver whether no further attempt is planned
     * @param results one per attempt, oldest first
     */
    public record ValidationState(
            String correlationId, UUID partnerId, String url, boolean isOver, List<DeliveryAttempt> results) {}

    /**
     * Sends one. Errors, in this order: 900150, 800002 without a registration that names the event, 429 for a third one within a minute.
     *
     * @return by what to ask for it: the correlation id of the request
     */
    @Transactional(MANDATORY)
    public String start(Caller caller, String correlationId) {
        registrations.requireAllowed(caller);
        if (!registrations.lockWith(caller.tenantId(), TEST_CREATED)) {
            throw new DomainException(
                    INVALID_INPUT, "WebhookEvents of the registration must name test-created before it is sent.");
        }
        var now = clock.instant();
        var sent = sql.list(
                """
                select created_time from webhook_delivery
                where partner_id = ? and correlation_id is not null and created_time > ? and created_time <= ?
                order by created_time desc""",
                row -> row.getObject(1, OffsetDateTime.class).toInstant(),
                caller.tenantId(),
                now.minus(MINUTE),
                now);
        if (sent.size() >= MOST_PER_MINUTE) {
            throw new RateLimitException(
                    Duration.between(now, sent.get(MOST_PER_MINUTE - 1).plus(MINUTE)));
        }
        notifications.publish(List.of(new Notification(
                caller.tenantId(),
                TEST_CREATED,
                null,
                correlationId,
                PATH + URLEncoder.encode(correlationId, UTF_8),
                "test",
                null,
                now)));
        return correlationId;
    }

    /** The latest of the partner with this id. Errors, in this order: 900150, 404 code 1000, also for one of more than seven days ago. */
    public ValidationState find(Caller caller, String correlationId) {
        registrations.requireAllowed(caller);
        record Found(UUID id, String url, boolean isOver) {}
        var found = sql.first(
                        """
                        select d.id, r.url, d.state from webhook_delivery d
                        left join webhook_registration r on r.partner_id = d.partner_id
                        where d.partner_id = ? and lower(d.correlation_id) = lower(?) and d.created_time > ?
                            and d.correlation_id is not null
                        order by d.position desc limit 1""",
                        row -> new Found(
                                row.getObject(1, UUID.class),
                                row.getString(2),
                                DeliveryState.valueOf(row.getString(3)) != DeliveryState.WAITING),
                        caller.tenantId(),
                        correlationId.replace("\0", ""),
                        clock.instant().minus(KEPT))
                .orElseThrow(() -> new DomainException(VALIDATION_EVENT_NOT_FOUND, correlationId));
        var results = sql.list(
                "select at, status, milliseconds, answer from webhook_attempt where delivery_id = ? order by id",
                DeliveryLog::attempt,
                found.id());
        return new ValidationState(correlationId, caller.tenantId(), found.url(), found.isOver(), results);
    }
}
