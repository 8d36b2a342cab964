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

    UUID subscriptionId() {
        return subscriptionId;
    }

    UUID transferId() {
        return transferId;
    }
}
