package csp.commerce.order;

import static csp.shared.error.ErrorCode.ORDER_NOT_FOUND;
import static jakarta.transaction.Transactional.TxType.MANDATORY;

import csp.shared.error.DomainException;
import csp.shared.id.Guid;
import csp.shared.storage.SqlStatement;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/** What other features ask of orders. */
@ApplicationScoped
public class OrderService {

    private static final Pattern WELL_FORMED = Pattern.compile("[\\w-]+");

    private final OrderRepository orders;

    OrderService(OrderRepository orders) {
        this.orders = orders;
    }

    /** What the partner placed for the customer, oldest first. One query. */
    public List<Order> placed(UUID customerId, UUID partnerId) {
        return orders.placed(customerId, partnerId);
    }

    /**
     * One that the partner placed for the customer. One query. Error 20000.
     *
     * @param id a GUID in any letter case, or the opaque id of another order in its own
     */
    public Order placed(UUID customerId, UUID partnerId, String id) {
        if (!WELL_FORMED.matcher(id).matches()) {
            throw new DomainException(ORDER_NOT_FOUND, id);
        }
        return orders.placed(
                        customerId, partnerId, Guid.read(id).map(UUID::toString).orElse(id))
                .orElseThrow(() -> new DomainException(ORDER_NOT_FOUND, id));
    }

    /** Writes what changed at once. */
    void flush() {
        orders.flush();
    }

    /** Stores new orders of a transfer: one statement, to be sent with others. */
    public SqlStatement<Integer> placing(List<Order> placed) {
        return orders.adding(placed);
    }

    /** Stores new orders. */
    @Transactional(MANDATORY)
    public void place(Collection<Order> placed) {
        orders.persist(placed);
    }
}
