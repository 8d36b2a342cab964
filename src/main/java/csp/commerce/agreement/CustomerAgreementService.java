package csp.commerce.agreement;

import static csp.directory.relationship.CustomerAction.ATTEST_AGREEMENT;
import static csp.shared.caller.Role.ADMIN_AGENT;
import static csp.shared.caller.Role.GLOBAL_ADMIN;
import static csp.shared.caller.Role.SALES_AGENT;
import static csp.shared.error.ErrorCode.AGREEMENT_DATE_IN_FUTURE;
import static jakarta.transaction.Transactional.TxType.MANDATORY;

import csp.directory.customer.CustomerService;
import csp.directory.relationship.RelationshipService;
import csp.platform.audit.AuditTrail;
import csp.platform.mail.Letter;
import csp.platform.mail.Outbox;
import csp.shared.caller.Caller;
import csp.shared.caller.Role;
import csp.shared.error.DomainException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** The agreements that customers accepted: who says so, and whether that holds for a move to an indirect provider. */
@ApplicationScoped
public class CustomerAgreementService {

    /** R52. */
    private static final Set<Role> ATTESTERS = Set.of(ADMIN_AGENT, SALES_AGENT);

    private final CustomerAgreementRepository agreements;
    private final CustomerService customers;
    private final RelationshipService relationships;
    private final Outbox outbox;
    private final AuditTrail audit;
    private final Clock clock;

    CustomerAgreementService(
            CustomerAgreementRepository agreements,
            CustomerService customers,
            RelationshipService relationships,
            Outbox outbox,
            AuditTrail audit,
            Clock clock) {
        this.agreements = agreements;
        this.customers = customers;
        this.relationships = relationships;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Whether the Microsoft Customer Agreement counts as accepted through one of the providers: the customer accepted it
     * itself (R50), or one of the providers attests it (R48). What another partner attested is not kept (R49).
     */
    public boolean isAcceptedThroughAnyOf(UUID customerId, Collection<UUID> providerIds) {
        return agreements.isAcceptedThroughAnyOf(customerId, providerIds);
    }

    /** As {@link #isAcceptedThroughAnyOf} for one provider and all customers of a partner: those where it holds. One query. */
    public Set<UUID> customersAcceptedThrough(UUID partnerId, UUID providerId) {
        return Set.copyOf(agreements.customersAcceptedThrough(partnerId, providerId));
    }

    /** What the calling partner attested, oldest first; what others attested is theirs. Error 20002. */
    public List<AgreementAcceptance> attestedBy(UUID customerId, Caller caller) {
        relationships.of(customerId).require(caller.tenantId());
        return attested(customerId, caller.tenantId());
    }

    /** Whether the customer accepted the Microsoft Customer Agreement itself (R50). Error 20002. */
    public boolean isDirectlySigned(UUID customerId, Caller caller) {
        relationships.of(customerId).require(caller.tenantId());
        return agreements.isDirectlyAccepted(customerId, AgreementType.CUSTOMER);
    }

    /**
     * The calling partner attests that the customer accepted (R52-R55). A later attestation takes the place of an
     * earlier one of the same type. The contact is told by mail. Errors, in this order: 20002, 2032 for a reseller,
     * 900150, those of the body, 600002 for a date in the future, 600061 for a contact that is already confirmed.
     *
     * @param body asked for only once the caller is known to have a right to the operation
     */
    @Transactional(MANDATORY)
    public AgreementAcceptance attest(UUID customerId, Caller caller, Supplier<AgreementAcceptance> body) {
        var customer = customers
                .related(customerId)
                .requirePermitted(caller.tenantId(), ATTEST_AGREEMENT)
                .customer();
        caller.requireAnyOf(ATTESTERS);
        var acceptance = body.get();
        if (acceptance.dateAgreed().isAfter(clock.instant())) {
            throw new DomainException(AGREEMENT_DATE_IN_FUTURE, acceptance.dateAgreed());
        }
        agreements.lock(customerId);
        var before = attested(customerId, caller.tenantId()).stream()
                .filter(known -> known.type() == acceptance.type())
                .findFirst();
        if (before.isPresent()
                && acceptance.primaryContact().equals(before.get().primaryContact())) {
            throw new AlreadyConfirmedException();
        }
        agreements.store(customerId, caller.tenantId(), acceptance);
        audit.record(
                caller,
                new AuditTrail.Change(
                        customerId,
                        "agreement",
                        acceptance.type().wireName,
                        "create_agreement",
                        before.orElse(null),
                        acceptance));
        outbox.send(new Letter(
                acceptance.primaryContact().email(),
                "agreement-attested",
                Map.of(
                        "firstName",
                        acceptance.primaryContact().firstName(),
                        "customer",
                        customer.companyName(),
                        "agreement",
                        acceptance.type().wireName,
                        "date",
                        acceptance.dateAgreed().toString().substring(0, 10),
                        "link",
                        acceptance.type().link)));
        return acceptance;
    }

    /**
     * The customer itself accepts the Microsoft Customer Agreement, now (R50). Nobody is told by mail (R55). Accepting again
     * renews it. Errors: 2032 for anybody but a user of the customer, 900150 for a user who is not its global admin.
     *
     * @param body asked for only once the caller is known to have a right to the operation
     */
    @Transactional(MANDATORY)
    public AgreementAcceptance accept(UUID customerId, Caller caller, Supplier<AgreementContact> body) {
        caller.requireUserOf(customerId);
        caller.requireAnyOf(Set.of(GLOBAL_ADMIN));
        customers.require(caller);
        var acceptance = new AgreementAcceptance(AgreementType.CUSTOMER, clock.instant(), body.get());
        agreements.lock(customerId);
        agreements.store(customerId, null, acceptance);
        audit.record(
                caller,
                new AuditTrail.Change(
                        customerId, "agreement", acceptance.type().wireName, "create_agreement", null, acceptance),
                relationships.of(customerId).partnerIds());
        return acceptance;
    }

    private List<AgreementAcceptance> attested(UUID customerId, UUID partnerId) {
        return agreements.attestedBy(customerId, partnerId).stream()
                .map(row -> new AgreementAcceptance(
                        AgreementType.named(row.type()).orElseThrow(), row.dateAgreed(), row.primaryContact()))
                .toList();
    }
}
