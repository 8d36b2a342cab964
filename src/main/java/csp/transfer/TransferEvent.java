package csp.transfer;

/** What happens to a transfer, as the parties are told of it (webhooks.md §6). */
public enum TransferEvent {
    /** Somebody asked for it. */
    CREATED("create-transfer"),
    /** It was answered or taken back, but nothing has moved yet. */
    UPDATED("update-transfer"),
    /** Something moved. */
    COMPLETED("complete-transfer"),
    /** Nothing moved. */
    FAILED("fail-transfer"),
    /** Nobody answered in time. */
    EXPIRED("expire-transfer");

    private final String wireName;

    TransferEvent(String wireName) {
        this.wireName = wireName;
    }

    /** The name of the event on the wire. */
    public String wireName() {
        return wireName;
    }
}
