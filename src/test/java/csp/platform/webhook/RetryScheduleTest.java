package csp.platform.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RetryScheduleTest {

    @Test
    void there_are_ten_attempts_further_and_further_apart_D25() {
        assertEquals(
                List.of("PT30S", "PT1M", "PT2M", "PT5M", "PT10M", "PT30M", "PT1H", "PT6H", "PT24H"),
                IntStream.range(1, 10)
                        .mapToObj(attempts -> RetrySchedule.pauseAfter(attempts).orElseThrow())
                        .map(Duration::toString)
                        .toList());
        assertEquals(Optional.empty(), RetrySchedule.pauseAfter(10));
        assertEquals(Optional.empty(), RetrySchedule.pauseAfter(11));
    }
}
