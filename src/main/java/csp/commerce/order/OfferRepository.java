package csp.commerce.order;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;

@ApplicationScoped
class OfferRepository implements PanacheRepositoryBase<Offer, String> {}
