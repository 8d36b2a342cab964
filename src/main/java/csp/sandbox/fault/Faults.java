package csp.sandbox.fault;

import static csp.shared.error.ErrorCode.FAULT_NOT_FOUND;
import static csp.shared.error.ErrorCode.INVALID_INPUT;

import csp.sandbox.clock.SandboxCopies;
import csp.sandbox.fault.FaultEffect.Delay;
import csp.sandbox.fault.FaultEffect.LineFailure;
import csp.shared.error.DomainException;
import csp.shared.error.Quoted;
import csp.shared.storage.PlainSql;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Has requests go wrong on purpose, in all copies of the service from the moment on that a fault is set (design §5,
 * docs/adr/0024-faults-and-snapshots.md). A fault that is none of a request's costs it nothing.
 */
@ApplicationScoped
public class Faults {

    /** Those that strike no more count only while there is room. */
    private static final int MOST = 500;

    private static final String TRANSFER_NAMES = """
            select 1 from transfer where id = ? and (position(? in cast(line_items as text)) > 0
                or position(? in cast(accepted_lines as text)) > 0)""";

    /** A document shows it as it is, whatever reads it. */
    private static final long LARGEST_SEED_OF_OURS = 1L << 31;

    private final FaultTable table;
    private final ActiveFaults active;
    private final PublishedOperations operations;
    private final SandboxCopies copies;
    private final PlainSql sql;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Faults(
            FaultTable table,
            ActiveFaults active,
            PublishedOperations operations,
            SandboxCopies copies,
            PlainSql sql,
            Clock clock) {
        this.table = table;
        this.active = active;
        this.operations = operations;
        this.copies = copies;
        this.sql = sql;
        this.clock = clock;
    }

    /** What the operator asks for; the parts as in {@link Fault}. */
    public record Wanted(
            String operation,
            UUID partner,
            UUID customer,
            UUID subscription,
            Integer times,
            Double probability,
            Long seed,
            FaultEffect effect) {}

    /** Every copy obeys when it returns. Errors: 800002 for what can strike nothing, naming the field, and for too many faults. */
    public Fault set(Wanted wanted) {
        requirePossible(wanted);
        var seed = wanted.seed() == null ? Long.valueOf(random.nextLong(LARGEST_SEED_OF_OURS)) : wanted.seed();
        var fault = new Fault(
                UUID.randomUUID(),
                wanted.operation(),
                wanted.partner(),
                wanted.customer(),
                wanted.subscription(),
                wanted.times(),
                wanted.probability(),
                wanted.probability() == null ? null : seed,
                wanted.effect(),
                0,
                0,
                clock.instant());
        change(() -> {
            table.forgetSpentBeyond(MOST);
            if (table.count() >= MOST) {
                throw refusal("there are %d faults already, the most there can be; remove some.", MOST);
            }
            table.add(fault);
        });
        return fault;
    }

    private void requirePossible(Wanted wanted) {
        var operation = operations
                .find(wanted.operation())
                .orElseThrow(() -> refusal(
                        "operation: there is no operation %s of the partner API, the portal or the token endpoints.",
                        Quoted.text(wanted.operation())));
        if (operation.isOpen() && wanted.partner() != null) {
            throw refusal("partner: nobody knows who calls %s, leave it out.", wanted.operation());
        }
        if (wanted.probability() == null && wanted.seed() != null) {
            throw refusal("seed: is for a fault with a probability.");
        }
        if (wanted.effect() instanceof LineFailure && !LineFaults.OPERATIONS.contains(wanted.operation())) {
            throw refusal("effect.type: lineFailure is for %s.", String.join(" and ", LineFaults.OPERATIONS));
        }
        if (wanted.effect() instanceof FaultEffect.Refusal error) {
            ErrorCatalogue.require(error, operation.isTokenEndpoint());
        }
    }

    /** In the order in which they were set; those that strike no more, too. */
    public List<Fault> all() {
        return table.all();
    }

    /** Error: 404 code 1000. */
    public Fault find(UUID id) {
        return table.find(id).orElseThrow(() -> new DomainException(FAULT_NOT_FOUND, id));
    }

    /** No copy obeys it any more when it returns. Error: 404 code 1000. */
    public void remove(UUID id) {
        change(() -> {
            if (table.remove(id) == 0) {
                throw new DomainException(FAULT_NOT_FOUND, id);
            }
        });
    }

    /** No copy obeys any more when it returns. */
    public void removeAll() {
        change(table::removeAll);
    }

    private void change(Runnable change) {
        QuarkusTransaction.requiringNew().run(() -> {
            copies.changed(); // one change at a time
            change.run();
        });
        copies.settle();
    }

    /** Whether no request has anything to fear, so that nobody need look at it. */
    public boolean areNone() {
        return active.areNone();
    }

    /**
     * The faults that strike a request, counted: each delay, and the first of the others.
     *
     * @return in the order in which they were set
     */
    public List<Fault> strike(FaultedRequest request) {
        var struck = new ArrayList<Fault>();
        var isEnough = false;
        for (var fault : active.of(request.operation()).toList()) {
            var isDelay = fault.effect() instanceof Delay;
            if (fault.effect() instanceof LineFailure || isEnough && !isDelay || !matches(fault, request)) {
                continue;
            }
            var strike = QuarkusTransaction.requiringNew().call(() -> table.strike(fault));
            if (strike.isSpent()) {
                active.forget(fault);
            }
            if (strike.isStruck()) {
                struck.add(fault);
                isEnough |= !isDelay;
            }
        }
        return struck;
    }

    private boolean matches(Fault fault, FaultedRequest request) {
        return (fault.partner() == null || fault.partner().equals(request.partner()))
                && (fault.customer() == null || request.mentions().test(fault.customer()))
                && (fault.subscription() == null
                        || request.mentions().test(fault.subscription())
                        || request.transfer()
                                .filter(transfer -> transferNames(transfer, fault.subscription()))
                                .isPresent());
    }

    private boolean transferNames(UUID transfer, UUID subscription) {
        return sql.first(TRANSFER_NAMES, row -> true, transfer, subscription.toString(), subscription.toString())
                .isPresent();
    }

    private static DomainException refusal(String problem, Object... arguments) {
        return new DomainException(INVALID_INPUT, problem.formatted(arguments));
    }
}
