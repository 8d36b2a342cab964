package csp.commerce.order.api;

import static java.util.Locale.ROOT;

import csp.commerce.order.NewOrder;
import csp.commerce.order.NewOrder.Line;
import csp.commerce.order.OfferService;
import csp.commerce.subscription.BillingCycle;
import csp.commerce.subscription.api.QuantityField;
import csp.shared.error.Choice;
import csp.shared.http.JsonFields;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Reads the body of an order POST (storefront.md §4). */
final class CreateOrderRequest {

    private static final int MOST_LINES = 500;
    private static final int LONGEST_NAME = 256;
    private static final int LONGEST_ID = 128;
    private static final int LONGEST_WORD = 64;
    private static final String NOT_SAID = "unknown"; // what SDKs send for a billing cycle that was never set
    private static final List<String> TERMS = List.of("P1M", "P1Y", "P3Y");

    private CreateOrderRequest() {}

    /**
     * Errors: 800002 for a field that is missing or of the wrong kind, and for another customer than that of the path; 900126
     * for an unknown billing cycle or term; 2002 for the quantity.
     */
    static NewOrder read(JsonFields body, UUID customerId) {
        body.guid("referenceCustomerId")
                .filter(sent -> !sent.equals(customerId))
                .ifPresent(sent -> {
                    throw body.refusal(
                            "referenceCustomerId",
                            "must be the customer of the path, '" + customerId + "', but is '" + sent + "'");
                });
        var lines = body.objects("lineItems", MOST_LINES, CreateOrderRequest::line)
                .orElseThrow(() -> body.missing("lineItems"));
        if (lines.isEmpty()) {
            throw body.refusal("lineItems", "must have at least one item but has none");
        }
        return new NewOrder(
                body.textUnlessBlank("billingCycle", LONGEST_WORD)
                        .filter(name -> !name.equalsIgnoreCase(NOT_SAID))
                        .map(CreateOrderRequest::billingCycle)
                        .orElse(null),
                lines);
    }

    private static Line line(JsonFields line) {
        line.integer("lineItemNumber"); // read for its kind only: the order numbers its lines itself
        return new Line(
                OfferService.canonical(line.requiredText("offerId", LONGEST_ID)),
                line.textUnlessBlank("friendlyName", LONGEST_NAME).orElse(null),
                QuantityField.read(line).orElse(null),
                line.textUnlessBlank("termDuration", LONGEST_WORD)
                        .map(CreateOrderRequest::term)
                        .orElse(null),
                line.textUnlessBlank("partnerIdOnRecord", LONGEST_WORD).orElse(null),
                line.textUnlessBlank("parentSubscriptionId", LONGEST_WORD).isEmpty()
                        ? null
                        : line.requiredGuid("parentSubscriptionId"));
    }

    private static String term(String text) {
        if (!TERMS.contains(text.toUpperCase(ROOT))) {
            throw Choice.refusal("termDuration", text, TERMS.stream());
        }
        return text.toUpperCase(ROOT);
    }

    private static BillingCycle billingCycle(String name) {
        return Stream.of(BillingCycle.values())
                .filter(known -> Choice.same(known.wireName(), name))
                .findFirst()
                .orElseThrow(() -> Choice.refusal(
                        "billingCycle", name, Stream.of(BillingCycle.values()).map(BillingCycle::wireName)));
    }
}
