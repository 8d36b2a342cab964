package csp.chaos;

import csp.testsupport.MailServer;
import csp.testsupport.PackagedService;
import csp.testsupport.WebhookReceiver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Sessions of the database that belong to nobody for longer than a transaction. */
class BehindPgBouncer implements Attack {

    private static final int WRITERS = 8;

    @Override
    public String name() {
        return "pgbouncer";
    }

    @Override
    public String sentence() {
        return "Two copies that share ten sessions of the database through PgBouncer in transaction mode, from their first start on:"
                + " migrations, races, repeats, jobs and the clock of the sandbox go as without it.";
    }

    @Override
    public void run(Stage stage, Findings findings) throws Exception {
        var missing = Programs.missing("pgbouncer");
        if (!missing.isEmpty()) {
            findings.skipped("", missing);
            return;
        }
        var database = stage.database();
        try (var sql = database.connect()) {
            // PgBouncer cannot hand these on; see docs/operating.md.
            sql.update("alter role postgres set statement_timeout = '10500ms'");
            sql.update("alter role postgres set lock_timeout = '10s'");
            sql.update("alter role postgres set idle_in_transaction_session_timeout = '2min'");
        }
        var bouncer = stage.keep(PgBouncer.start(stage.newDirectory(), database));
        var mails = new MailServer();
        var setup = Setup.demo().with(mails.start()).with("csp.webhooks.legacy-transfers", true);
        try (var receiver = WebhookReceiver.start();
                var sql = database.connect()) {
            var copies = stage.startAtOnce(setup.with(bouncer.settings(database)), 2);
            var versions = sql.column("select version from flyway_schema_history where success");
            findings.check(
                    "migrations when both start at once",
                    "%d, %d of them twice".formatted(versions.size(), versions.size() - new HashSet<>(versions).size()),
                    "each once",
                    versions.size() > 1 && new HashSet<>(versions).size() == versions.size());
            followsTheClock(copies, findings);
            var storefront = new Storefront(WRITERS, stage.pick(40, 400));
            storefront.prepare(copies.get(0), receiver);
            try (var crowd = new Crowd()) {
                storefront.join(
                        crowd,
                        writer -> copies.get(writer % copies.size()).port(),
                        Storefront.Tokens.of(copies.get(0)),
                        0);
                copies.get(0)
                        .becomes(
                                Duration.ofSeconds(stage.pick(30, 60)),
                                () -> storefront.written() >= stage.pick(200, 5_000));
                findings.atMost(
                        "sessions of both copies",
                        sql.number("select count(*) from pg_stat_activity where backend_type = 'client backend'"
                                + " and pid <> pg_backend_pid()"),
                        PgBouncer.SESSIONS,
                        "");
                crowd.stop();
                crowd.await(Duration.ofSeconds(60));
            }
            storefront.judgeAnswers(findings, false);
            storefront.judgeEffects(copies.get(0), sql, receiver, mails, findings);
            findings.atMost(
                    "locks that outlive their transaction",
                    sql.number("select count(*) from pg_locks where locktype = 'advisory'"),
                    0,
                    "");
            if (stage.form() == Form.LONG) {
                compare(stage, setup, database, copies.get(0), findings);
            }
        } finally {
            mails.stop();
        }
    }

    /** Each copy soon knows the time that another one was told. */
    private static void followsTheClock(List<Service> copies, Findings findings) throws InterruptedException {
        var operator = Demo.operator(copies.get(0));
        var longest = 0.0;
        for (var move = 0; move < 6; move++) {
            var mover = copies.get(move % 2);
            var other = copies.get(1 - move % 2);
            var year = Integer.toString(2030 + move);
            mover.prepare(Request.of("PUT", "/sandbox/clock")
                    .as(operator)
                    .json("{\"now\":\"%s-06-01T00:00:00Z\"}".formatted(year)));
            var told = System.nanoTime();
            var follows = other.becomes(
                    Duration.ofSeconds(20),
                    () -> other.prepare(Request.get("/sandbox/clock").as(operator))
                            .text("now")
                            .startsWith(year));
            longest = Math.max(longest, follows ? (System.nanoTime() - told) / 1e9 : Double.POSITIVE_INFINITY);
        }
        copies.get(0).prepare(Request.of("DELETE", "/sandbox/clock").as(operator));
        findings.atMost("a copy follows the clock of another one, longest", longest, 5, " s");
    }

    /** One copy with PgBouncer and one without on the same database, in turns. */
    private static void compare(Stage stage, Setup setup, OutsideDatabase database, Service behind, Findings findings)
            throws Exception {
        var direct = stage.start(setup.with(database.settings()).withJvm(PackagedService.STARTS_SOONER));
        var token = Demo.contoso(direct);
        for (var what : List.of("reads", "sign-ins")) {
            var request = what.equals("reads") ? Demo.read(token) : Demo.contosoSignsIn();
            List<Double> ratios = new ArrayList<>();
            rate(direct, request);
            rate(behind, request);
            for (var round = 0; round < 5; round++) {
                var without = rate(direct, request);
                ratios.add(rate(behind, request) / without);
            }
            ratios.sort(null);
            findings.check(
                    what + " per second with PgBouncer / without, median of 5",
                    "%.2f (%.2f to %.2f)".formatted(ratios.get(2), ratios.get(0), ratios.get(4)),
                    "told",
                    true);
        }
    }

    private static double rate(Service service, Request request) throws InterruptedException {
        try (var crowd = new Crowd()) {
            var started = System.nanoTime();
            var samples = crowd.asking(service.port(), request, 16, 0);
            Crowd.rest(3_000);
            crowd.stop();
            return samples.count(200) / ((System.nanoTime() - started) / 1e9);
        }
    }
}
