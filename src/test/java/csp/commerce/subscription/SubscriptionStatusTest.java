package csp.commerce.subscription;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SubscriptionStatusTest {

    @Test
    void these_moves_are_allowed_and_no_others() {
        var moves = Stream.of(SubscriptionStatus.values())
                .flatMap(from -> Stream.of(SubscriptionStatus.values())
                        .filter(from::mayBecome)
                        .map(to -> from + " -> " + to))
                .collect(joining("\n"));
        assertEquals("""
                ACTIVE -> SUSPENDED
                ACTIVE -> DELETED
                SUSPENDED -> ACTIVE
                SUSPENDED -> DELETED""", moves);
    }
}
