package csp.transfer;

import static java.util.stream.Collectors.joining;

import csp.shared.storage.PlainSql;
import csp.shared.storage.SharedQuery;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/**
 * Transfers for whoever only looks at them, half of all requests: one prepared statement into records. Through a session the same row
 * took a third of the processor time of the whole request (docs/performance/changes.md), and nothing of what a session keeps is used.
 */
@ApplicationScoped
class TransferReadings {

    /**
     * For each question one row per transfer of the customer that the partner is a party of, without a transfer when there is none, and
     * no row when the partner does not know the customer: the checks of D5 cost no round trip of their own. What was withdrawn is out
     * of sight (D1). Whoever has a relationship is a customer, so the table of customers is not asked.
     */
    private static final String SEEN = """
            select asked.n, t.id, t.type, t.customer_tenant_id, t.source_partner_tenant_id, t.source_partner_name,
                t.target_partner_tenant_id, t.target_partner_name, t.status, t.created_time, t.last_modified_time,
                t.last_modified_user, t.version, t.line_items, t.transfer_type, t.customer_email_id, t.customer_name,
                t.target_partner_email_id, t.target_product_types, t.partner_on_record, t.expiration_time, t.completed_time,
                t.accepted_lines
            from (values %s) asked (n, partner, customer, transfer)
            cross join lateral (select from customer_relationship r
                where r.customer_id = asked.customer and r.partner_id = asked.partner limit 1) known
            left join transfer t on t.customer_tenant_id = asked.customer and t.status <> 'WITHDRAWN'
                and (t.source_partner_tenant_id = asked.partner or t.target_partner_tenant_id = asked.partner)
            """;

    private static final UUID NOBODY = new UUID(0, 0);
    private static final String QUESTION = "(%d, cast(? as uuid), cast(? as uuid), cast(? as uuid))";
    private static final String ALL = SEEN.formatted(QUESTION.formatted(0)) + "order by t.created_time, t.id";

    /** So few that under load the questions of several go together (docs/adr/0027-reads-together.md). */
    private static final int LANES = 2;

    private static final int MOST_TOGETHER = 8;
    /** Longer than a statement takes on a busy machine, shorter than anybody would notice. */
    private static final Duration PATIENCE = Duration.ofMillis(5);

    /**
     * For 1, 2, 4 and 8 questions; the places left over ask for nobody. With values in place of an array the database plans each of
     * them once.
     */
    private static final List<String> SOME = IntStream.iterate(1, size -> size <= MOST_TOGETHER, size -> size * 2)
            .mapToObj(size -> SEEN.formatted(IntStream.range(0, size)
                            .mapToObj(QUESTION::formatted)
                            .collect(joining(", ")))
                    + "and t.id = asked.transfer")
            .toList();

    private final PlainSql sql;
    private final SharedQuery<Question, Sight> together =
            new SharedQuery<>(Infrastructure.getDefaultWorkerPool(), LANES, MOST_TOGETHER, PATIENCE, this::some);

    TransferReadings(PlainSql sql) {
        this.sql = sql;
    }

    /** A partner that knows the customer, and the transfer if there is one. */
    record Sight(Optional<StoredTransfer> transfer) {}

    private record Question(UUID partner, UUID customer, UUID transfer) {}

    /** Null when the partner does not know the customer. One query, which others may share; on an event loop nobody waits for it. */
    CompletionStage<Sight> one(UUID partnerId, UUID customerId, UUID transferId) {
        return together.ask(new Question(partnerId, customerId, transferId));
    }

    private Map<Question, Sight> some(List<Question> questions) {
        var size = 32 - Integer.numberOfLeadingZeros(questions.size() - 1); // the power of two that has room
        var parameters = new Object[3 << size];
        Arrays.fill(parameters, NOBODY);
        for (var i = 0; i < questions.size(); i++) {
            var question = questions.get(i);
            parameters[3 * i] = question.partner;
            parameters[3 * i + 1] = question.customer;
            parameters[3 * i + 2] = question.transfer;
        }
        var answers = new HashMap<Question, Sight>();
        sql.list(SOME.get(size), row -> answers.put(questions.get(row.getInt("n")), sight(row)), parameters);
        return answers;
    }

    /** Oldest first; one without a transfer when there is none, nothing when the partner does not know the customer. One query. */
    List<Sight> all(UUID partnerId, UUID customerId) {
        return sql.list(ALL, TransferReadings::sight, partnerId, customerId, null);
    }

    private static Sight sight(ResultSet row) throws SQLException {
        return new Sight(
                row.getObject("id", UUID.class) == null ? Optional.empty() : Optional.of(StoredTransfer.read(row)));
    }
}
