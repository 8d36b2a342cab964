package csp.transfer.legacy.api;

import static csp.shared.error.ErrorCode.ENUM_NOT_PARSED;

import csp.shared.error.DomainException;
import csp.shared.http.JsonFields;
import java.util.UUID;

/** The body of T5, which can ask for one thing only. */
public final class RejectTransferRequest {

    private static final String REJECT = "reject";
    private static final int LONGEST_WORD = 32;

    private RejectTransferRequest() {}

    /** Errors: 800002 without status or with the id of another transfer (D6), 900126 for any other status. */
    public static void check(JsonFields body, UUID transferId) {
        var status = body.requiredText("status", LONGEST_WORD);
        body.guid("id").filter(id -> !id.equals(transferId)).ifPresent(id -> {
            throw body.refusal("id", "must be the transfer of the path, '" + transferId + "', but is '" + id + "'");
        });
        if (!status.equalsIgnoreCase(REJECT)) {
            throw new DomainException(ENUM_NOT_PARSED, status, "status", REJECT);
        }
    }
}
