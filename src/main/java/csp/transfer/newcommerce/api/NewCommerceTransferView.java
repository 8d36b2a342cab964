package csp.transfer.newcommerce.api;

import csp.shared.http.Attributes;
import csp.shared.http.Link;
import csp.shared.http.WireTime;
import csp.transfer.newcommerce.NewCommerceLine;
import csp.transfer.newcommerce.NewCommerceTransfer;
import csp.transfer.newcommerce.TransferProductType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * A new-commerce transfer on the wire, in the recorded key order (W60).
 *
 * @param createdTime up to seven fractional digits, as {@code completedTime}; the other times have none
 * @param expirationTime until it is accepted (W64)
 * @param partnertenantid the partner that looks, all in lower case
 * @param transferDirection 1 for the target, 2 for the source (W61)
 * @param lineItems from the acceptance on for the source, from the completion on for the target (W69, D20)
 * @param attributes of reads alone (W60)
 */
public record NewCommerceTransferView(
        UUID id,
        String status,
        int transferType,
        String customerEmailId,
        String createdTime,
        String lastModifiedTime,
        String completedTime,
        String expirationTime,
        String customerName,
        UUID customerTenantId,
        UUID partnertenantid,
        String sourcePartnerName,
        UUID sourcePartnerTenantId,
        String targetPartnerName,
        UUID targetPartnerTenantId,
        String targetPartnerEmailId,
        String partnerOnRecord,
        List<String> targetProductTypes,
        int transferDirection,
        boolean ignoreEligibilityCheck,
        UUID lastModifiedUser,
        List<NewCommerceLineView> lineItems,
        Links links,
        Attributes attributes) {

    private static final int INCOMING = 1;
    private static final int OUTGOING = 2;

    record Links(Link self) {}

    /** The answer to whoever changed it. */
    public static NewCommerceTransferView written(NewCommerceTransfer transfer, UUID viewer, Instant now) {
        return of(transfer, viewer, now, null);
    }

    public static NewCommerceTransferView read(NewCommerceTransfer transfer, UUID viewer, Instant now) {
        return of(transfer, viewer, now, Attributes.of("TransferEntity"));
    }

    private static NewCommerceTransferView of(
            NewCommerceTransfer transfer, UUID viewer, Instant now, Attributes attributes) {
        var isTarget = viewer.equals(transfer.targetPartnerTenantId());
        return new NewCommerceTransferView(
                transfer.id(),
                transfer.statusAt(now).wireName(),
                transfer.transferType(),
                transfer.customerEmailId(),
                WireTime.trimmed(transfer.createdTime()),
                WireTime.wholeSeconds(transfer.lastModifiedTimeAt(now)),
                WireTime.trimmedIfAny(transfer.completedTime()),
                transfer.expirationTime() == null ? null : WireTime.wholeSeconds(transfer.expirationTime()),
                transfer.customerName(),
                transfer.customerTenantId(),
                viewer,
                transfer.sourcePartnerName(),
                transfer.sourcePartnerTenantId(),
                transfer.targetPartnerName(),
                transfer.targetPartnerTenantId(),
                transfer.targetPartnerEmailId(),
                transfer.partnerOnRecord(),
                transfer.targetProductTypes() == null
                        ? null
                        : transfer.targetProductTypes().stream()
                                .map(TransferProductType::toString)
                                .toList(),
                isTarget ? INCOMING : OUTGOING,
                false,
                transfer.lastModifiedUser(),
                lines(transfer, isTarget),
                new Links(Link.get("/customers/" + transfer.customerTenantId() + "/transfers/" + transfer.id())),
                attributes);
    }

    private static List<NewCommerceLineView> lines(NewCommerceTransfer transfer, boolean isTarget) {
        if (isTarget ? !transfer.status().isCompleted() : !transfer.status().isAccepted()) {
            return null;
        }
        Function<NewCommerceLine, NewCommerceLineView> view =
                isTarget ? NewCommerceLineView::ofTarget : NewCommerceLineView::ofSource;
        return transfer.lineItems().stream().map(view).toList();
    }
}
