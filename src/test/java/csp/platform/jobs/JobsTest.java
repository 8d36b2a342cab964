package csp.platform.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import csp.testsupport.PostgresTestResource;
import csp.testsupport.Sql;
import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionalException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class JobsTest {

    private static final JobsConfig OFTEN = new JobsConfig() {
        @Override
        public Duration pollInterval() {
            return Duration.ofMillis(20);
        }

        @Override
        public Duration heartbeat() {
            return Duration.ofSeconds(5);
        }
    };

    @Inject
    Jobs jobs;

    @Inject
    TestJobs handler;

    @Inject
    AgroalDataSource database;

    @Inject
    Clock clock;

    private final String id = UUID.randomUUID().toString();
    private Sql sql;

    @BeforeEach
    void connect() {
        sql = Sql.on(database);
    }

    @AfterEach
    void disconnect() {
        sql.close();
    }

    @Test
    void a_due_job_runs_once_the_transaction_that_scheduled_it_commits() {
        QuarkusTransaction.requiringNew().run(() -> jobs.schedule(TestJobs.KIND, id, clock.instant()));
        awaitEnd(id);

        assertEquals(1, handler.runsOf(id));
    }

    @Test
    void a_transaction_that_is_undone_schedules_nothing() {
        assertThrows(
                IllegalStateException.class,
                () -> QuarkusTransaction.requiringNew().run(() -> {
                    jobs.schedule(TestJobs.KIND, id, clock.instant());
                    throw new IllegalStateException("undone");
                }));

        assertEquals(0, sql.number("select count(*) from scheduled_job where task_instance = ?", id));
    }

    @Test
    void outside_a_transaction_nothing_is_scheduled() {
        assertThrows(TransactionalException.class, () -> jobs.schedule(TestJobs.KIND, id, clock.instant()));

        assertEquals(0, sql.number("select count(*) from scheduled_job where task_instance = ?", id));
    }

    @Test
    void a_job_that_is_not_due_waits_and_scheduling_it_again_does_not_hasten_it() {
        var tomorrow = clock.instant().plus(Duration.ofDays(1));
        QuarkusTransaction.requiringNew().run(() -> jobs.schedule(TestJobs.KIND, id, tomorrow));
        QuarkusTransaction.requiringNew().run(() -> jobs.schedule(TestJobs.KIND, id, clock.instant()));
        var later = "later " + id;
        QuarkusTransaction.requiringNew().run(() -> jobs.schedule(TestJobs.KIND, later, clock.instant()));
        awaitEnd(later);

        assertEquals(0, handler.runsOf(id));
        assertEquals(1, sql.number("select count(*) from scheduled_job where task_instance = ?", id));
    }

    @Test
    void a_job_that_fails_leaves_no_trace_and_runs_again() {
        var failing = "fails " + id;
        QuarkusTransaction.requiringNew().run(() -> jobs.schedule(TestJobs.KIND, failing, clock.instant()));
        awaitEnd(failing);

        assertEquals(2, handler.runsOf(failing));
        assertEquals(
                List.of(failing + " 2"),
                sql.column(
                        "select task_instance from scheduled_job where task_name = 'trace' and task_instance like ? || '%'",
                        failing));
    }

    @Test
    void due_is_what_the_clock_of_the_service_says() {
        var kind = "clock-" + id;
        var moved = new MovedClock();
        var ran = new ConcurrentLinkedQueue<String>();
        var copy = new JobScheduler(database, moved, OFTEN, List.of(recording(kind, ran)));
        copy.start(null);
        try {
            QuarkusTransaction.requiringNew()
                    .run(() -> IntStream.of(40, 20)
                            .forEach(day -> jobs.schedule(
                                    kind, "day " + day, moved.instant().plus(Duration.ofDays(day)))));
            moved.by = Duration.ofDays(30);
            sql.await("the job of day 20", "select count(*) from scheduled_job where task_name = ?", 1, kind);
            assertEquals(List.of("day 20"), List.copyOf(ran));
            moved.by = Duration.ofDays(41);
            sql.await("the job of day 40", "select count(*) from scheduled_job where task_name = ?", 0, kind);
        } finally {
            copy.stop(null);
        }
    }

    @Test
    void of_two_copies_one_runs_a_job() {
        var kind = "shared-" + id;
        var ran = new ConcurrentLinkedQueue<String>();
        var copies = List.of(copy(kind, ran), copy(kind, ran));
        copies.forEach(copy -> copy.start(null));
        try {
            QuarkusTransaction.requiringNew()
                    .run(() -> IntStream.range(0, 200)
                            .forEach(number -> jobs.schedule(kind, Integer.toString(number), clock.instant())));
            sql.await("the end of all jobs", "select count(*) from scheduled_job where task_name = ?", 0, kind);
        } finally {
            copies.forEach(copy -> copy.stop(null));
        }

        assertEquals(200, ran.size());
        assertEquals(200, Set.copyOf(ran).size());
    }

    @Test
    void a_job_whose_work_is_not_due_comes_again_when_it_says() {
        var kind = "early-" + id;
        var runs = new AtomicInteger();
        var moved = new MovedClock();
        var due = moved.instant().plus(Duration.ofDays(1));
        var copy = new JobScheduler(
                database,
                moved,
                OFTEN,
                List.of(handler(kind, job -> runs.incrementAndGet() == 1 ? Optional.of(due) : Optional.empty())));
        schedule(kind, "early");
        copy.start(null);
        try {
            sql.await(
                    "the job of tomorrow",
                    "select count(*) from scheduled_job where task_name = ? and execution_time > now() + interval '23 hours'"
                            + " and not picked and consecutive_failures = 0",
                    1,
                    kind);
            moved.by = Duration.ofDays(2);
            awaitEndOf(kind);
        } finally {
            copy.stop(null);
        }

        assertEquals(2, runs.get());
    }

    @Test
    void jobs_that_hang_hold_up_none_of_another_kind() {
        var hanging = "hanging-" + id;
        var other = "other-" + id;
        var ran = new ConcurrentLinkedQueue<String>();
        var goOn = new CountDownLatch(1);
        var copy = copy(handler(hanging, job -> await(goOn)), recording(other, ran));
        IntStream.range(0, 50).forEach(number -> schedule(hanging, Integer.toString(number)));
        copy.start(null);
        try {
            sql.await(
                    "jobs that hang", "select count(*) from scheduled_job where task_name = ? and picked", 2, hanging);
            schedule(other, "one");
            awaitEndOf(other);
            assertEquals(
                    2,
                    sql.number("select count(*) from scheduled_job where task_name = ? and picked", hanging),
                    "as many as the kind may run at a time");
            goOn.countDown();
            awaitEndOf(hanging);
        } finally {
            goOn.countDown();
            copy.stop(null);
        }

        assertEquals(List.of("one"), List.copyOf(ran));
    }

    @Test
    void whoever_waits_for_due_jobs_does_not_wait_long_for_those_that_hang() {
        var hanging = "hanging-" + id;
        var goOn = new CountDownLatch(1);
        var copy = copy(handler(hanging, job -> await(goOn)));
        schedule(hanging, "hangs");
        copy.start(null);
        try {
            sql.await(
                    "a job that hangs",
                    "select count(*) from scheduled_job where task_name = ? and picked",
                    1,
                    hanging);
            QuarkusTransaction.requiringNew().run(() -> jobs.schedule(TestJobs.KIND, id, clock.instant()));
            assertTimeout(Duration.ofSeconds(8), () -> jobs.runDue());
            assertEquals(1, handler.runsOf(id));
        } finally {
            goOn.countDown();
            copy.stop(null);
        }
    }

    @Test
    void a_job_that_is_scheduled_while_it_runs_runs_again() {
        var kind = "twice-" + id;
        var runs = new AtomicInteger();
        var copy = copy(handler(kind, job -> {
            if (runs.incrementAndGet() == 1) {
                schedule(kind, "twice");
            }
            return Optional.empty();
        }));
        schedule(kind, "twice");
        copy.start(null);
        try {
            awaitEndOf(kind);
        } finally {
            copy.stop(null);
        }

        assertEquals(2, runs.get());
    }

    @Test
    void a_job_is_given_up_after_as_many_failures_as_its_kind_says_and_the_handler_notes_why() {
        var kind = "hopeless-" + id;
        var runs = new AtomicInteger();
        var noted = new ConcurrentLinkedQueue<String>();
        var copy = copy(new JobHandler() {
            @Override
            public String kind() {
                return kind;
            }

            @Override
            public Optional<Instant> run(String job) {
                throw new IllegalStateException("run " + runs.incrementAndGet());
            }

            @Override
            public Retries retries() {
                return new Retries(Duration.ofMillis(1), Duration.ofMillis(4), OptionalInt.of(5));
            }

            @Override
            public void givenUp(String job, String reason) {
                noted.add("%s, %s, transaction: %s".formatted(job, reason, QuarkusTransaction.isActive()));
            }
        });
        schedule(kind, "hopeless");
        copy.start(null);
        try {
            awaitEndOf(kind);
        } finally {
            copy.stop(null);
        }

        assertEquals(5, runs.get());
        assertEquals(List.of("hopeless, run 5, transaction: true"), List.copyOf(noted));
    }

    @Test
    void a_job_of_a_kind_that_this_release_does_not_know_stays() {
        var ran = new ConcurrentLinkedQueue<String>();
        var known = "known-" + id;
        var unknown = "unknown-" + id;
        var longAgo = Instant.parse("2001-01-01T00:00:00Z");
        QuarkusTransaction.requiringNew().run(() -> jobs.schedule(unknown, "stays", longAgo));
        // As a copy of another release leaves it that was killed: found by every scheduler that looks for such.
        sql.update(
                "update scheduled_job set picked = true, picked_by = 'other', last_heartbeat = ? where task_name = ?",
                longAgo.atOffset(ZoneOffset.UTC),
                unknown);
        for (var round = 1; round <= 2; round++) {
            var copy = copy(known, ran);
            copy.start(null);
            try {
                schedule(known, "round " + round);
                awaitEndOf(known);
            } finally {
                copy.stop(null);
            }
        }

        assertEquals(List.of("round 1", "round 2"), List.copyOf(ran));
        assertEquals(1, sql.number("select count(*) from scheduled_job where task_name = ?", unknown));
        sql.update("delete from scheduled_job where task_name = ?", unknown);
    }

    private void schedule(String kind, String job) {
        QuarkusTransaction.requiringNew().run(() -> jobs.schedule(kind, job, clock.instant()));
    }

    private void awaitEndOf(String kind) {
        sql.await("the end of all jobs", "select count(*) from scheduled_job where task_name = ?", 0, kind);
    }

    private static Optional<Instant> await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    private JobScheduler copy(String kind, ConcurrentLinkedQueue<String> ran) {
        return copy(recording(kind, ran));
    }

    private JobScheduler copy(JobHandler... handlers) {
        return new JobScheduler(database, clock, OFTEN, List.of(handlers));
    }

    private static JobHandler recording(String kind, ConcurrentLinkedQueue<String> ran) {
        return handler(kind, job -> {
            ran.add(job);
            return Optional.empty();
        });
    }

    private static JobHandler handler(String kind, Function<String, Optional<Instant>> work) {
        return new JobHandler() {
            @Override
            public String kind() {
                return kind;
            }

            @Override
            public Optional<Instant> run(String id) {
                return work.apply(id);
            }
        };
    }

    private void awaitEnd(String id) {
        sql.await("the end of the job", "select count(*) from scheduled_job where task_instance = ?", 0, id);
    }

    private static final class MovedClock extends Clock {

        volatile Duration by = Duration.ZERO;

        @Override
        public Instant instant() {
            return Clock.systemUTC().instant().plus(by);
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
