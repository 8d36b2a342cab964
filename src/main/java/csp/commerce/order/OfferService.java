package csp.commerce.order;

import static java.util.stream.Collectors.toMap;

import csp.commerce.subscription.Product;
import csp.shared.id.Guid;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** What others ask about offers. */
@ApplicationScoped
public class OfferService {

    private final OfferRepository offers;

    OfferService(OfferRepository offers) {
        this.offers = offers;
    }

    /** The known ones among {@code ids}, by canonical id. One query. */
    public Map<String, Offer> byId(Collection<String> ids) {
        return offers.list("id in ?1", ids).stream().collect(toMap(Offer::id, Function.identity()));
    }

    /** Whether there are offers of the product, and none of them is sold any more. One query. */
    public boolean areAllDiscontinued(Product product) {
        var known = offers.list("product", product);
        return !known.isEmpty() && known.stream().allMatch(Offer::isDiscontinued);
    }

    /** An id as offers have it: a GUID in upper case, any other id as it is. */
    public static String canonical(String id) {
        return Guid.read(id).map(UUID::toString).map(String::toUpperCase).orElse(id);
    }
}
