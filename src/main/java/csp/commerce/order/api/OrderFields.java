package csp.commerce.order.api;

import static csp.shared.error.ErrorCode.WORD_NOT_VALID;
import static java.util.Locale.ROOT;

import csp.commerce.order.NewOrder;
import csp.commerce.order.OfferService;
import csp.commerce.subscription.BillingCycle;
import csp.commerce.subscription.api.QuantityField;
import csp.shared.error.Choice;
import csp.shared.error.DomainException;
import csp.shared.error.Quoted;
import csp.shared.http.JsonFields;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the bodies of orders have in common (storefront.md §4). A word that is none of its type is refused with the name of the
 * type, error 0; null and empty text are absent (W22).
 */
final class OrderFields {

    private static final int MOST_LINES = 500;
    private static final int LONGEST_NAME = 256;
    private static final int LONGEST_ID = 128;
    private static final int LONGEST_WORD = 64;
    private static final String NOT_SAID = "unknown"; // what SDKs send for a billing cycle that was never set
    private static final List<String> TERMS = List.of("P1M", "P1Y", "P3Y");
    private static final List<String> BILLING_CYCLES =
            Stream.of(BillingCycle.values()).map(BillingCycle::wireName).toList();
    private static final List<String> STATUSES = List.of(
            "unknown",
            "completed",
            "pending",
            "cancelled",
            "suspended",
            "pending_review",
            "pending_po_upload",
            "po_upload_complete",
            "po_review_rejected",
            "partial_success",
            "error");
    private static final List<String> TRANSACTIONS = List.of("UserPurchase", "SystemPurchase", "SystemBilling");
    private static final List<String> LINE_TRANSACTIONS =
            List.of("New", "Renew", "AddQuantity", "RemoveQuantity", "Cancel", "Convert", "CustomerCredit");

    private OrderFields() {}

    /** The customer, if the body names it, is that of the path. Error 800002. */
    static void requireCustomer(JsonFields body, UUID customerId) {
        if (body.textUnlessBlank("referenceCustomerId", LONGEST_ID).isEmpty()) {
            return;
        }
        body.guid("referenceCustomerId")
                .filter(sent -> !sent.equals(customerId))
                .ifPresent(sent -> {
                    throw body.refusal(
                            "referenceCustomerId",
                            "must be the customer of the path, '" + customerId + "', but is '" + sent + "'");
                });
    }

    /** Reads the words of an order that say nothing here, for their kind only: the service itself decides how it stands. */
    static void requireKnownWords(JsonFields body) {
        word(body, "status", "OrderStatus", STATUSES);
        word(body, "transactionType", "OrderTransactionType", TRANSACTIONS);
    }

    /** At least one. Error 800002. */
    static <T> List<T> lines(JsonFields body, Function<JsonFields, T> reader) {
        var lines = body.objects("lineItems", MOST_LINES, reader).orElseThrow(() -> body.missing("lineItems"));
        if (lines.isEmpty()) {
            throw body.refusal("lineItems", "must have at least one item but has none");
        }
        return lines;
    }

    static Optional<BillingCycle> billingCycle(JsonFields body) {
        return body.textUnlessBlank("billingCycle", LONGEST_WORD)
                .filter(name -> !name.equalsIgnoreCase(NOT_SAID))
                .map(name -> word(name, "BillingCycleType", BILLING_CYCLES))
                .map(name -> BillingCycle.valueOf(name.toUpperCase(ROOT)));
    }

    /** A line that buys. Errors: 800002 for a value of the wrong kind, 2002 for the quantity, 0 for an unknown word. */
    static NewOrder.Line bought(JsonFields line) {
        line.integer("lineItemNumber"); // read for its kind only: the order numbers its lines itself
        requireKnownWordsOfLine(line);
        return new NewOrder.Line(
                OfferService.canonical(line.requiredText("offerId", LONGEST_ID)),
                line.textUnlessBlank("friendlyName", LONGEST_NAME).orElse(null),
                QuantityField.read(line).orElse(null),
                term(line).orElse(null),
                line.textUnlessBlank("partnerIdOnRecord", LONGEST_WORD).orElse(null),
                guid(line, "parentSubscriptionId").orElse(null));
    }

    /** As {@link #requireKnownWords}, for a line. */
    static void requireKnownWordsOfLine(JsonFields line) {
        word(line, "transactionType", "OrderLineItemTransactionType", LINE_TRANSACTIONS);
        term(line);
    }

    private static Optional<String> term(JsonFields line) {
        return word(line, "termDuration", "TermDuration", TERMS);
    }

    /** A GUID; empty text is absent. Error 800002. */
    static Optional<UUID> guid(JsonFields line, String name) {
        return line.textUnlessBlank(name, LONGEST_WORD).isEmpty() ? Optional.empty() : line.guid(name);
    }

    private static Optional<String> word(JsonFields fields, String name, String type, List<String> known) {
        return fields.textUnlessBlank(name, LONGEST_WORD).map(value -> word(value, type, known));
    }

    private static String word(String value, String type, List<String> known) {
        return known.stream()
                .filter(word -> Choice.same(word, value))
                .findFirst()
                .orElseThrow(() -> new DomainException(WORD_NOT_VALID, Quoted.cut(value), type));
    }
}
