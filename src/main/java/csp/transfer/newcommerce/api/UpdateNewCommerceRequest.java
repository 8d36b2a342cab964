package csp.transfer.newcommerce.api;

import static csp.shared.error.ErrorCode.ENUM_NOT_PARSED;
import static java.util.stream.Collectors.joining;

import csp.shared.error.DomainException;
import csp.shared.http.JsonFields;
import csp.transfer.newcommerce.AcceptedLine;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What the body of a PATCH asks for (new-commerce-transfers.md §5).
 *
 * @param lines of an acceptance, at least one; none of another wish
 */
public record UpdateNewCommerceRequest(Wish wish, List<AcceptedLine> lines) {

    /** What may be asked for, and by which words. */
    public enum Wish {
        CANCEL(List.of("Cancel")),
        REJECT(List.of("Reject")),
        ACCEPT(List.of("Accept", "InProgress"));

        private final List<String> words;

        Wish(List<String> words) {
            this.words = words;
        }

        private static Wish of(String word) {
            return Stream.of(values())
                    .filter(wish -> wish.words.stream().anyMatch(word::equalsIgnoreCase))
                    .findFirst()
                    .orElseThrow(() -> new DomainException(
                            ENUM_NOT_PARSED,
                            word,
                            "status",
                            Stream.of(values())
                                    .flatMap(wish -> wish.words.stream())
                                    .collect(joining(", "))));
        }
    }

    private static final int MAXIMUM_LINES = 25;
    private static final int LONGEST_WORD = 100;

    /**
     * Lines without a status are an acceptance (D21). Errors: 800002 with neither, with the id of another transfer (D6), or for lines
     * that are missing, malformed, too many or named twice; 900126 for another word.
     */
    public static UpdateNewCommerceRequest read(JsonFields body, UUID transferId) {
        body.guid("id").filter(id -> !id.equals(transferId)).ifPresent(id -> {
            throw body.refusal("id", "must be the transfer of the path, '" + transferId + "', but is '" + id + "'");
        });
        var wish = body.says("lineItems")
                ? body.textUnlessBlank("status", LONGEST_WORD).map(Wish::of).orElse(Wish.ACCEPT)
                : Wish.of(body.requiredText("status", LONGEST_WORD));
        return new UpdateNewCommerceRequest(wish, wish == Wish.ACCEPT ? lines(body) : List.of());
    }

    private static List<AcceptedLine> lines(JsonFields body) {
        var named = new HashSet<UUID>();
        var lines = body.objects("lineItems", MAXIMUM_LINES, line -> {
                    var subscriptionId = line.requiredGuid("subscriptionId");
                    if (!named.add(subscriptionId)) {
                        throw line.refusal(
                                "subscriptionId", "names subscription '" + subscriptionId + "' a second time");
                    }
                    return new AcceptedLine(
                            subscriptionId,
                            TransferRequestBody.productType(
                                    line.requiredWordOrNumber("productType", LONGEST_WORD), "lineItems.productType"));
                })
                .orElseThrow(() -> body.missing("lineItems"));
        if (lines.isEmpty()) {
            throw body.refusal("lineItems", "must name at least one subscription but is '[]'");
        }
        return lines;
    }
}
