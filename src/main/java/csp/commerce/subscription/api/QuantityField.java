package csp.commerce.subscription.api;

import static csp.commerce.subscription.Subscription.FEWEST_LICENCES;
import static csp.commerce.subscription.Subscription.MOST_LICENCES;
import static csp.shared.error.ErrorCode.QUANTITY_OUT_OF_RANGE;

import csp.shared.error.DomainException;
import csp.shared.error.Quoted;
import csp.shared.http.JsonFields;
import java.math.BigInteger;
import java.util.Optional;

/** The number of seats in a body: of a subscription, or of the line of an order. */
public final class QuantityField {

    private static final BigInteger SMALLEST = BigInteger.valueOf(FEWEST_LICENCES);
    private static final BigInteger LARGEST = BigInteger.valueOf(MOST_LICENCES);

    private QuantityField() {}

    /** Errors: 800002 for what is no whole number, 2002 for one out of range. */
    public static Optional<Integer> read(JsonFields body) {
        return read(body, SMALLEST);
    }

    /** As {@link #read(JsonFields)}, or 0: what that means depends on the rest of the change (D14). */
    static Optional<Integer> readOrZero(JsonFields body) {
        return read(body, BigInteger.ZERO);
    }

    private static Optional<Integer> read(JsonFields body, BigInteger smallest) {
        return body.wholeNumber("quantity").map(quantity -> {
            if (quantity.compareTo(smallest) < 0 || quantity.compareTo(LARGEST) > 0) {
                throw new DomainException(QUANTITY_OUT_OF_RANGE, Quoted.text(quantity.toString()), SMALLEST, LARGEST);
            }
            return quantity.intValue();
        });
    }
}
