package csp.commerce.order;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@ApplicationScoped
class OrderRepository implements PanacheRepositoryBase<Order, String> {

    private static final String PLACED = "customerId = ?1 and partnerId = ?2";

    List<Order> placed(UUID customerId, UUID partnerId) {
        return list(PLACED + " order by creationDate, id", customerId, partnerId);
    }

    Optional<Order> placed(UUID customerId, UUID partnerId, String id) {
        return find(PLACED + " and id = ?3", customerId, partnerId, id).singleResultOptional();
    }
}
