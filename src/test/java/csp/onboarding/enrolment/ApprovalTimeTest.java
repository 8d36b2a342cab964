package csp.onboarding.enrolment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ApprovalTimeTest {

    @ParameterizedTest
    @CsvSource({
        "2026-01-05T10:00:00Z,0,2026-01-05T10:00:00Z",
        "2026-01-05T10:00:00Z,1,2026-01-06T10:00:00Z",
        "2026-01-05T10:00:00Z,5,2026-01-12T10:00:00Z",
        "2026-01-09T23:59:59Z,1,2026-01-12T23:59:59Z",
        "2026-01-10T10:00:00Z,0,2026-01-10T10:00:00Z",
        "2026-01-10T10:00:00Z,1,2026-01-12T10:00:00Z",
        "2026-01-11T10:00:00Z,5,2026-01-16T10:00:00Z"
    })
    void R9_weekends_do_not_count(Instant submitted, int days, Instant due) {
        assertEquals(due, ApprovalTime.after(submitted, days));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 6})
    void R9_more_than_five_days_and_less_than_none_stop_the_start(int days) {
        assertThrows(IllegalStateException.class, () -> new ApprovalTime(() -> days).check(null));
    }

    @Test
    void R9_five_days_are_allowed() {
        new ApprovalTime(() -> 5).check(null);
    }
}
