package csp.platform.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
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
        var kind = "clock " + id;
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
        var kind = "shared " + id;
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

    private JobScheduler copy(String kind, ConcurrentLinkedQueue<String> ran) {
        return new JobScheduler(database, clock, OFTEN, List.of(recording(kind, ran)));
    }

    private static JobHandler recording(String kind, ConcurrentLinkedQueue<String> ran) {
        return new JobHandler() {
            @Override
            public String kind() {
                return kind;
            }

            @Override
            public void run(String id) {
                ran.add(id);
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
