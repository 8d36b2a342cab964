package csp.transfer.newcommerce;

import static csp.shared.error.ErrorCode.OPERATION_NOT_SUPPORTED;
import static csp.shared.error.ErrorCode.TRANSFER_NOT_PROCESSABLE;
import static java.time.ZoneOffset.UTC;

import csp.commerce.subscription.SubscriptionService;
import csp.shared.caller.Caller;
import csp.shared.error.DomainException;
import csp.transfer.TransferService;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.UUID;

/** The accounts of accepted transfers. */
@ApplicationScoped
public class StatementService {

    private final TransferService transfers;
    private final SubscriptionService subscriptions;
    private final Clock clock;

    StatementService(TransferService transfers, SubscriptionService subscriptions, Clock clock) {
        this.transfers = transfers;
        this.subscriptions = subscriptions;
        this.clock = clock;
    }

    /**
     * For either party. Two queries. Errors: those of {@link TransferService#find(UUID, Caller)}, 900141 for a legacy transfer, whose
     * terms begin anew, 900102 for one that was not accepted.
     */
    public TransferStatement of(UUID transferId, Caller caller) {
        if (!(transfers.find(transferId, caller) instanceof NewCommerceTransfer transfer)) {
            throw new DomainException(
                    OPERATION_NOT_SUPPORTED, caller.operation(), "legacy transfers, whose terms begin anew");
        }
        var status = transfer.statusAt(clock.instant());
        if (!status.isAccepted()) {
            throw new DomainException(TRANSFER_NOT_PROCESSABLE, status.wireName(), transferId);
        }
        var day = transfer.completedTime() == null
                ? null
                : transfer.completedTime().atZone(UTC).toLocalDate();
        var left = subscriptions.byId(transfer.subscriptionIds());
        return new TransferStatement(
                transfer,
                day,
                transfer.lineItems().stream()
                        .map(line -> {
                            var source = left.get(line.subscriptionId());
                            return new TransferStatement.Line(
                                    line, source, line.isComplete() ? TermSplit.of(source, day) : null);
                        })
                        .toList());
    }
}
