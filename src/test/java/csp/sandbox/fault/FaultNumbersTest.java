package csp.sandbox.fault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FaultNumbersTest {

    @Test
    void the_numbers_of_a_seed_are_those_of_the_generator_of_the_JDK_each_known_without_those_before_it() {
        for (var seed : new long[] {0, 1, 42, -7, Long.MAX_VALUE}) {
            assertArrayEquals(
                    new SplittableRandom(seed).doubles(50).toArray(),
                    LongStream.range(0, 50)
                            .mapToDouble(n -> FaultTable.number(seed, n))
                            .toArray());
        }
    }
}
