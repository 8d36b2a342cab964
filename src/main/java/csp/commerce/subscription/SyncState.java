package csp.commerce.subscription;

/** Whether the subscription is fully provisioned in the customer's directory. */
public enum SyncState {
    COMPLETE,
    NONE
}
