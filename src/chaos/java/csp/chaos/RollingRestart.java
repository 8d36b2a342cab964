package csp.chaos;

import csp.testsupport.MailServer;
import csp.testsupport.WebhookReceiver;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;

/** One copy after the other is replaced, and nobody notices. */
class RollingRestart implements Attack {

    private static final int WRITERS = 4;

    @Override
    public String name() {
        return "rolling-restart";
    }

    @Override
    public String sentence() {
        return "Copies of the service are started at the same time on an empty database, behind HAProxy without stickiness, and"
                + " stopped and started again one after the other under load: the database is migrated once, no request fails,"
                + " and what one copy has begun another one brings to its end.";
    }

    @Override
    public void run(Stage stage, Findings findings) throws Exception {
        var missing = Programs.missing("haproxy");
        if (!missing.isEmpty()) {
            findings.skipped("", missing);
            return;
        }
        var count = stage.pick(2, 4);
        var database = stage.database();
        var mails = new MailServer();
        var toMails = mails.start();
        try (var receiver = WebhookReceiver.start()) {
            var setup = Setup.demo()
                    .with(database.settings())
                    .with(toMails)
                    .with("csp.webhooks.legacy-transfers", true)
                    .with("csp.http.shutdown-delay", "1s");
            var copies = stage.startAtOnce(setup, count);
            try (var sql = database.connect()) {
                var versions = sql.column("select version from flyway_schema_history where success");
                findings.check(
                        "migrations when %d copies start at once".formatted(count),
                        "%d, %d of them twice"
                                .formatted(versions.size(), versions.size() - new HashSet<>(versions).size()),
                        "each once",
                        versions.size() > 1 && new HashSet<>(versions).size() == versions.size());
                exactlyOne(
                        findings,
                        "demo worlds",
                        sql.number("select count(*) from partner where tenant_id = '" + Demo.CONTOSO + "'"));
            }
            var balancer = stage.keep(Balancer.ofCopies(
                    stage.newDirectory(), copies.stream().map(Service::port).toList()));
            var storefront = new Storefront(WRITERS, stage.pick(40, 400));
            storefront.prepare(copies.get(0), receiver);
            try (var crowd = new Crowd()) {
                storefront.join(
                        crowd, writer -> balancer.port(), Storefront.Tokens.of(copies.get(0)), stage.pick(20, 5));
                for (var round = 0; round < stage.pick(1, 2); round++) {
                    for (var number = 0; number < count; number++) {
                        replace(stage, copies, number, balancer);
                    }
                }
                crowd.stop();
                crowd.await(Duration.ofSeconds(60));
            }
            storefront.judgeAnswers(findings, false);
            try (var sql = database.connect()) {
                storefront.judgeEffects(copies.get(0), sql, receiver, mails, findings);
            }
        } finally {
            mails.stop();
        }
    }

    /** The new one listens where the old one did. */
    private static void replace(Stage stage, List<Service> copies, int number, Balancer balancer) throws Exception {
        var old = copies.get(number);
        if (!old.stop(Duration.ofSeconds(30))) {
            throw new IllegalStateException("A copy does not stop:\n" + old.lastLines());
        }
        copies.set(number, stage.start(old.setup(), old.directory()));
        if (!copies.get(number).becomes(Duration.ofSeconds(30), balancer::hasAll)) {
            throw new IllegalStateException("HAProxy does not find the new copy");
        }
    }

    private static void exactlyOne(Findings findings, String what, long found) {
        findings.check(what, Findings.figure(found), "1", found == 1);
    }
}
