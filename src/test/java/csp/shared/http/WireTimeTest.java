package csp.shared.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class WireTimeTest {

    @ParameterizedTest
    @CsvSource({
        "2020-03-25T22:24:34.59Z, 2020-03-25T22:24:34.59+00:00",
        "2020-03-25T22:24:34.090456Z, 2020-03-25T22:24:34.09+00:00",
        "2020-03-25T22:24:34.000999Z, 2020-03-25T22:24:34+00:00",
        "2020-03-25T22:24:34.9999Z, 2020-03-25T22:24:34.999+00:00"
    })
    void an_order_is_dated_to_the_millisecond_without_zeros_at_the_end(Instant instant, String text) {
        assertEquals(text, WireTime.offsetMillis(instant));
    }

    @ParameterizedTest
    @CsvSource({
        "2020-03-11T17:56:53.622599Z, 2020-03-11T17:56:53.622599Z",
        "2020-03-11T17:56:53.622500099Z, 2020-03-11T17:56:53.6225Z",
        "2020-03-11T17:56:53Z, 2020-03-11T17:56:53Z",
        "2020-03-11T17:56:53.123456789Z, 2020-03-11T17:56:53.1234567Z",
        "2020-03-11T07:06:03.000000099Z, 2020-03-11T07:06:03Z",
        "2020-03-11T07:06:03.000000100Z, 2020-03-11T07:06:03.0000001Z",
        "1969-12-31T23:59:59.5Z, 1969-12-31T23:59:59.5Z",
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z"
    })
    void up_to_seven_digits_are_shown_without_zeros_at_the_end(Instant instant, String text) {
        assertEquals(text, WireTime.trimmed(instant));
    }

    @ParameterizedTest
    @CsvSource({"2020-03-11T17:56:53.999Z, 2020-03-11T17:56:53Z", "2020-03-11T17:56:53Z, 2020-03-11T17:56:53Z"})
    void whole_seconds_cut_the_fraction_off(Instant instant, String text) {
        assertEquals(text, WireTime.wholeSeconds(instant));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-02-01T10:00:00, 2026-02-01T10:00:00Z",
        "2026-02-01T10:00, 2026-02-01T10:00:00Z",
        "2026-2-1, 2026-02-01T00:00:00Z",
        "2026-02-01, 2026-02-01T00:00:00Z",
        "2026-2-1T10:00:00Z, 2026-02-01T10:00:00Z",
        "2026-02-01T10:00:00.1234567-05:00, 2026-02-01T15:00:00.1234567Z",
        "2026-02-01T10:00:00.1234567+05:30, 2026-02-01T04:30:00.1234567Z",
        "0001-01-01T00:00:00, 0001-01-01T00:00:00Z",
        "2026-02-01T10:00:00.123456789Z, 2026-02-01T10:00:00.123456789Z"
    })
    void W9_a_date_without_zone_is_UTC_and_may_have_an_offset_seven_digits_or_short_numbers(
            String sent, Instant instant) {
        assertEquals(Optional.of(instant), WireTime.read(sent));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-01T10:00:00 05:30",
                "2026-02-30",
                "2026-13-1",
                "2026-2-1T1:00:00",
                "2026-02-01 10:00:00",
                "2026-02-01T24:00:00Z",
                "2026-02-01T10:00:00+19:00",
                "2026-02-01T10:00:00+05",
                "2026-02-01T10:00:00.Z",
                "10000-01-01T00:00:00Z",
                "2026-02-01T",
                ""
            })
    void W9_anything_else_is_no_date(String sent) {
        assertEquals(Optional.empty(), WireTime.read(sent));
    }
}
