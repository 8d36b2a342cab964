package csp.onboarding.incentive;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class IncentiveStatusTest {

    @Test
    void R66_these_are_all_moves_of_an_incentive() {
        assertEquals(
                """
                NOT_ELIGIBLE -> SCHEDULED
                SCHEDULED -> OPEN
                OPEN -> ENROLLED
                """,
                Stream.of(IncentiveStatus.values())
                        .flatMap(from -> Stream.of(IncentiveStatus.values())
                                .filter(from::mayBecome)
                                .map(to -> from + " -> " + to))
                        .collect(joining("\n", "", "\n")));
    }
}
