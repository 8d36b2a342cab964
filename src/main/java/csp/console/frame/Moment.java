package csp.console.frame;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/**
 * A time for readers: how long ago or ahead it is by the clock of the service, and the exact one for whoever wants that.
 *
 * @param exact in UTC
 */
public record Moment(String relative, String exact, String machine) {

    private static final DateTimeFormatter EXACT = DateTimeFormatter.ofPattern(
                    "EEE d MMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long YEAR = 365 * DAY;

    static Moment of(Instant time, Instant now) {
        return new Moment(relative(Duration.between(now, time)), exact(time), time.toString());
    }

    static String exact(Instant time) {
        return EXACT.format(time);
    }

    /** @param text as the API writes times; null for what is none */
    static Moment read(String text, Instant now) {
        try {
            var instant = text.matches(".*(Z|[+-]\\d\\d:?\\d\\d)$")
                    ? DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from)
                    : Instant.parse(text + "Z");
            return of(instant, now);
        } catch (DateTimeParseException e) {
            return new Moment(text, text, text);
        }
    }

    private static String relative(Duration ahead) {
        var seconds = Math.abs(ahead.getSeconds());
        if (seconds < 5) {
            return "just now";
        }
        var amount = amount(seconds);
        return ahead.isNegative() ? amount + " ago" : "in " + amount;
    }

    /** Rounded: it was asked for a moment before it is compared. */
    static String amount(Duration ahead) {
        return amount(ahead.abs().plusSeconds(MINUTE / 2).getSeconds()) + (ahead.isNegative() ? " behind" : " ahead");
    }

    private static String amount(long seconds) {
        if (seconds < MINUTE) {
            return seconds + " s";
        }
        if (seconds < HOUR) {
            return seconds / MINUTE + " min";
        }
        if (seconds < 2 * DAY) {
            return seconds / HOUR + " h";
        }
        return seconds < 2 * YEAR ? seconds / DAY + " days" : seconds / YEAR + " years";
    }
}
