package csp.platform.throttling;

import static java.time.ZoneOffset.UTC;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
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

    private final AgroalDataSource database;
    private final Clock clock;
    private final int most;

    RateLimit(AgroalDataSource database, Clock clock, ThrottlingConfig config) {
        this.database = database;
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
        try (var connection = database.getConnection();
                var count = connection.prepareStatement(COUNT)) {
            count.setObject(1, partnerId);
            var parameter = 1;
            for (var time : List.of(now, oldest, newest, oldest, newest)) {
                count.setObject(++parameter, time.atOffset(UTC));
            }
            try (var window = count.executeQuery()) {
                window.next();
                if (window.getInt("requests") > most) {
                    var end = window.getObject("began", OffsetDateTime.class)
                            .toInstant()
                            .plus(WINDOW);
                    throw new RateLimitException(Duration.between(now, end));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("A request could not be counted", e);
        }
    }
}
