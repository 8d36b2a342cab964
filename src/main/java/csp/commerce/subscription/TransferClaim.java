package csp.commerce.subscription;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.UUID;

/** A subscription that is part of an open transfer, as a base or as an add-on (TR6, D13). */
@Entity
class TransferClaim {

    @Id
    private UUID subscriptionId;

    private UUID transferId;

    /** Whether nobody else changes the subscription meanwhile. */
    private boolean exclusive;

    UUID subscriptionId() {
        return subscriptionId;
    }

    UUID transferId() {
        return transferId;
    }
}
