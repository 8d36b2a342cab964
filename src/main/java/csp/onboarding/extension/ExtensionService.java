package csp.onboarding.extension;

import static csp.directory.relationship.CustomerRelationship.Kind.DIRECT_RESELLER;
import static csp.shared.caller.Role.ADMIN_AGENT;
import static csp.shared.error.ErrorCode.ALREADY_EXTENDED;
import static csp.shared.error.ErrorCode.DIRECT_BILL_REQUIRED;
import static csp.shared.error.ErrorCode.INVALID_INPUT;
import static csp.shared.error.ErrorCode.NOT_A_DIRECT_CUSTOMER;
import static csp.shared.error.ErrorCode.NOT_A_PROVIDER_OF;
import static csp.shared.error.ErrorCode.NOT_THE_DIRECT_PARTNER;
import static csp.shared.error.ErrorCode.PROGRAM_NOT_ACTIVE;
import static csp.shared.error.ErrorCode.REGION_DIFFERS;
import static csp.shared.error.ErrorCode.RESELLER_NOT_ENROLLED;
import static jakarta.transaction.Transactional.TxType.MANDATORY;
import static java.time.temporal.ChronoUnit.MICROS;
import static java.util.stream.Collectors.toSet;

import csp.directory.customer.CustomerService;
import csp.directory.customer.RelatedCustomer;
import csp.directory.partner.Partner;
import csp.directory.partner.PartnerService;
import csp.directory.partner.Partnership;
import csp.directory.partner.Region;
import csp.directory.relationship.RelationshipService;
import csp.platform.audit.AuditTrail;
import csp.shared.caller.Caller;
import csp.shared.caller.Role;
import csp.shared.error.DomainException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Moves direct customers of a partner in transition to an indirect provider: the relationship that a transfer needs, without
 * any action of the customer (lifecycle.md R27-R37).
 */
@ApplicationScoped
public class ExtensionService {

    private static final Set<Role> ROLES = Set.of(ADMIN_AGENT);

    private final ExtensionConsentRepository consents;
    private final CustomerService customers;
    private final RelationshipService relationships;
    private final PartnerService partners;
    private final AuditTrail audit;
    private final Clock clock;

    ExtensionService(
            ExtensionConsentRepository consents,
            CustomerService customers,
            RelationshipService relationships,
            PartnerService partners,
            AuditTrail audit,
            Clock clock) {
        this.consents = consents;
        this.customers = customers;
        this.relationships = relationships;
        this.partners = partners;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * What became of one request: exactly one of the two is there.
     *
     * @param refusal the first reason, in the order own party, consent, enrolment, customer, provider, region, extended before
     */
    public record Outcome(ExtendedRelationship relationship, DomainException refusal) {}

    /** What every request of one call is measured by, read once. */
    private record World(
            Partner own,
            Map<UUID, Partner> known,
            Set<UUID> ownProviders,
            Map<UUID, RelatedCustomer> customers,
            Instant now) {}

    /** Only an Admin agent may extend relationships, in person (R30). Errors: 900329, 2032, 900150. */
    public void admit(Caller caller) {
        caller.requirePartnerUser(ROLES);
    }

    /**
     * One outcome per request, in their order; what is refused hinders no other. The number of statements does not grow with
     * the number of requests but for a batch of inserts per hundred. Codes of the refusals: 900150, 800002, 900137, 900149,
     * 20002, 2032, 2030, and 409 code 800002.
     */
    @Transactional(MANDATORY)
    public List<Outcome> extend(Caller caller, List<ExtendRelationship> requests) {
        var world = world(partners.require(caller), requests);
        var refusals = new ArrayList<DomainException>(requests.size());
        var wanted = new ArrayList<RelationshipService.Extension>();
        var claimed = new HashSet<RelationshipService.Extension>();
        for (var request : requests) {
            var extension = new RelationshipService.Extension(request.customerId(), request.indirectProviderId());
            var refusal = refusalOf(request, world);
            refusals.add(refusal == null && !claimed.add(extension) ? alreadyExtended(request) : refusal);
            if (refusals.get(refusals.size() - 1) == null) {
                wanted.add(extension);
            }
        }
        var made = relationships.extend(caller.tenantId(), wanted);
        var outcomes = new ArrayList<Outcome>(requests.size());
        for (var i = 0; i < requests.size(); i++) {
            var request = requests.get(i);
            var refusal = refusals.get(i);
            // Nobody had extended it a moment ago: another request was faster.
            var lost = refusal == null
                    && !made.contains(
                            new RelationshipService.Extension(request.customerId(), request.indirectProviderId()));
            outcomes.add(
                    refusal != null || lost
                            ? new Outcome(null, lost ? alreadyExtended(request) : refusal)
                            : new Outcome(extended(request, caller, world.now), null));
        }
        record(
                caller,
                outcomes.stream()
                        .map(Outcome::relationship)
                        .filter(relationship -> relationship != null)
                        .toList());
        return outcomes;
    }

    private World world(Partner own, List<ExtendRelationship> requests) {
        var providers =
                requests.stream().map(ExtendRelationship::indirectProviderId).collect(toSet());
        return new World(
                own,
                partners.byTenantId(providers),
                partners.partnershipsOf(own.tenantId()).stream()
                        .filter(partnership -> partnership.resellerId().equals(own.tenantId()))
                        .map(Partnership::providerId)
                        .collect(toSet()),
                customers.related(
                        requests.stream().map(ExtendRelationship::customerId).collect(toSet())),
                clock.instant().truncatedTo(MICROS));
    }

    /** Null when the request may be fulfilled. */
    private static DomainException refusalOf(ExtendRelationship request, World world) {
        try {
            require(request, world);
            return null;
        } catch (DomainException refusal) {
            return refusal;
        }
    }

    private static void require(ExtendRelationship request, World world) {
        var own = world.own;
        if (!request.directPartnerId().equals(own.tenantId())) {
            throw new DomainException(NOT_THE_DIRECT_PARTNER, request.directPartnerId(), own.tenantId());
        }
        if (request.consent().givenAt().isAfter(world.now)) {
            throw new DomainException(
                    INVALID_INPUT,
                    "consent.givenAt must not be in the future but is '%s'."
                            .formatted(request.consent().givenAt()));
        }
        if (!own.isEnrolledReseller()) { // R29
            throw new DomainException(RESELLER_NOT_ENROLLED, own.tenantId());
        }
        if (!own.isDirectBill()) {
            throw new DomainException(DIRECT_BILL_REQUIRED, own.tenantId());
        }
        var customer = world.customers.get(request.customerId()).require(own.tenantId());
        if (!customer.relationships().kindsOf(own.tenantId()).contains(DIRECT_RESELLER)) { // R31
            throw new DomainException(NOT_A_DIRECT_CUSTOMER, request.customerId(), own.tenantId());
        }
        requireProvider(request.indirectProviderId(), world);
        var provider = world.known.get(request.indirectProviderId());
        if (!provider.region().equals(Region.of(customer.customer().country()))) { // R26, R77
            throw new DomainException(
                    REGION_DIFFERS,
                    provider.tenantId(),
                    provider.region(),
                    request.customerId(),
                    Region.of(customer.customer().country()));
        }
        if (customer.relationships().indirectProviders().contains(provider.tenantId())) {
            throw alreadyExtended(request);
        }
    }

    private static void requireProvider(UUID id, World world) {
        var provider = world.known.get(id);
        if (provider == null) {
            throw new DomainException(NOT_A_PROVIDER_OF, id, "is not known");
        }
        if (!provider.isActiveProvider()) {
            throw new DomainException(PROGRAM_NOT_ACTIVE, id);
        }
        if (!world.ownProviders.contains(id)) { // R32
            throw new DomainException(
                    NOT_A_PROVIDER_OF,
                    id,
                    "has no partnership with partner %s: its invitation was not accepted"
                            .formatted(world.own.tenantId()));
        }
    }

    private static DomainException alreadyExtended(ExtendRelationship request) {
        return new DomainException(ALREADY_EXTENDED, request.indirectProviderId(), request.customerId());
    }

    private static ExtendedRelationship extended(ExtendRelationship request, Caller caller, Instant now) {
        return new ExtendedRelationship(
                request.customerId(),
                request.directPartnerId(),
                request.indirectProviderId(),
                request.consent(),
                caller.userPrincipalName(),
                now);
    }

    private void record(Caller caller, List<ExtendedRelationship> made) {
        consents.persist(made.stream().map(ExtensionService::consent));
        audit.recordAll(
                caller,
                made.stream()
                        .map(relationship -> new AuditTrail.Concerning(
                                new AuditTrail.Change(
                                        relationship.customerId(),
                                        "partner_customer_relationship",
                                        relationship.indirectProviderId().toString(),
                                        "extend_relationship",
                                        null,
                                        relationship),
                                relationship.indirectProviderId()))
                        .toList());
    }

    private static ExtensionConsent consent(ExtendedRelationship relationship) {
        var consent = new ExtensionConsent();
        consent.id = UUID.randomUUID();
        consent.customerId = relationship.customerId();
        consent.providerId = relationship.indirectProviderId();
        consent.partnerId = relationship.directPartnerId();
        consent.givenBy = relationship.consent().givenBy();
        consent.givenAt = relationship.consent().givenAt();
        consent.method = relationship.consent().method();
        consent.recordedBy = relationship.recordedBy();
        consent.recordedTime = relationship.recordedTime();
        return consent;
    }
}
