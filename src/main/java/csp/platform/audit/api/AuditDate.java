package csp.platform.audit.api;

import static java.time.ZoneOffset.UTC;
import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.ChronoUnit.MICROS;
import static java.time.temporal.ChronoUnit.SECONDS;
import static java.util.Locale.ROOT;

import csp.shared.http.WireTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A date or date-time of a query in one of the forms that clients send, UTC (storefront.md §8, W9): {@code 2017-06-01},
 * {@code 2017-6-1}, {@code 6/1/2017 12:00:00 AM}, {@code 06/01/2017 00:00:00}, and ISO 8601 besides.
 *
 * @param start its first moment
 * @param end the first moment after it: what is said to the day ends with the day
 */
record AuditDate(Instant start, Instant end) {

    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{1,2}-\\d{1,2}");
    private static final List<DateTimeFormatter> FORMS = List.of(form("M/d/uuuu h:mm:ss a"), form("M/d/uuuu H:mm:ss"));

    /** Empty for a text of no such form. */
    static Optional<AuditDate> read(String text) {
        var sent = text.trim();
        if (DAY.matcher(sent).matches()) {
            return WireTime.read(sent).map(day -> new AuditDate(day, day.plus(1, DAYS)));
        }
        for (var form : FORMS) {
            try {
                var second = LocalDateTime.parse(sent, form).toInstant(UTC);
                return Optional.of(new AuditDate(second, second.plus(1, SECONDS)));
            } catch (DateTimeException e) {
                // perhaps the next one
            }
        }
        return WireTime.read(sent).map(moment -> new AuditDate(moment, moment.plus(1, MICROS)));
    }

    private static DateTimeFormatter form(String pattern) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern)
                .toFormatter(ROOT)
                .withResolverStyle(ResolverStyle.STRICT);
    }
}
