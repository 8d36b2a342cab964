package csp.platform.throttling;

import csp.shared.storage.PlainSql;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Counts the requests of each partner by the minute, refused ones too (errors-and-headers.md §5). */
@ApplicationScoped
public class RateLimit {

    private static final Duration WINDOW = Duration.ofMinutes(1);
    /** A window that is over, or far ahead of a clock that was set back, begins anew; clocks of two copies differ by less. */
    private static final String COUNT = """
            insert into request_window as present (partner_id, began, requests) values (?, ?, 1)
            on conflict (partner_id) do update set
                began = case when present.began between ? and ? then present.began else excluded.began end,
                requests = case when present.began between ? and ? then present.requests + 1 else 1 end
            returning began, requests""";

    private final PlainSql sql;
    private final Clock clock;
    private final int most;

    RateLimit(PlainSql sql, Clock clock, ThrottlingConfig config) {
        this.sql = sql;
        this.clock = clock;
        this.most = config.requestsPerMinute();
    }

    /** Whether there is one. Without it nothing is counted. */
    public boolean isSet() {
        return most > 0;
    }

    /**
     * Counts one request of the partner, in one statement.
     *
     * @throws RateLimitException when it is one too many
     */
    public void count(UUID partnerId) {
        var now = clock.instant();
        var oldest = now.minus(WINDOW).plusMillis(1);
        var newest = now.plus(WINDOW);
        var window = sql.first(
                        COUNT,
                        row -> new Window(
                                row.getObject("began", OffsetDateTime.class).toInstant(), row.getInt("requests")),
                        partnerId,
                        now,
                        oldest,
                        newest,
                        oldest,
                        newest)
                .orElseThrow();
        if (window.requests() > most) {
            throw new RateLimitException(Duration.between(now, window.began().plus(WINDOW)));
        }
    }

    private record Window(Instant began, int requests) {}
}
