package csp.chaos;

import csp.testsupport.MailServer;
import csp.testsupport.Signal;
import csp.testsupport.WebhookReceiver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The primary dies, and the standby takes its place. */
class Failover implements Attack {

    private static final int WRITERS = 4;
    /** How long a kill of PostgreSQL, and how long one of its machine may keep writers waiting. */
    private static final int PROCESS_SECONDS = 20;

    private static final int MACHINE_SECONDS = 45;

    @Override
    public String name() {
        return "failover";
    }

    @Override
    public String sentence() {
        return "The primary of two PostgreSQL nodes under Patroni is killed under load, with its Patroni every other time: every"
                + " success that a client was told stays true, nothing is lost or done twice, those who ask meanwhile get 503 with"
                + " Retry-After, and the service goes on by itself.";
    }

    @Override
    public void run(Stage stage, Findings findings) throws Exception {
        var missing = Programs.missing("haproxy", "patroni", "etcd", "postgres");
        if (!missing.isEmpty()) {
            findings.skipped("", missing);
            return;
        }
        var kills = stage.pick(1, 10);
        var database = stage.keep(ReplicatedDatabase.start(stage.newDirectory()));
        var mails = new MailServer();
        var toMails = mails.start();
        try (var receiver = WebhookReceiver.start()) {
            var setup =
                    Setup.demo().with(toMails).with("csp.mail.tries", 109).with("csp.webhooks.legacy-transfers", true);
            // One is told of HAProxy, the other of both nodes.
            var copies = List.of(
                    stage.start(setup.with(database.settings())),
                    stage.start(setup.with(database.settingsOfAllNodes())));
            var storefront = new Storefront(WRITERS, stage.pick(40, 400));
            storefront.prepare(copies.get(0), receiver);
            try (var crowd = new Crowd()) {
                storefront.join(
                        crowd,
                        writer -> copies.get(writer % copies.size()).port(),
                        Storefront.Tokens.of(copies.get(0)),
                        40);
                kill(database, storefront, kills, findings);
                withoutStandby(stage, database, storefront, findings);
                crowd.stop();
                crowd.await(Duration.ofSeconds(60));
            }
            storefront.judgeAnswers(findings, true);
            try (var sql = database.connect()) {
                storefront.judgeEffects(copies.get(0), sql, receiver, mails, findings);
            }
            findings.check(
                    "the service",
                    copies.stream().allMatch(copy -> copy.isAlive() && copy.isReady()) ? "ready" : "not ready",
                    "both copies ready, never started again",
                    copies.stream().allMatch(Service::isReady));
        } finally {
            mails.stop();
        }
    }

    private static void kill(ReplicatedDatabase database, Storefront storefront, int kills, Findings findings)
            throws Exception {
        List<Double> processes = new ArrayList<>();
        List<Double> machines = new ArrayList<>();
        List<Double> readers = new ArrayList<>();
        var changes = 0;
        for (var round = 0; round < kills; round++) {
            ready(database, storefront);
            var primary = database.primary().orElseThrow();
            var machine = round % 2 == 1;
            if (machine) {
                primary.killAll();
            } else {
                primary.killServer();
            }
            var recovery = storefront.recovers();
            if (ReplicatedDatabase.becomes(
                    () -> database.primary().filter(now -> now != primary).isPresent())) {
                changes++;
            }
            if (machine) {
                primary.start(); // the machine is back, as a standby
            }
            readers.add(recovery.untilRead());
            (machine ? machines : processes).add(recovery.untilWritten());
            System.out.printf(
                    "failover %d (%s of %s): reads after %.1f s, writes after %.1f s%n",
                    round + 1,
                    machine ? "machine" : "PostgreSQL",
                    primary.name(),
                    recovery.untilRead(),
                    recovery.untilWritten());
        }
        findings.check(
                "kills after which the other node was the primary",
                Integer.toString(changes),
                Integer.toString(kills),
                changes == kills);
        longest(findings, "writes go on after a kill of PostgreSQL, longest", processes, PROCESS_SECONDS);
        longest(findings, "writes go on after a kill of its machine, longest", machines, MACHINE_SECONDS);
        longest(findings, "reads go on, longest", readers, MACHINE_SECONDS);
    }

    private static void longest(Findings findings, String what, List<Double> seconds, int most) {
        seconds.stream().mapToDouble(s -> s).max().ifPresent(worst -> findings.atMost(what, worst, most, " s"));
    }

    private static void ready(ReplicatedDatabase database, Storefront storefront) throws Exception {
        if (!ReplicatedDatabase.becomes(database::isWhole)) {
            throw new IllegalStateException("The nodes did not find each other again");
        }
        var before = storefront.written();
        ReplicatedDatabase.becomes(() -> storefront.written() >= before + 5 * WRITERS);
    }

    /** No success that is on one node alone: while the standby is frozen, nothing is written. */
    private static void withoutStandby(
            Stage stage, ReplicatedDatabase database, Storefront storefront, Findings findings) throws Exception {
        ready(database, storefront);
        var standby = database.standby().orElseThrow().server();
        Signal.STOP.toAll(standby);
        // What the standby had when it froze is told yet.
        Crowd.rest(500);
        var before = storefront.written();
        Crowd.rest(stage.pick(2_000, 5_000));
        var meanwhile = storefront.written() - before;
        Signal.CONT.toAll(standby);
        var recovery = storefront.recovers();
        findings.atMost("successes while the standby is frozen", meanwhile, 0, "");
        findings.atMost("writes go on when it thaws, longest", recovery.untilWritten(), 20, " s");
    }
}
