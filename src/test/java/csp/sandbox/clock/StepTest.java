package csp.sandbox.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class StepTest {

    private static final Instant START = Instant.parse("2026-01-31T10:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "P30D, 2026-03-02T10:00:00Z",
        "P1M, 2026-02-28T10:00:00Z",
        "P1Y, 2027-01-31T10:00:00Z",
        "P2W, 2026-02-14T10:00:00Z",
        "PT1H, 2026-01-31T11:00:00Z",
        "PT90S, 2026-01-31T10:01:30Z",
        "PT0.5S, 2026-01-31T10:00:00.500Z",
        "P1Y1M1DT1H1M1S, 2027-03-01T11:01:01Z",
        "P0D, 2026-01-31T10:00:00Z"
    })
    void a_step_goes_by_the_calendar_and_by_the_hours(String text, Instant end) {
        assertEquals(end, Step.read(text).orElseThrow().after(START));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "P",
                "PT",
                "P1DT",
                "30D",
                "P1H",
                "PT1D",
                "-P1D",
                "P-1D",
                "P1.5D",
                "p1d",
                "P1D ",
                "P1M1Y",
                "P99999999999D",
                "PT9999999999999999999H",
                "tomorrow"
            })
    void what_is_no_duration_is_no_step(String text) {
        assertTrue(Step.read(text).isEmpty());
    }
}
