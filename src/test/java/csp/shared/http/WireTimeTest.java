package csp.shared.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        "2020-03-11T17:56:53.123456789Z, 2020-03-11T17:56:53.1234567Z"
    })
    void up_to_seven_digits_are_shown_without_zeros_at_the_end(Instant instant, String text) {
        assertEquals(text, WireTime.trimmed(instant));
    }

    @ParameterizedTest
    @CsvSource({"2020-03-11T17:56:53.999Z, 2020-03-11T17:56:53Z", "2020-03-11T17:56:53Z, 2020-03-11T17:56:53Z"})
    void whole_seconds_cut_the_fraction_off(Instant instant, String text) {
        assertEquals(text, WireTime.wholeSeconds(instant));
    }
}
