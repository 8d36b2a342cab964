package csp.shared.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class WireTimeTest {

    @Test
    void trailing_zeros_of_a_created_time_are_trimmed_Q3() {
        assertEquals("2020-03-11T17:56:53.622599Z", WireTime.trimmed(Instant.parse("2020-03-11T17:56:53.622599Z")));
        assertEquals("2020-03-11T17:56:53.6Z", WireTime.trimmed(Instant.parse("2020-03-11T17:56:53.600000Z")));
        assertEquals("2020-03-11T17:56:53Z", WireTime.trimmed(Instant.parse("2020-03-11T17:56:53Z")));
    }

    @Test
    void a_last_modified_time_has_no_fraction_Q3() {
        assertEquals("2020-03-11T17:58:00Z", WireTime.wholeSeconds(Instant.parse("2020-03-11T17:58:00.9Z")));
    }

    @Test
    void an_order_has_an_offset_and_milliseconds_without_trailing_zeros() {
        assertEquals("2020-03-25T22:24:23.183+00:00", WireTime.offsetMillis(Instant.parse("2020-03-25T22:24:23.183999Z")));
        assertEquals("2020-03-25T22:24:34.59+00:00", WireTime.offsetMillis(Instant.parse("2020-03-25T22:24:34.590456Z")));
        assertEquals("2020-03-25T22:24:34+00:00", WireTime.offsetMillis(Instant.parse("2020-03-25T22:24:34.000456Z")));
    }
}
