package csp.shared.http;

import static java.time.ZoneOffset.UTC;
import static java.time.format.DateTimeFormatter.ISO_LOCAL_DATE;
import static java.time.temporal.ChronoField.HOUR_OF_DAY;
import static java.time.temporal.ChronoField.MINUTE_OF_HOUR;
import static java.time.temporal.ChronoField.NANO_OF_SECOND;
import static java.time.temporal.ChronoField.SECOND_OF_MINUTE;
import static java.time.temporal.ChronoUnit.MILLIS;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** The date-time spellings of the mirrored API (errors-and-headers.md §9), all in UTC. */
public final class WireTime {

    private static final DateTimeFormatter TRIMMED = withFraction(7, "Z");
    private static final DateTimeFormatter WHOLE_SECONDS = withFraction(0, "Z");
    private static final DateTimeFormatter OFFSET_MILLIS = withFraction(3, "+00:00");

    private WireTime() {
    }

    /** {@code 2020-03-11T17:56:53.622599Z}: up to seven digits, no trailing zeros. */
    public static String trimmed(Instant instant) {
        return TRIMMED.format(instant.minusNanos(instant.getNano() % 100));
    }

    /** {@code 2020-03-11T17:58:00Z}: what is below a second is cut off. */
    public static String wholeSeconds(Instant instant) {
        return WHOLE_SECONDS.format(instant);
    }

    /** {@code 2020-03-25T22:24:34.59+00:00}: the form of orders, up to three digits, no trailing zeros. */
    public static String offsetMillis(Instant instant) {
        return OFFSET_MILLIS.format(instant.truncatedTo(MILLIS));
    }

    /** What is beyond {@code digits} must be cut off before: it would leave zeros at the end. */
    private static DateTimeFormatter withFraction(int digits, String zone) {
        var format = new DateTimeFormatterBuilder().append(ISO_LOCAL_DATE).appendLiteral('T').appendValue(HOUR_OF_DAY, 2)
                .appendLiteral(':').appendValue(MINUTE_OF_HOUR, 2).appendLiteral(':').appendValue(SECOND_OF_MINUTE, 2);
        if (digits > 0) {
            format.appendFraction(NANO_OF_SECOND, 0, digits, true);
        }
        return format.appendLiteral(zone).toFormatter().withZone(UTC);
    }
}
