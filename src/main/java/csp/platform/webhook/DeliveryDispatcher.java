package csp.platform.webhook;

import csp.platform.jobs.StartOrder;
import csp.platform.webhook.DeliveryQueue.Attempt;
import csp.platform.webhook.DeliveryQueue.Taken;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Sends what is due from this copy of the service: docs/adr/0016-notifications.md. One thread speaks with the database, in batches;
 * it waits for no receiver.
 */
@ApplicationScoped
public class DeliveryDispatcher {

    /** Requests under way at a time from one copy, over all receivers. */
    private static final int MOST_UNDER_WAY = 256;

    /** Of a receiver that did not answer at all the last time, until it does. */
    private static final int UNDER_WAY_TO_THE_SILENT = 1;

    /**
     * Between two talks with the database, unless one waits that could be sent: at 300 notifications a second each talk would be about one
     * or two of them otherwise, and the requests beside would wait for what that costs.
     */
    private static final Duration TO_GATHER = Duration.ofMillis(20);

    /** Until the next look after one that found some: where others write, what they write comes evenly and not once a poll. */
    private static final Duration SOON = Duration.ofMillis(50);

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(2);
    private static final Duration PAUSE_WITHOUT_DATABASE = Duration.ofSeconds(1);
    private static final long MILLISECONDS_PER_LOOK = 20;

    private final DeliveryQueue queue;
    private final CallbackClient client;
    private final WebhookSignatures signatures;
    private final MeterRegistry meters;
    private final TransactionSynchronizationRegistry transaction;
    private final Clock clock;
    private final Duration pollInterval;

    /** What wakes the thread: an attempt that is over, or nothing in particular. */
    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();

    private final Map<UUID, Integer> underWay = new HashMap<>();
    private final Set<UUID> silent = new HashSet<>();
    private final List<Attempt> over = new ArrayList<>();
    /** For whom there may be more than was taken. */
    private final Set<UUID> backlogged = new HashSet<>();

    private long lastTalk = System.nanoTime() - TO_GATHER.toNanos();
    private boolean failing;
    private volatile boolean stopped;
    private Thread thread;

    DeliveryDispatcher(
            DeliveryQueue queue,
            CallbackClient client,
            WebhookSignatures signatures,
            MeterRegistry meters,
            TransactionSynchronizationRegistry transaction,
            Clock clock,
            WebhooksConfig config) {
        this.queue = queue;
        this.client = client;
        this.signatures = signatures;
        this.meters = meters;
        this.transaction = transaction;
        this.clock = clock;
        this.pollInterval = config.pollInterval();
    }

    /** @param attempt null to look only */
    private record Signal(Attempt attempt) {}

    void start(@Observes @Priority(StartOrder.JOBS) StartupEvent event) {
        thread = new Thread(this::run, "csp-webhooks");
        thread.setDaemon(true);
        thread.start();
    }

    /** What is under way gets a moment; what has no answer then is for another copy, or for the next start. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped = true;
        lookNow();
        if (thread != null) {
            thread.join(PATIENCE_AT_STOP.plus(PAUSE_WITHOUT_DATABASE).toMillis());
        }
    }

    /** Looks for due notifications without waiting for the next time. */
    public void lookNow() {
        signals.add(new Signal(null));
    }

    /** As {@link #lookNow}, once the caller's transaction has committed. */
    void lookAfterCommit() {
        transaction.registerInterposedSynchronization(new LookAfterCommit());
    }

    /** Returns when nothing is due any more, whichever copy does it, or after some seconds when it takes longer. */
    public void runDue() {
        var patience = System.nanoTime() + PATIENCE.toNanos();
        while (queue.isAnythingDue() && System.nanoTime() < patience) {
            lookNow();
            try {
                TimeUnit.MILLISECONDS.sleep(MILLISECONDS_PER_LOOK);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void run() {
        while (!stopped) {
            try {
                lastTalk = System.nanoTime();
                putDown();
                await(sendDue());
                failing = false;
            } catch (RuntimeException e) {
                if (!failing) {
                    failing = true;
                    Log.warnf("Notifications wait: %s", e.toString());
                }
                await(PAUSE_WITHOUT_DATABASE);
            }
        }
        end();
    }

    private void end() {
        var patience = System.nanoTime() + PATIENCE_AT_STOP.toNanos();
        while (!underWay.isEmpty() && System.nanoTime() < patience) {
            await(Duration.ofMillis(MILLISECONDS_PER_LOOK));
        }
        try {
            putDown();
            queue.giveBack();
        } catch (RuntimeException e) {
            // Without a database the time for which they were taken runs out.
        }
    }

    /** Takes up what has ended, waits for it for at most so long, and gathers a little more of it. */
    private void await(Duration most) {
        try {
            var next = signals.poll(most.toMillis(), TimeUnit.MILLISECONDS);
            while (next != null) {
                takeUp(next);
                var toGather = stopped || isAnyPlaceEmpty() ? 0 : lastTalk + TO_GATHER.toNanos() - System.nanoTime();
                next = signals.poll(toGather, TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopped = true;
        }
    }

    /** Whether somebody for whom there may be more has got all that was taken. */
    private boolean isAnyPlaceEmpty() {
        return backlogged.stream().anyMatch(partner -> !underWay.containsKey(partner));
    }

    private void takeUp(Signal signal) {
        if (signal.attempt() != null) {
            takeUp(signal.attempt());
        }
    }

    private void takeUp(Attempt attempt) {
        var partner = attempt.delivery().partnerId();
        underWay.computeIfPresent(partner, (id, count) -> count > 1 ? count - 1 : null);
        if (attempt.status() == null) {
            silent.add(partner);
        } else {
            silent.remove(partner);
        }
        over.add(attempt);
    }

    private void putDown() {
        if (over.isEmpty()) {
            return;
        }
        queue.putDown(over);
        over.forEach(this::count);
        over.clear();
    }

    private void count(Attempt attempt) {
        var outcome =
                attempt.isDelivered() ? "delivered" : attempt.state() == DeliveryState.PARKED ? "parked" : "failed";
        meters.counter("csp.webhooks.attempts", "outcome", outcome).increment();
    }

    /** @return when to look again, unless something ends before */
    private Duration sendDue() {
        backlogged.clear();
        var free = MOST_UNDER_WAY
                - underWay.values().stream().mapToInt(Integer::intValue).sum();
        if (free <= 0) {
            return pollInterval;
        }
        var room = room();
        var taken = queue.take(room, CallbackClient.CONNECTIONS_PER_RECEIVER, free);
        if (taken.isEmpty()) {
            return pollInterval;
        }
        var signer = signatures.current();
        taken.forEach(delivery -> send(delivery, signer));
        taken.stream()
                .collect(Collectors.groupingBy(Taken::partnerId, Collectors.counting()))
                .forEach((partner, count) -> {
                    if (count >= room.getOrDefault(partner, CallbackClient.CONNECTIONS_PER_RECEIVER)) {
                        backlogged.add(partner);
                    }
                });
        return taken.size() == free ? Duration.ZERO : pollInterval.compareTo(SOON) < 0 ? pollInterval : SOON;
    }

    private Map<UUID, Integer> room() {
        var room = new HashMap<UUID, Integer>();
        underWay.forEach(
                (partner, count) -> room.put(partner, Math.max(0, CallbackClient.CONNECTIONS_PER_RECEIVER - count)));
        silent.forEach(partner ->
                room.put(partner, Math.max(0, UNDER_WAY_TO_THE_SILENT - underWay.getOrDefault(partner, 0))));
        return room;
    }

    private void send(Taken delivery, WebhookSignatures.Signer signer) {
        underWay.merge(delivery.partnerId(), 1, Integer::sum);
        var signature = delivery.signature() == null ? signer.sign(delivery.body()) : delivery.signature();
        var at = clock.instant();
        client.post(
                delivery.url(),
                signer.headers(signature, delivery.signatureInMsHeader()),
                delivery.body(),
                answer -> signals.add(new Signal(attempt(delivery, signature, at, answer))));
    }

    private static Attempt attempt(Taken delivery, String signature, Instant at, CallbackClient.Answer answer) {
        return new Attempt(delivery, signature, at, answer.status(), answer.milliseconds(), answer.answer());
    }

    private final class LookAfterCommit implements Synchronization {

        @Override
        public void beforeCompletion() {
            // Nothing to prepare.
        }

        @Override
        public void afterCompletion(int status) {
            if (status == Status.STATUS_COMMITTED) {
                lookNow();
            }
        }
    }
}
