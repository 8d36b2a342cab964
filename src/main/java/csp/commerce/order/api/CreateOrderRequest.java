package csp.commerce.order.api;

import csp.commerce.order.NewOrder;
import csp.shared.http.JsonFields;
import java.util.UUID;

/** Reads the body of an order POST (storefront.md §4). */
final class CreateOrderRequest {

    private CreateOrderRequest() {}

    /**
     * Errors: 800002 for a field that is missing or of the wrong kind, and for another customer than that of the path; 0 for an
     * unknown word; 2002 for the quantity.
     */
    static NewOrder read(JsonFields body, UUID customerId) {
        OrderFields.requireCustomer(body, customerId);
        var lines = OrderFields.lines(body, OrderFields::bought);
        OrderFields.requireKnownWords(body);
        return new NewOrder(OrderFields.billingCycle(body).orElse(null), lines);
    }
}
