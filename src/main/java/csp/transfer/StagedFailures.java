package csp.transfer;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a test has go wrong with the lines of a transfer. Asked for a line that can move, its add-ons included, in the transaction that
 * moves it; without a sandbox nothing goes wrong.
 */
public interface StagedFailures {

    /**
     * Why a line of a legacy transfer fails that is being accepted; empty when it moves.
     *
     * @param subscriptions the base of the line first, then its add-ons
     */
    Optional<String> atAccept(Transfer transfer, List<UUID> subscriptions);

    /** As {@link #atAccept} for a new-commerce transfer that is being completed. */
    Optional<String> atCompletion(Transfer transfer, List<UUID> subscriptions);
}
