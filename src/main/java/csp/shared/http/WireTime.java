package csp.shared.http;

import static java.time.ZoneOffset.UTC;
import static java.time.format.DateTimeFormatter.ISO_LOCAL_TIME;
import static java.time.format.ResolverStyle.STRICT;
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

    private static final DateTimeFormatter FIXED_MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(UTC);
    private static final DateTimeFormatter SEVEN_DIGITS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSS'Z'").withZone(UTC);
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

    private static final int LONGEST = 40;
    private static final int SECOND = 1_000_000_000;
    private static final int TENTH = SECOND / 10;
    private static final int MILLISECOND = SECOND / 1000;
    private static final int SEVENTH_DIGIT = 100;

    private WireTime() {}

    /** {@code 2020-03-11T17:56:53.622599Z}: up to seven digits, no trailing zeros. */
    public static String trimmed(Instant instant) {
        return text(instant, SEVENTH_DIGIT, "Z");
    }

    /** As {@link #trimmed}; null for what has not happened yet. */
    public static String trimmedIfAny(Instant instant) {
        return instant == null ? null : trimmed(instant);
    }

    /** {@code 2020-03-11T17:58:00Z}: what is below a second is cut off. */
    public static String wholeSeconds(Instant instant) {
        return text(instant, SECOND, "Z");
    }

    /** {@code 2020-03-25T22:24:34.59+00:00}: the form of orders, up to three digits, no trailing zeros. */
    public static String offsetMillis(Instant instant) {
        return text(instant, MILLISECOND, "+00:00");
    }

    /** {@code 2024-12-12T14:44:18.627854+00:00}: up to seven digits, no trailing zeros, the form of notifications. */
    public static String offsetTrimmed(Instant instant) {
        return text(instant, SEVENTH_DIGIT, "+00:00");
    }

    /** {@code 2017-12-08T21:39:48.2386997}: no zone, up to seven digits, no trailing zeros, the form of the results of test events. */
    public static String zonelessTrimmed(Instant instant) {
        return text(instant, SEVENTH_DIGIT, "");
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
        return text(instant, MILLISECOND, "");
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

    /**
     * What is below the unit, of nanoseconds, is cut off, zeros at the end with it. By hand, since a list has hundreds of times and a
     * formatter takes as long for one as the rest of its line.
     */
    private static String text(Instant instant, int unit, String zone) {
        var time = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), UTC);
        var text = new StringBuilder(LONGEST).append(time.toLocalDate()).append('T');
        twoDigits(time.getHour(), text).append(':');
        twoDigits(time.getMinute(), text).append(':');
        twoDigits(time.getSecond(), text);
        var rest = time.getNano() - time.getNano() % unit;
        for (var written = 0; rest > 0; written++) {
            if (written == 0) {
                text.append('.');
            }
            text.append((char) ('0' + rest / TENTH));
            rest = rest % TENTH * 10;
        }
        return text.append(zone).toString();
    }

    private static StringBuilder twoDigits(int number, StringBuilder text) {
        return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }
}
