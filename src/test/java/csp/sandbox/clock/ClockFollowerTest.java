package csp.sandbox.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.shared.storage.PlainSql;
import csp.shared.time.MachineTime;
import csp.shared.time.ServiceClock;
import csp.testsupport.PostgresTestResource;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionalException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** How a copy of the service keeps to what the database says. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class ClockFollowerTest {

    private static final Step A_DAY = Step.read("P1D").orElseThrow();
    private static final Duration A_WHILE = Duration.ofMinutes(1);

    @Inject
    PlainSql sql;

    @Inject
    ClockOffset stored;

    @Inject
    ClockFollower follower;

    @Inject
    SandboxClock sandboxClock;

    @Inject
    ServiceClock clock;

    @Inject
    @MachineTime
    Clock machine;

    @Inject
    BeanManager beans;

    @AfterEach
    void release() {
        sandboxClock.release();
    }

    @Test
    void what_was_read_before_a_change_and_is_taken_over_after_it_does_not_count() {
        sandboxClock.advance(A_DAY);
        var before = stored.read();
        sandboxClock.advance(A_DAY);
        follower.takeOver(before);
        var twoDays = machine.instant().plus(Duration.ofDays(2));
        assertTrue(
                Duration.between(clock.instant(), twoDays).abs().compareTo(A_WHILE) < 0,
                () -> clock.instant() + " is not " + twoDays);
    }

    @Test
    void every_change_is_a_revision_of_its_own_also_one_that_changes_nothing() {
        sandboxClock.release();
        var before = stored.read();
        sandboxClock.release();
        assertEquals(before.revision() + 1, stored.read().revision());
    }

    @Test
    void outside_a_transaction_the_offset_is_neither_locked_nor_written() {
        assertThrows(TransactionalException.class, stored::lock);
        assertThrows(TransactionalException.class, () -> stored.write(Duration.ZERO));
        assertThrows(TransactionalException.class, sandboxClock::releaseWithCaller);
    }

    @Test
    void a_copy_follows_a_change_that_nobody_tells_it_of() {
        sandboxClock.release();
        sql.update("update clock_offset set microseconds = ?, revision = revision + 1", TimeUnit.DAYS.toMicros(3));
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!clock.offset().equals(Duration.ofDays(3))) {
            assertTrue(System.nanoTime() < deadline, () -> "still " + clock.offset());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5)); // between two looks
        }
    }

    @Test
    void at_a_start_the_time_is_known_before_anything_expires_then_the_world_is_there_then_jobs_run() {
        Map<String, Integer> priorities = beans.resolveObserverMethods(new StartupEvent()).stream()
                .filter(observer -> observer.getBeanClass().getPackageName().startsWith("csp."))
                .collect(Collectors.toMap(
                        observer -> observer.getBeanClass().getSimpleName(), ObserverMethod::getPriority, Math::max));
        var inOrder = List.of("ClockFollower", "ScenarioStart", "JobScheduler");
        assertEquals(
                inOrder,
                priorities.entrySet().stream()
                        .sorted(Map.Entry.comparingByValue())
                        .map(Map.Entry::getKey)
                        .filter(inOrder::contains)
                        .toList());
        assertEquals(
                inOrder.size(),
                priorities.entrySet().stream()
                        .filter(entry -> inOrder.contains(entry.getKey()))
                        .map(Map.Entry::getValue)
                        .distinct()
                        .count());
    }
}
