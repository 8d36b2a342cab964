package csp.onboarding.incentive;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

@ApplicationScoped
class IncentiveRepository implements PanacheRepositoryBase<Incentive, Incentive.Key> {

    /** The stored one, or one of which nothing is stored yet. */
    Incentive of(UUID partnerId, IncentiveProgram program) {
        return findByIdOptional(new Incentive.Key(partnerId, program))
                .orElseGet(() -> Incentive.untouched(partnerId, program));
    }
}
