package csp.commerce.agreement;

import static csp.commerce.agreement.CustomerAgreement.Method.ATTESTATION;
import static csp.commerce.agreement.CustomerAgreement.Method.DIRECT;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

@ApplicationScoped
class CustomerAgreementRepository implements PanacheRepositoryBase<CustomerAgreement, CustomerAgreement.Key> {

    private static final String OF_PARTNER =
            " where customerId = :customer and type = :type and method = :method and partnerId = :partner";
    private static final String OF_NOBODY =
            " where customerId = :customer and type = :type and method = :method and partnerId is null";

    record Row(String type, Instant dateAgreed, AgreementContact primaryContact) {}

    /** Those that the partner attested, oldest first. */
    List<Row> attestedBy(UUID customerId, UUID partnerId) {
        return getEntityManager()
                .createQuery("""
                select type, dateAgreed, primaryContact from CustomerAgreement
                where customerId = ?1 and partnerId = ?2 and method = ATTESTATION order by dateAgreed, type""", Row.class)
                .setParameter(1, customerId)
                .setParameter(2, partnerId)
                .getResultList();
    }

    boolean isDirectlyAccepted(UUID customerId, AgreementType type) {
        return count("customerId = ?1 and type = ?2 and method = ?3", customerId, type.wireName, DIRECT) > 0;
    }

    /** On the path of every transfer: with an array, not a list, which would be translated anew each time. */
    boolean isAcceptedThroughAnyOf(UUID customerId, Collection<UUID> providerIds) {
        return (Boolean) getEntityManager()
                .createNativeQuery("""
                        select exists (select from customer_agreement where customer_id = :customer and type = :type
                        and (method = 'DIRECT' or method = 'ATTESTATION' and partner_id = any (:providers)))""", Boolean.class)
                .setParameter("customer", customerId)
                .setParameter("type", AgreementType.CUSTOMER.wireName)
                .setParameter("providers", providerIds.toArray(UUID[]::new))
                .getSingleResult();
    }

    List<UUID> customersAcceptedThrough(UUID relatedPartnerId, UUID providerId) {
        @SuppressWarnings("unchecked")
        List<UUID> customers = getEntityManager()
                .createNativeQuery("""
                select distinct a.customer_id from customer_agreement a
                where a.type = :type and (a.method = 'DIRECT' or a.method = 'ATTESTATION' and a.partner_id = :provider)
                and a.customer_id in (select r.customer_id from customer_relationship r where r.partner_id = :partner)""", UUID.class)
                .setParameter("type", AgreementType.CUSTOMER.wireName)
                .setParameter("provider", providerId)
                .setParameter("partner", relatedPartnerId)
                .getResultList();
        return customers;
    }

    /** Lets one request at a time change the agreements of a customer, until its transaction ends. */
    void lock(UUID customerId) {
        getEntityManager()
                .createNativeQuery("select tenant_id from customer where tenant_id = ?1 for no key update", UUID.class)
                .setParameter(1, customerId)
                .getResultList();
    }

    /** One per customer, type, partner and method: a later one takes the place of the earlier. */
    void store(UUID customerId, UUID partnerId, AgreementAcceptance acceptance) {
        var method = partnerId == null ? DIRECT : ATTESTATION;
        var update = getEntityManager()
                .createQuery("update CustomerAgreement set dateAgreed = :date, primaryContact = :contact"
                        + (partnerId == null ? OF_NOBODY : OF_PARTNER));
        if (partnerId != null) {
            update.setParameter("partner", partnerId);
        }
        if (update.setParameter("customer", customerId)
                        .setParameter("type", acceptance.type().wireName)
                        .setParameter("method", method)
                        .setParameter("date", acceptance.dateAgreed())
                        .setParameter("contact", acceptance.primaryContact())
                        .executeUpdate()
                > 0) {
            return;
        }
        getEntityManager()
                .createQuery("""
                insert into CustomerAgreement (customerId, type, partnerId, method, dateAgreed, primaryContact)
                values (:customer, :type, :partner, :method, :date, :contact)""")
                .setParameter("customer", customerId)
                .setParameter("type", acceptance.type().wireName)
                .setParameter("partner", partnerId)
                .setParameter("method", method)
                .setParameter("date", acceptance.dateAgreed())
                .setParameter("contact", acceptance.primaryContact())
                .executeUpdate();
    }
}
