package csp.agreement;

import static csp.agreement.CustomerAgreement.Method.ATTESTATION;
import static csp.agreement.CustomerAgreement.Method.DIRECT;

import java.util.Collection;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;

/** Whether a customer's agreement holds for a move to an indirect provider. */
@ApplicationScoped
public class CustomerAgreementService implements PanacheRepositoryBase<CustomerAgreement, CustomerAgreement.Key> {

    /**
     * Whether the Microsoft Customer Agreement counts as accepted through one of the providers: the customer accepted it
     * itself (R50), or one of the providers attests it (R48). What another partner attested is not kept (R49).
     */
    public boolean isAcceptedThroughAnyOf(UUID customerId, Collection<UUID> providerIds) {
        return count(
                "customerId = ?1 and type = 'MicrosoftCustomerAgreement' and (method = ?2 or method = ?3 and partnerId in ?4)",
                customerId, DIRECT, ATTESTATION, providerIds) > 0;
    }
}
