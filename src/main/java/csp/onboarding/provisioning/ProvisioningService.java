package csp.onboarding.provisioning;

import static csp.directory.relationship.CustomerAction.REMOVE_RELATIONSHIP;
import static csp.directory.relationship.CustomerRelationship.Kind.DIRECT_RESELLER;
import static csp.directory.relationship.CustomerRelationship.Kind.INDIRECT_PROVIDER;
import static csp.directory.relationship.CustomerRelationship.Kind.INDIRECT_RESELLER;
import static csp.shared.caller.Role.ADMIN_AGENT;
import static csp.shared.caller.Role.GLOBAL_ADMIN;
import static csp.shared.caller.Role.SALES_AGENT;
import static csp.shared.error.ErrorCode.COUNTRY_NOT_SUPPORTED;
import static csp.shared.error.ErrorCode.CUSTOMER_CREATION_NOT_PERMITTED;
import static csp.shared.error.ErrorCode.INVALID_INPUT;
import static csp.shared.error.ErrorCode.NOT_A_PARTNERED_RESELLER;
import static csp.shared.error.ErrorCode.PHONE_NUMBER_MISSING;
import static csp.shared.error.ErrorCode.PROGRAM_NOT_ACTIVE;
import static csp.shared.error.ErrorCode.REGISTRATION_NUMBER_INVALID;
import static csp.shared.error.ErrorCode.REGISTRATION_NUMBER_MISSING;
import static csp.shared.error.ErrorCode.REGISTRATION_NUMBER_NOT_SUPPORTED;
import static csp.shared.error.ErrorCode.SANDBOX_ONLY;
import static jakarta.transaction.Transactional.TxType.MANDATORY;
import static java.util.stream.Collectors.joining;

import csp.commerce.subscription.Subscription;
import csp.commerce.subscription.SubscriptionService;
import csp.directory.billing.BillTo;
import csp.directory.country.Country;
import csp.directory.customer.Customer;
import csp.directory.customer.CustomerService;
import csp.directory.partner.Partner;
import csp.directory.partner.PartnerService;
import csp.directory.partner.Region;
import csp.directory.relationship.CustomerRelationship;
import csp.directory.relationship.CustomerRelationship.Via;
import csp.directory.relationship.RelationshipService;
import csp.identity.CompanyDirectory;
import csp.platform.audit.AuditTrail;
import csp.shared.caller.Caller;
import csp.shared.caller.Role;
import csp.shared.config.CspConfig;
import csp.shared.error.DomainException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** How customers come to a partner and leave it again (storefront.md §1.3, §1.4). */
@ApplicationScoped
public class ProvisioningService {

    /** The roles that may make and delete a customer; a helpdesk agent only edits (identity.md §7). */
    private static final Set<Role> SELLERS = Set.of(GLOBAL_ADMIN, ADMIN_AGENT, SALES_AGENT);

    /** Orders that a refusal names; there may be thousands. */
    private static final int MOST_NAMED = 10;

    private final CustomerService customers;
    private final RelationshipService relationships;
    private final PartnerService partners;
    private final SubscriptionService subscriptions;
    private final CompanyDirectory directory;
    private final AuditTrail audit;
    private final CspConfig config;

    ProvisioningService(
            CustomerService customers,
            RelationshipService relationships,
            PartnerService partners,
            SubscriptionService subscriptions,
            CompanyDirectory directory,
            AuditTrail audit,
            CspConfig config) {
        this.customers = customers;
        this.relationships = relationships;
        this.partners = partners;
        this.subscriptions = subscriptions;
        this.directory = directory;
        this.audit = audit;
        this.config = config;
    }

    /** A customer as the audit shows it. */
    record Snapshot(
            UUID id,
            String companyName,
            String domain,
            String country,
            String organizationRegistrationNumber,
            BillTo billingProfile,
            UUID associatedPartnerId) {

        static Snapshot of(Customer customer, UUID associatedPartnerId) {
            return new Snapshot(
                    customer.tenantId(),
                    customer.companyName(),
                    customer.domain(),
                    customer.country(),
                    customer.registrationNumber(),
                    customer.billTo(),
                    associatedPartnerId);
        }
    }

    /**
     * Creates the tenant of a new customer, which a mere reseller cannot (R42). A direct-bill partner or a provider gets a
     * customer of its own; with an associated partner the provider bills it and that reseller serves it. Errors, in this order:
     * 900150, those of the body, 900329 for an associated partner without a user, 600006, 800039 (R63), 900149, 20002,
     * 20000 for a country of another region, 600002, 600049, 600050, 600051, 800002 for a domain that is taken.
     *
     * @param body asked for only once the caller is known to have a right to the operation
     */
    @Transactional(MANDATORY)
    public CreatedCustomer create(Caller caller, Supplier<NewCustomer> body) {
        caller.requireAnyOf(SELLERS);
        var wanted = body.get();
        var resellerId = wanted.associatedPartnerId();
        if (resellerId != null) {
            caller.requireUser();
        }
        var partner = partners.require(caller);
        requireRightToCreate(partner, caller);
        if (resellerId != null) {
            requirePartneredReseller(partner, resellerId);
        }
        var country = Country.of(wanted.billTo().address().country()).orElseThrow();
        requireSameRegion(partner, country);
        checkRegistration(country, wanted);
        if (directory.isTaken(wanted.domain())) {
            throw taken(wanted.domain());
        }
        var customer = new Customer(
                UUID.randomUUID(),
                wanted.billTo().companyName(),
                wanted.domain(),
                country.code(),
                wanted.registrationNumber(),
                wanted.billTo());
        customers.add(customer);
        relationships.add(relationships(customer.tenantId(), caller.tenantId(), resellerId));
        var administrator = directory.newAdministrator();
        if (!directory.addAdministrator(customer.tenantId(), customer.domain(), administrator)) {
            throw taken(wanted.domain());
        }
        var change = new AuditTrail.Change(
                        customer.tenantId(),
                        "customer",
                        customer.tenantId().toString(),
                        "add_customer",
                        null,
                        Snapshot.of(customer, resellerId))
                .with("PrimaryDomainName", customer.domain())
                .with("Relationship", "Reseller");
        audit.record(caller, change, resellerId == null ? new UUID[0] : new UUID[] {resellerId});
        return new CreatedCustomer(customer, administrator, wanted);
    }

    /** Whether somebody has the domain name, so that no new customer can. */
    public boolean isTaken(String domain) {
        return directory.isTaken(domain);
    }

    /**
     * The partner gives the customer up, once what it holds there is suspended or cancelled. Errors: see
     * {@link RelationshipService#endByPartner}.
     *
     * @param checkBody refuses a body that asks for something else
     */
    @Transactional(MANDATORY)
    public void removeRelationship(UUID customerId, Caller caller, Runnable checkBody) {
        relationships.endByPartner(
                customerId,
                caller,
                checkBody,
                () -> subscriptions.stillHeld(customerId, caller.tenantId()).stream()
                        .map(Subscription::id)
                        .toList());
    }

    /**
     * Removes the customer with all it has, for all its partners: test data, so only where there is a sandbox. Errors, in this
     * order: 20002, 2032 for a reseller, 900150, 900127, 800002 while orders must be cancelled before, whoever's they are (W29).
     */
    @Transactional(MANDATORY)
    public void delete(UUID customerId, Caller caller) {
        var related = customers.related(customerId).requirePermitted(caller.tenantId(), REMOVE_RELATIONSHIP);
        caller.requireAnyOf(SELLERS);
        if (!config.sandbox()) {
            throw new DomainException(SANDBOX_ONLY, caller.operation());
        }
        relationships.takeAll(customerId);
        requireNothingToCancel(customerId);
        audit.record(
                caller,
                new AuditTrail.Change(
                        customerId,
                        "customer",
                        customerId.toString(),
                        "delete_customer",
                        Snapshot.of(related.customer(), null),
                        null),
                related.relationships().partnerIds());
        customers.delete(customerId);
    }

    private void requireNothingToCancel(UUID customerId) {
        var left = subscriptions.toCancel(customerId).stream()
                .map(Subscription::orderId)
                .distinct()
                .toList();
        if (!left.isEmpty()) {
            throw new DomainException(
                    INVALID_INPUT,
                    "customer %s cannot be deleted while these Azure plan, reservation or software orders are not cancelled: %s."
                            .formatted(
                                    customerId, left.stream().limit(MOST_NAMED).collect(joining(", "))));
        }
    }

    private static void requireRightToCreate(Partner partner, Caller caller) {
        if (partner.isActiveProvider()) {
            return;
        }
        if (!partner.isDirectBill()) {
            throw new DomainException(CUSTOMER_CREATION_NOT_PERMITTED, partner.tenantId());
        }
        partner.requireUnrestricted(caller.operation());
    }

    private void requirePartneredReseller(Partner provider, UUID resellerId) {
        if (!provider.isActiveProvider()) {
            throw new DomainException(PROGRAM_NOT_ACTIVE, provider.tenantId());
        }
        if (!partners.arePartnered(provider.tenantId(), resellerId)) {
            throw new DomainException(NOT_A_PARTNERED_RESELLER, resellerId, provider.tenantId());
        }
    }

    private static void requireSameRegion(Partner partner, Country country) {
        if (!Region.of(country.code()).equals(partner.region())) {
            throw new DomainException(COUNTRY_NOT_SUPPORTED, country.code(), partner.tenantId(), partner.region());
        }
    }

    private static void checkRegistration(Country country, NewCustomer wanted) {
        var number = wanted.registrationNumber();
        if (!country.wantsRegistrationNumber()) {
            if (number != null) {
                throw new DomainException(REGISTRATION_NUMBER_NOT_SUPPORTED, country.code());
            }
            return;
        }
        if (number == null) {
            throw new DomainException(REGISTRATION_NUMBER_MISSING, country.code());
        }
        if (!country.acceptsRegistrationNumber(number)) {
            throw new DomainException(REGISTRATION_NUMBER_INVALID, number, country.code());
        }
        if (wanted.billTo().address().phoneNumber() == null) {
            throw new DomainException(PHONE_NUMBER_MISSING, country.code());
        }
    }

    private static List<CustomerRelationship> relationships(UUID customerId, UUID partnerId, UUID resellerId) {
        if (resellerId == null) {
            return List.of(new CustomerRelationship(customerId, partnerId, DIRECT_RESELLER, null, true, Via.DIRECT));
        }
        return List.of(
                new CustomerRelationship(customerId, partnerId, INDIRECT_PROVIDER, resellerId, true, Via.DIRECT),
                new CustomerRelationship(customerId, resellerId, INDIRECT_RESELLER, partnerId, true, Via.DIRECT));
    }

    private static DomainException taken(String domain) {
        return new DomainException(INVALID_INPUT, "companyProfile.domain '%s' is taken.".formatted(domain));
    }
}
