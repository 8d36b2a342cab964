package csp.console.transfer;

import csp.console.frame.Call;
import csp.console.frame.Moment;
import java.util.List;

/**
 * All that is known of one transfer.
 *
 * @param created null when nothing says so, as {@code expires}
 * @param missing what of the readiness would have an acceptance refused
 */
public record TransferDetail(
        String path,
        String id,
        String customer,
        String source,
        String target,
        boolean isNewCommerce,
        String status,
        boolean isOpen,
        Moment created,
        Moment expires,
        List<StateChange> timeline,
        List<TransferStep> steps,
        List<LineChoice> choices,
        List<MovedLine> lines,
        List<String> missing,
        Call sourceView,
        Call targetView,
        List<ComparedField> fields) {

    public String flavour() {
        return isNewCommerce ? "new commerce" : "legacy";
    }

    public boolean isGone() {
        return !sourceView.succeeded() && !targetView.succeeded();
    }

    public long differences() {
        return fields.stream().filter(ComparedField::differs).count();
    }
}
