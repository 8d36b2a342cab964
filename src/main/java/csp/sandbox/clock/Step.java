package csp.sandbox.clock;

import static java.time.ZoneOffset.UTC;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.Optional;
import java.util.regex.Pattern;

/** How far to advance: an ISO 8601 duration of days of the calendar and of hours, such as {@code P1M} or {@code P1DT12H}. */
public record Step(Period days, Duration hours) {

    private static final Pattern FORM = Pattern.compile("(?<days>P(?=[\\dT])(\\d+Y)?(\\d+M)?(\\d+W)?(\\d+D)?)"
            + "(?<hours>T(?=\\d)(\\d+H)?(\\d+M)?(\\d+(\\.\\d{1,9})?S)?)?");

    /** Empty for what is no such duration, negative ones included. */
    public static Optional<Step> read(String text) {
        var form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        try {
            var days = form.group("days");
            var hours = form.group("hours");
            return Optional.of(new Step(
                    days.equals("P") ? Period.ZERO : Period.parse(days),
                    hours == null ? Duration.ZERO : Duration.parse("P" + hours)));
        } catch (DateTimeException tooLarge) {
            return Optional.empty();
        }
    }

    /** @throws DateTimeException when that is beyond all calendars */
    Instant after(Instant from) {
        return from.atZone(UTC).plus(days).plus(hours).toInstant();
    }
}
