package csp.transfer.newcommerce.api;

import static csp.shared.error.ErrorCode.ENUM_NOT_PARSED;
import static java.util.stream.Collectors.joining;

import csp.shared.error.DomainException;
import csp.shared.http.JsonFields;
import csp.transfer.newcommerce.TransferProductType;
import csp.transfer.newcommerce.TransferRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The body with which a target asks (new-commerce-transfers.md §3). The names it may send are known to the service and ignored. */
public final class TransferRequestBody {

    private static final Set<Integer> TRANSFER_TYPES = Set.of(3, 5);
    private static final int LONGEST_PARTNER_ID = 32;
    private static final int LONGEST_NOTE = 1024;
    private static final int LONGEST_WORD = 100;
    private static final int MOST_PRODUCT_TYPES = 25;

    private TransferRequestBody() {}

    /** Whether the body means this flavour: it has a transfer type, and no lines (D5). */
    public static boolean isMeantBy(JsonFields body) {
        return body.says("transferType") && !body.says("lineItems");
    }

    /** Errors: 800002 for a field that is missing or malformed, 900126 for a product type that is none. */
    public static TransferRequest read(JsonFields body) {
        var transferType = body.integer("transferType").orElseThrow(() -> body.missing("transferType"));
        if (!TRANSFER_TYPES.contains(transferType)) {
            throw body.refusal("transferType", "must be 3 or 5 but is '" + transferType + "'");
        }
        return new TransferRequest(
                transferType,
                body.requiredGuid("sourcePartnerTenantId"),
                body.guid("targetPartnerTenantId").orElse(null),
                body.requiredEmail("customerEmailId"),
                body.textUnlessBlank("targetPartnerEmailId", LONGEST_NOTE).orElse(null),
                productTypes(body),
                body.textUnlessBlank("partnerOnRecord", LONGEST_PARTNER_ID).orElse(null));
    }

    private static Set<TransferProductType> productTypes(JsonFields body) {
        var types = new LinkedHashSet<TransferProductType>(); // they come back in the order in which they were sent
        body.wordsOrNumbers("targetProductTypes", MOST_PRODUCT_TYPES, LONGEST_WORD)
                .orElse(List.of())
                .forEach(word -> types.add(productType(word, "targetProductTypes")));
        return types;
    }

    /** Error 900126 for a word or number that is none. */
    static TransferProductType productType(String word, String field) {
        return TransferProductType.of(word)
                .orElseThrow(() -> new DomainException(
                        ENUM_NOT_PARSED,
                        word,
                        field,
                        Stream.of(TransferProductType.values())
                                .map(TransferProductType::toString)
                                .collect(joining(", "))));
    }
}
