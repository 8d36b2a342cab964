package csp.sandbox.fault;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import csp.sandbox.fault.FaultEffect.LineFailure;
import csp.sandbox.fault.FaultEffect.Reason;
import csp.transfer.StagedFailures;
import csp.transfer.Transfer;
import csp.transfer.legacy.eligibility.Ineligibility;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** The faults that strike lines of transfers, counted with the transaction that the lines fail in: by line, not by request. */
@ApplicationScoped
class LineFaults implements StagedFailures {

    private static final String ACCEPT = "acceptTransfer";
    /** How new-commerce transfers are accepted, whose lines fail later. */
    private static final String UPDATE = "updateTransfer";

    static final List<String> OPERATIONS = List.of(ACCEPT, UPDATE);

    private final ActiveFaults active;
    private final FaultTable table;

    LineFaults(ActiveFaults active, FaultTable table) {
        this.active = active;
        this.table = table;
    }

    @Override
    @Transactional(MANDATORY)
    public Optional<String> atAccept(Transfer transfer, List<UUID> subscriptions) {
        return strike(
                List.of(ACCEPT), transfer, subscriptions, partner -> partner.equals(transfer.targetPartnerTenantId()));
    }

    @Override
    @Transactional(MANDATORY)
    public Optional<String> atCompletion(Transfer transfer, List<UUID> subscriptions) {
        return strike(OPERATIONS, transfer, subscriptions, transfer::isOf);
    }

    private Optional<String> strike(
            List<String> operations, Transfer transfer, List<UUID> subscriptions, Predicate<UUID> isCaller) {
        return operations.stream()
                .flatMap(active::of)
                .filter(fault -> fault.effect() instanceof LineFailure)
                .filter(fault -> fault.partner() == null || isCaller.test(fault.partner()))
                .filter(fault -> fault.customer() == null || fault.customer().equals(transfer.customerTenantId()))
                .filter(fault -> fault.subscription() == null || subscriptions.contains(fault.subscription()))
                .filter(fault -> table.strike(fault).isStruck())
                .findFirst()
                .map(fault -> textOf((LineFailure) fault.effect(), subscriptions.get(0)));
    }

    private static String textOf(LineFailure failure, UUID subscription) {
        if (failure.text() != null) {
            return failure.text();
        }
        return failure.reason() == Reason.ALREADY_TRANSFERRED
                ? Ineligibility.failureOfMoved(subscription)
                : Ineligibility.failureOfUnsynced(subscription);
    }
}
