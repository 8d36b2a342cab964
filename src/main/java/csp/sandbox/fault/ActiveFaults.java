package csp.sandbox.fault;

import csp.sandbox.clock.Followed;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The faults that this copy of the service looks at, in its memory: where none of them can strike a request, nobody asks the database
 * about it. Whether one does strike, the database says.
 */
@ApplicationScoped
class ActiveFaults implements Followed {

    private final FaultTable table;
    private final Set<UUID> spent = ConcurrentHashMap.newKeySet();
    private volatile List<Fault> faults = List.of();

    ActiveFaults(FaultTable table) {
        this.table = table;
    }

    @Override
    public synchronized void catchUp() {
        faults = table.all().stream()
                .filter(fault -> fault.times() == null || fault.remaining() > 0)
                .toList();
        spent.clear();
    }

    /** In the order in which they were set. */
    Stream<Fault> of(String operation) {
        return faults.stream().filter(fault -> fault.operation().equals(operation) && !spent.contains(fault.id()));
    }

    boolean areNone() {
        return faults.isEmpty();
    }

    /** Strikes no more: this copy need not ask again. */
    void forget(Fault fault) {
        spent.add(fault.id());
    }
}
