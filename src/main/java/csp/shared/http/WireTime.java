package csp.shared.http;

import static java.time.ZoneOffset.UTC;
import static java.time.format.DateTimeFormatter.ISO_LOCAL_DATE;
import static java.time.format.DateTimeFormatter.ISO_LOCAL_TIME;
import static java.time.format.ResolverStyle.STRICT;
import static java.time.temporal.ChronoField.HOUR_OF_DAY;
import static java.time.temporal.ChronoField.MINUTE_OF_HOUR;
import static java.time.temporal.ChronoField.NANO_OF_SECOND;
import static java.time.temporal.ChronoField.SECOND_OF_MINUTE;
import static java.time.temporal.ChronoUnit.MILLIS;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Optional;
import java.util.regex.Pattern;

/** The date-time spellings of the mirrored API (errors-and-headers.md §9), all in UTC. */
public final class WireTime {

    private static final DateTimeFormatter TRIMMED = withFraction(7, "Z");
    private static final DateTimeFormatter WHOLE_SECONDS = withFraction(0, "Z");
    private static final DateTimeFormatter OFFSET_TRIMMED = withFraction(7, "+00:00");
    private static final DateTimeFormatter ZONELESS_TRIMMED = withFraction(7, "");
    private static final DateTimeFormatter OFFSET_MILLIS = withFraction(3, "+00:00");

    private static final DateTimeFormatter FIXED_MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(UTC);
    private static final DateTimeFormatter SEVEN_DIGITS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSS'Z'").withZone(UTC);
    private static final DateTimeFormatter ZONELESS = withFraction(3, "");
    private static final Pattern DATE_TIME =
            Pattern.compile("\\d{4}-\\d{1,2}-\\d{1,2}(T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?(Z|[+-]\\d{2}:\\d{2})?)?");
    private static final DateTimeFormatter SENT = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-M-d")
            .optionalStart()
            .appendLiteral('T')
            .append(ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffsetId()
            .toFormatter()
            .withResolverStyle(STRICT);

    private WireTime() {}

    /** {@code 2020-03-11T17:56:53.622599Z}: up to seven digits, no trailing zeros. */
    public static String trimmed(Instant instant) {
        return TRIMMED.format(instant.minusNanos(instant.getNano() % 100));
    }

    /** As {@link #trimmed}; null for what has not happened yet. */
    public static String trimmedIfAny(Instant instant) {
        return instant == null ? null : trimmed(instant);
    }

    /** {@code 2020-03-11T17:58:00Z}: what is below a second is cut off. */
    public static String wholeSeconds(Instant instant) {
        return WHOLE_SECONDS.format(instant);
    }

    /** {@code 2020-03-25T22:24:34.59+00:00}: the form of orders, up to three digits, no trailing zeros. */
    public static String offsetMillis(Instant instant) {
        return OFFSET_MILLIS.format(instant.truncatedTo(MILLIS));
    }

    /** {@code 2024-12-12T14:44:18.627854+00:00}: up to seven digits, no trailing zeros, the form of notifications. */
    public static String offsetTrimmed(Instant instant) {
        return OFFSET_TRIMMED.format(instant.minusNanos(instant.getNano() % 100));
    }

    /** {@code 2017-12-08T21:39:48.2386997}: no zone, up to seven digits, no trailing zeros, the form of the results of test events. */
    public static String zonelessTrimmed(Instant instant) {
        return ZONELESS_TRIMMED.format(instant.minusNanos(instant.getNano() % 100));
    }

    /** {@code 2018-06-14T00:00:00.000Z}: always three digits, the form agreements are confirmed in. */
    public static String fixedMillis(Instant instant) {
        return FIXED_MILLIS.format(instant.truncatedTo(MILLIS));
    }

    /** {@code 2020-09-02T23:26:19.7753934Z}: always seven digits, the form of audit records. */
    public static String sevenDigits(Instant instant) {
        return SEVEN_DIGITS.format(instant);
    }

    /** {@code 2019-08-26T00:00:00}: no zone, up to three digits, the form agreements are read in. */
    public static String zoneless(Instant instant) {
        return ZONELESS.format(instant.truncatedTo(MILLIS));
    }

    /**
     * A date-time of a request: up to nine digits of a second (the contract has seven, clients send nine), {@code Z},
     * an offset, or neither, which means UTC; a date alone is its start. Month and day may have one digit (W9). Empty for anything
     * else, and for years beyond 9999.
     */
    public static Optional<Instant> read(String text) {
        try {
            if (!DATE_TIME.matcher(text).matches()) {
                return Optional.empty();
            }
            var sent = SENT.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
            if (sent instanceof OffsetDateTime moment) {
                return Optional.of(moment.toInstant());
            }
            return Optional.of(
                    sent instanceof LocalDateTime time
                            ? time.toInstant(UTC)
                            : ((LocalDate) sent).atStartOfDay(UTC).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** What is beyond {@code digits} must be cut off before: it would leave zeros at the end. */
    private static DateTimeFormatter withFraction(int digits, String zone) {
        var format = new DateTimeFormatterBuilder()
                .append(ISO_LOCAL_DATE)
                .appendLiteral('T')
                .appendValue(HOUR_OF_DAY, 2)
                .appendLiteral(':')
                .appendValue(MINUTE_OF_HOUR, 2)
                .appendLiteral(':')
                .appendValue(SECOND_OF_MINUTE, 2);
        if (digits > 0) {
            format.appendFraction(NANO_OF_SECOND, 0, digits, true);
        }
        return format.appendLiteral(zone).toFormatter().withZone(UTC);
    }
}
