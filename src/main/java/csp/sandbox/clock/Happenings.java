package csp.sandbox.clock;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.toMap;

import csp.sandbox.clock.Happening.Kind;
import csp.shared.storage.PlainSql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells what a move of the clock brought about: by what was there before it, and what is there once all that was due has run. */
@ApplicationScoped
class Happenings {

    /** Of each kind; nobody reads more. */
    private static final int MOST = 1_000;

    /** Mails are told of by themselves. */
    private static final String MAIL_JOB = "mail";

    private static final String JOB = "task_name, task_instance, execution_time, coalesce(consecutive_failures, 0)";

    private static final String EXPIRIES = """
            select * from (
                select expiration_time, 'Transfer ' || id || ' expired.' from transfer where status = 'EXPIRED'
                union all select expiration_time, 'The invitation of a customer by partner ' || inviter_id || ' expired.'
                    from customer_invitation where status = 'PENDING'
                union all select expiration_time, 'The invitation of a reseller by provider ' || provider_id || ' expired.'
                    from partnership_invitation where status = 'PENDING') expiry (at, what)
            where at > ? and at <= ? order by at, what limit %d""".formatted(MOST);

    private static final String MAILS = """
            select created, 'Mail to ' || recipient || ': ' || subject from outgoing_mail
            where created >= ? and not id = any (cast(? as uuid[])) order by created, id limit %d""".formatted(MOST);

    private static final String NOTIFICATIONS = """
            select d.created_time, d.event_name || ' for ' || p.name || coalesce(' about transfer ' || d.transfer_id, '') || '.'
            from webhook_delivery d join partner p on p.tenant_id = d.partner_id
            where d.created_time >= ? and not d.id = any (cast(? as uuid[])) order by d.position limit %d""".formatted(MOST);

    private static final String DELIVERIES = """
            select a.at, d.event_name || ' to ' || p.name || ': '
                || coalesce('answered with ' || a.status, 'not answered') || '.'
            from webhook_attempt a join webhook_delivery d on d.id = a.delivery_id join partner p on p.tenant_id = d.partner_id
            where a.at >= ? and not a.id = any (cast(? as bigint[])) order by a.id limit %d""".formatted(MOST);

    private final PlainSql sql;

    Happenings(PlainSql sql) {
        this.sql = sql;
    }

    private record Job(String kind, String id, Instant due, int failures) {

        private String name() {
            return kind + " " + id;
        }
    }

    /**
     * What is there before the clock moves.
     *
     * @param due jobs that are due then
     * @param mails that are dated later, from before the clock was set back; so are {@code notifications} and {@code attempts}
     */
    record Before(Instant from, Instant to, List<Job> due, String[] mails, String[] notifications, String[] attempts) {}

    Before before(Instant from, Instant to) {
        return new Before(
                from,
                to,
                sql.list(
                        "select " + JOB + " from scheduled_job where execution_time <= ? order by execution_time limit "
                                + MOST,
                        Happenings::job,
                        to),
                ids("select id from outgoing_mail where created >= ?", to),
                ids("select id from webhook_delivery where created_time >= ?", to),
                ids("select id from webhook_attempt where at >= ?", to));
    }

    /** In the order of their times. */
    List<Happening> since(Before before) {
        var happened = new ArrayList<Happening>();
        happened.addAll(list(Kind.EXPIRY, EXPIRIES, before.from(), before.to()));
        happened.addAll(jobs(before.due()));
        happened.addAll(list(Kind.MAIL, MAILS, before.to(), before.mails()));
        happened.addAll(list(Kind.NOTIFICATION, NOTIFICATIONS, before.to(), before.notifications()));
        happened.addAll(list(Kind.DELIVERY, DELIVERIES, before.to(), before.attempts()));
        happened.sort(comparing(Happening::at).thenComparing(Happening::kind));
        return happened;
    }

    /** Those that have gone, come again later, or failed. */
    private List<Happening> jobs(List<Job> due) {
        var left = sql
                .list(
                        "select " + JOB + """
                 from scheduled_job where (task_name, task_instance) in (select * from unnest(?, ?))""",
                        Happenings::job,
                        due.stream().map(Job::kind).toArray(String[]::new),
                        due.stream().map(Job::id).toArray(String[]::new))
                .stream()
                .collect(toMap(Job::name, job -> job));
        return due.stream()
                .flatMap(job -> whatBecame(job, Optional.ofNullable(left.get(job.name()))).stream())
                .toList();
    }

    private static Optional<Happening> whatBecame(Job job, Optional<Job> left) {
        if (left.isEmpty()) {
            return job.kind().equals(MAIL_JOB) ? Optional.empty() : happening(job, " ran.");
        }
        var now = left.get();
        if (now.failures() > job.failures()) {
            return happening(job, " failed and is tried again at " + now.due() + ".");
        }
        return now.due().equals(job.due())
                ? Optional.empty()
                : happening(job, " ran and comes again at " + now.due() + ".");
    }

    private static Optional<Happening> happening(Job job, String what) {
        return Optional.of(new Happening(job.due(), Kind.JOB, "Job " + job.name() + what));
    }

    private List<Happening> list(Kind kind, String query, Object... parameters) {
        return sql.list(query, row -> new Happening(time(row, 1), kind, row.getString(2)), parameters);
    }

    private String[] ids(String query, Instant from) {
        return sql.list(query, row -> row.getString(1), from).toArray(String[]::new);
    }

    private static Job job(ResultSet row) throws SQLException {
        return new Job(row.getString(1), row.getString(2), time(row, 3), row.getInt(4));
    }

    private static Instant time(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
