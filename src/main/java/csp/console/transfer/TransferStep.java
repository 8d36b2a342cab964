package csp.console.transfer;

import csp.console.frame.Call;

/**
 * Something that one of the two partners can do with a transfer, now or never more.
 *
 * @param name as the form sends it
 * @param party the partner whose right it is
 * @param doer who would do it
 * @param refusal what the API answers as things are, tried a moment ago; null when the way is open
 * @param refusalToReader what the API answers the reader, who is on another side; null otherwise
 * @param needsLines whether the doer chooses subscriptions
 */
public record TransferStep(
        String name,
        String label,
        String explanation,
        String party,
        String doer,
        Call refusal,
        Call refusalToReader,
        boolean needsLines) {

    public boolean isOpen() {
        return refusal == null;
    }
}
