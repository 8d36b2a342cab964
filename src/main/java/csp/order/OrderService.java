package csp.order;

import java.util.Collection;

import jakarta.enterprise.context.ApplicationScoped;

/** What other features ask of orders. */
@ApplicationScoped
public class OrderService {

    private final OrderRepository orders;

    OrderService(OrderRepository orders) {
        this.orders = orders;
    }

    /** Stores new orders. */
    public void place(Collection<Order> placed) {
        orders.persist(placed);
    }
}
