package csp.incentive;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;

@ApplicationScoped
class IncentiveRepository implements PanacheRepositoryBase<Incentive, Incentive.Key> {

    /** The stored one, or one of which nothing is stored yet. */
    Incentive of(UUID partnerId, IncentiveProgram program) {
        return findByIdOptional(new Incentive.Key(partnerId, program))
                .orElseGet(() -> Incentive.untouched(partnerId, program));
    }
}
