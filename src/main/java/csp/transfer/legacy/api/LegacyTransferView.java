package csp.transfer.legacy.api;

import static java.time.temporal.ChronoUnit.SECONDS;

import csp.shared.http.Attributes;
import csp.shared.http.Link;
import csp.shared.http.WireTime;
import csp.transfer.legacy.LegacyTransfer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * A legacy transfer on the wire, in the recorded key order (transfers.md §2.1).
 *
 * @param createdTime up to seven fractional digits, trailing zeros trimmed (Q3)
 * @param lastModifiedTime without fraction (Q3)
 * @param partnertenantid the partner that looks, all in lower case (Q6)
 * @param sourcePartnerName absent in the create answer, as is the target's
 */
public record LegacyTransferView(
        UUID id,
        String status,
        String createdTime,
        String lastModifiedTime,
        UUID customerTenantId,
        UUID partnertenantid,
        String sourcePartnerName,
        UUID sourcePartnerTenantId,
        String targetPartnerName,
        UUID targetPartnerTenantId,
        UUID lastModifiedUser,
        List<TransferLineItemView> lineItems,
        Links links,
        Attributes attributes) {

    private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

    record Links(Link self) {}

    /** The answer to T2, which says less than every later read. */
    public static LegacyTransferView created(LegacyTransfer transfer, UUID viewer) {
        return of(
                transfer,
                viewer,
                null,
                null,
                transfer.lineItems().stream().map(TransferLineItemView::created).toList());
    }

    public static LegacyTransferView read(LegacyTransfer transfer, UUID viewer) {
        var lines = transfer.lineItems();
        return of(
                transfer,
                viewer,
                transfer.sourcePartnerName(),
                transfer.targetPartnerName(),
                IntStream.range(0, lines.size())
                        .mapToObj(id -> TransferLineItemView.read(id, lines.get(id)))
                        .toList());
    }

    private static LegacyTransferView of(
            LegacyTransfer transfer,
            UUID viewer,
            String sourceName,
            String targetName,
            List<TransferLineItemView> lines) {
        return new LegacyTransferView(
                transfer.id(),
                transfer.status().wireName(),
                WireTime.trimmed(transfer.createdTime()),
                WireTime.wholeSeconds(nearestSecond(transfer.lastModifiedTime())),
                transfer.customerTenantId(),
                viewer,
                sourceName,
                transfer.sourcePartnerTenantId(),
                targetName,
                transfer.targetPartnerTenantId(),
                transfer.lastModifiedUser(),
                lines,
                new Links(Link.get("/customers/" + transfer.customerTenantId() + "/transfers/" + transfer.id())),
                Attributes.of("TransferEntity"));
    }

    /** A transfer recorded as created at 14.96 s was last modified at 15 s: the vendor rounds. */
    private static Instant nearestSecond(Instant instant) {
        return instant.plus(HALF_A_SECOND).truncatedTo(SECONDS);
    }
}
