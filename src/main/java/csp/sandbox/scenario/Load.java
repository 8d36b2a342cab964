package csp.sandbox.scenario;

import static csp.sandbox.scenario.Defaults.complete;
import static csp.sandbox.scenario.Defaults.or;
import static csp.sandbox.scenario.Difference.conflict;
import static csp.sandbox.scenario.ScenarioJson.refusal;
import static csp.sandbox.scenario.ScenarioJson.wireName;
import static java.util.Locale.ROOT;
import static java.util.stream.Collectors.toMap;

import csp.sandbox.scenario.Scenario.Agreement;
import csp.sandbox.scenario.Scenario.Application;
import csp.sandbox.scenario.Scenario.Contact;
import csp.sandbox.scenario.Scenario.Customer;
import csp.sandbox.scenario.Scenario.CustomerInvitation;
import csp.sandbox.scenario.Scenario.CustomerInvitationState;
import csp.sandbox.scenario.Scenario.Enrolment;
import csp.sandbox.scenario.Scenario.EnrolmentForm;
import csp.sandbox.scenario.Scenario.ExtensionConsent;
import csp.sandbox.scenario.Scenario.Incentive;
import csp.sandbox.scenario.Scenario.IncentiveProgram;
import csp.sandbox.scenario.Scenario.InvitationKind;
import csp.sandbox.scenario.Scenario.Kind;
import csp.sandbox.scenario.Scenario.Method;
import csp.sandbox.scenario.Scenario.Offer;
import csp.sandbox.scenario.Scenario.Order;
import csp.sandbox.scenario.Scenario.Partner;
import csp.sandbox.scenario.Scenario.PartnershipInvitation;
import csp.sandbox.scenario.Scenario.Relationship;
import csp.sandbox.scenario.Scenario.Subscription;
import csp.sandbox.scenario.Scenario.Transfer;
import csp.sandbox.scenario.Scenario.User;
import csp.sandbox.scenario.SecretHashes.Comparison;
import csp.sandbox.scenario.StoredIds.PartnerEntry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One document on its way into the world: merges it with what is stored and keeps what is new until everything is checked. What
 * goes into which row is decided here and in {@link CustomerGoods}.
 */
final class Load {

    /** The operator and the public client exist without a row and belong to nobody (design §2, §5). */
    private static final Set<UUID> RESERVED_CLIENTS = Set.of(
            UUID.fromString("e0000000-0000-4000-8000-0000000000fe"),
            UUID.fromString("e0000000-0000-4000-8000-0000000000ff"));

    /** How long a submitted enrolment at most waits for its approval (lifecycle.md R9): five working days. */
    private static final Duration APPROVAL = Duration.ofDays(7);

    private final Scenario document;
    private final SecretHashes hashes;
    private final Instant now;
    private final Tables added = new Tables();
    private final Unique unique = new Unique();

    private final Scenario stored;
    private final Map<UUID, PartnerEntry> partners;
    private final Map<UUID, UUID> userOwners;
    private final Map<String, UUID> userNames;
    private final Map<UUID, UUID> applicationOwners;
    private final Map<String, UUID> invitationOwners;
    private final Map<String, UUID> customerInvitationOwners;
    private final Map<UUID, UUID> storedCustomers;
    private final Map<UUID, UUID> consentOwners;
    private final CustomerGoods.Taken taken;
    private final Set<UUID> movedAway = new HashSet<>();

    /**
     * @param document its shape is checked
     * @param now by the service's clock
     */
    Load(Connection connection, Scenario document, SecretHashes hashes, Instant now) throws SQLException {
        this.document = document;
        this.hashes = hashes;
        this.now = now;
        var customerIds = document.customers().stream().map(Customer::tenantId).toList();
        stored = StoredWorld.of(
                connection, document.partners().stream().map(Partner::tenantId).toList(), customerIds);
        var ids = new StoredIds(connection);
        partners = ids.partners();
        var users = users(document).toList();
        userOwners = ids.usersById(users.stream().map(User::objectId).toList());
        userNames = ids.usersByName(users.stream()
                .map(User::userPrincipalName)
                .filter(Objects::nonNull)
                .map(name -> name.toLowerCase(ROOT))
                .toList());
        applicationOwners = ids.applications(document.partners().stream()
                .flatMap(p -> p.applications().stream())
                .map(Application::clientId)
                .toList());
        invitationOwners = ids.invitations(document.partners().stream()
                .flatMap(p -> p.partnershipInvitations().stream())
                .map(PartnershipInvitation::token)
                .toList());
        var toCustomers = document.partners().stream()
                .flatMap(p -> p.customerInvitations().stream())
                .toList();
        customerInvitationOwners = ids.customerInvitations(
                toCustomers.stream().map(CustomerInvitation::token).toList());
        storedCustomers = ids.customers(toCustomers.stream()
                .map(CustomerInvitation::customer)
                .filter(Objects::nonNull)
                .toList());
        consentOwners = ids.consents(
                goods(Customer::extensionConsents).map(ExtensionConsent::id).toList());
        taken = new CustomerGoods.Taken(
                ids.subscriptions(
                        goods(Customer::subscriptions).map(Subscription::id).toList()),
                ids.transfers(goods(Customer::transfers).map(Transfer::id).toList()),
                ids.orders(Stream.of(
                                goods(Customer::orders).map(Order::id),
                                goods(Customer::subscriptions).map(Subscription::orderId),
                                goods(Customer::transfers)
                                        .flatMap(t -> t.lineItems().stream())
                                        .map(line -> line.orderId()))
                        .flatMap(order -> order)
                        .filter(Objects::nonNull)
                        .toList()),
                ids.claimsOfCustomers(customerIds));
    }

    /**
     * Writes what is new, all of it or nothing.
     *
     * @throws csp.shared.error.DomainException code 800002: 400 for what cannot be, 409 for what differs from what is stored
     */
    Counts run(Connection connection) throws SQLException {
        prepareHashes();
        mergePartners();
        mergePartnerships();
        mergeWhatPartnersDo();
        mergeCustomers();
        mergeOffers();
        added.insert(connection);
        markMovedAway(connection);
        return Counts.of(added);
    }

    private <T> Stream<T> goods(Function<Customer, List<T>> kind) {
        return document.customers().stream().flatMap(customer -> kind.apply(customer).stream());
    }

    private static Stream<User> users(Scenario scenario) {
        return Stream.concat(
                scenario.partners().stream().flatMap(p -> p.users().stream()),
                scenario.customers().stream().flatMap(c -> c.users().stream()));
    }

    private static Stream<Application> applications(Scenario scenario) {
        return scenario.partners().stream().flatMap(partner -> partner.applications().stream());
    }

    private void prepareHashes() {
        var known = new HashMap<UUID, String>();
        users(stored).forEach(user -> known.put(user.objectId(), user.passwordHash()));
        applications(stored).forEach(application -> known.put(application.clientId(), application.clientSecretHash()));
        var plains = new HashSet<String>();
        var comparisons = new HashSet<Comparison>();
        users(document).forEach(user -> sort(user.password(), user.objectId(), known, plains, comparisons));
        applications(document)
                .forEach(application ->
                        sort(application.clientSecret(), application.clientId(), known, plains, comparisons));
        hashes.prepare(plains, comparisons);
    }

    private static void sort(
            String plain, UUID id, Map<UUID, String> known, Set<String> plains, Set<Comparison> comparisons) {
        if (plain != null) {
            if (known.get(id) == null) {
                plains.add(plain);
            } else {
                comparisons.add(new Comparison(plain, known.get(id)));
            }
        }
    }

    private void mergePartners() {
        var storedById = stored.partners().stream().collect(toMap(Partner::tenantId, p -> p));
        var domains = new HashMap<String, UUID>();
        var mpnIds = new HashMap<String, UUID>();
        partners.values().forEach(partner -> {
            domains.put(partner.domain().toLowerCase(ROOT), partner.id());
            if (partner.mpnId() != null) {
                mpnIds.put(partner.mpnId(), partner.id());
            }
        });
        for (var i = 0; i < document.partners().size(); i++) {
            var path = "partners[" + i + "]";
            var given = document.partners().get(i);
            var before = storedById.get(given.tenantId());
            unique.claim(path + ".tenantId", "partner", given.tenantId());
            Partner partner;
            if (before == null) {
                partner = complete(given);
                unique.claim(path + ".domain", "domain", partner.domain().toLowerCase(ROOT));
                refuseTaken(
                        path + ".domain",
                        partner.domain(),
                        domains.get(partner.domain().toLowerCase(ROOT)));
                if (partner.mpnId() != null) {
                    unique.claim(path + ".mpnId", "MPN id", partner.mpnId());
                    refuseTaken(path + ".mpnId", partner.mpnId(), mpnIds.get(partner.mpnId()));
                }
                add(partner);
                partners.put(
                        partner.tenantId(),
                        new PartnerEntry(
                                partner.tenantId(),
                                partner.name(),
                                partner.domain(),
                                partner.mpnId(),
                                partner.currency()));
            } else {
                Difference.refuse(path, "partner " + given.tenantId(), given, before);
                partner = before;
            }
            mergeUsers(
                    path,
                    given.users(),
                    before == null ? List.of() : before.users(),
                    "partner_tenant_id",
                    given.tenantId(),
                    partner.domain());
            mergeApplications(path, given, before == null ? List.of() : before.applications());
        }
    }

    private void add(Partner p) {
        added.add(
                "partner",
                "tenant_id",
                p.tenantId(),
                "name",
                p.name(),
                "domain",
                p.domain(),
                "mpn_id",
                p.mpnId(),
                "country",
                p.country(),
                "currency",
                p.currency(),
                "csp_revenue_last_12_months",
                p.cspRevenueLast12Months(),
                "former_tenant_id",
                p.formerTenantId(),
                "direct_bill",
                p.programs().directBill(),
                "indirect_reseller",
                p.programs().indirectReseller(),
                "indirect_provider",
                p.programs().indirectProvider(),
                "partner_agreement_signed",
                p.partnerAgreementSigned(),
                "primary_contact",
                p.primaryContact(),
                "program_account_email",
                p.programAccountEmail(),
                "profile",
                p.profile(),
                "offerings",
                p.offerings(),
                "direct_bill_left",
                p.directBillLeft());
        addEnrolment(p);
    }

    private void addEnrolment(Partner p) {
        var waits = p.programs().indirectReseller() == Enrolment.SUBMITTED;
        var given = p.enrolment() == null && waits
                ? new EnrolmentForm(null, null, now, now.plus(APPROVAL), null, null, null)
                : p.enrolment();
        if (given == null) {
            return;
        }
        var form = complete(given, or(p.primaryContact(), new Contact(null, null, null, null)), now);
        added.add(
                "enrolment",
                "partner_id",
                p.tenantId(),
                "primary_contact",
                form.primaryContact(),
                "started_time",
                form.startedTime(),
                "submitted_time",
                form.submittedTime(),
                "approval_due",
                form.approvalDue(),
                "approved_time",
                form.approvedTime(),
                "activated_time",
                form.activatedTime(),
                "activated_by",
                form.activatedBy());
        if (waits && form.approvalDue() != null) {
            addJob("enrolment-approval", p.tenantId(), form.approvalDue());
        }
    }

    /** What the feature itself would have scheduled when it got so far. */
    private void addJob(String kind, UUID id, Instant due) {
        added.add(
                "scheduled_job",
                "task_name",
                kind,
                "task_instance",
                id,
                "execution_time",
                due,
                "picked",
                false,
                "version",
                1);
    }

    /** What refers to partners that may come later in the document. */
    private void mergeWhatPartnersDo() {
        var storedById = stored.partners().stream().collect(toMap(Partner::tenantId, p -> p));
        for (var i = 0; i < document.partners().size(); i++) {
            var path = "partners[" + i + "]";
            var given = document.partners().get(i);
            var before = storedById.get(given.tenantId());
            mergeIncentives(path, given, before == null ? List.of() : before.incentives());
            mergeInvitations(path, given, before == null ? List.of() : before.partnershipInvitations());
            mergeCustomerInvitations(path, given, before == null ? List.of() : before.customerInvitations());
        }
    }

    private void mergeIncentives(String parent, Partner partner, List<Incentive> before) {
        var storedByProgram = before.stream().collect(toMap(Incentive::program, incentive -> incentive));
        for (var i = 0; i < partner.incentives().size(); i++) {
            var path = "%s.incentives[%d]".formatted(parent, i);
            var given = partner.incentives().get(i);
            var name = "%s of partner %s".formatted(wireName(given.program()), partner.tenantId());
            unique.claim(path + ".program", "incentive", name);
            if (storedByProgram.containsKey(given.program())) {
                Difference.refuse(path, "the incentive " + name, given, storedByProgram.get(given.program()));
                continue;
            }
            added.add(
                    "incentive",
                    "partner_id",
                    partner.tenantId(),
                    "program",
                    given.program(),
                    "invitation_due",
                    given.invitationDue(),
                    "invited_time",
                    given.invitedTime(),
                    "enrolled_time",
                    given.enrolledTime(),
                    "enrolled_by",
                    given.enrolledBy());
            if (given.invitationDue() != null
                    && given.invitedTime() == null
                    && given.program() == IncentiveProgram.INDIRECT_RESELLER) {
                addJob("incentive-invitation", partner.tenantId(), given.invitationDue());
            }
        }
    }

    private void mergeInvitations(String parent, Partner provider, List<PartnershipInvitation> before) {
        var storedByToken = before.stream().collect(toMap(PartnershipInvitation::token, invitation -> invitation));
        for (var i = 0; i < provider.partnershipInvitations().size(); i++) {
            var path = "%s.partnershipInvitations[%d]".formatted(parent, i);
            var given = provider.partnershipInvitations().get(i);
            unique.claim(path + ".token", "invitation", given.token());
            if (given.reseller() != null) {
                requirePartner(path + ".reseller", given.reseller());
            }
            if (provider.tenantId().equals(given.reseller())) {
                throw refusal("%s.reseller: %s is the provider itself.".formatted(path, given.reseller()));
            }
            if (storedByToken.containsKey(given.token())) {
                Difference.refuse(path, "invitation " + given.token(), given, storedByToken.get(given.token()));
                continue;
            }
            refuseTaken(path + ".token", given.token(), invitationOwners.get(given.token()));
            var invitation = complete(given, now);
            added.add(
                    "partnership_invitation",
                    "token",
                    invitation.token(),
                    "provider_id",
                    provider.tenantId(),
                    "reseller_id",
                    invitation.reseller(),
                    "email",
                    invitation.email(),
                    "status",
                    invitation.state(),
                    "created_time",
                    invitation.createdTime(),
                    "expiration_time",
                    invitation.expirationTime(),
                    "answered_time",
                    invitation.answeredTime(),
                    "answered_by",
                    invitation.answeredBy());
        }
    }

    private void mergeCustomerInvitations(String parent, Partner inviter, List<CustomerInvitation> before) {
        var storedByToken = before.stream().collect(toMap(CustomerInvitation::token, invitation -> invitation));
        for (var i = 0; i < inviter.customerInvitations().size(); i++) {
            var path = "%s.customerInvitations[%d]".formatted(parent, i);
            var given = inviter.customerInvitations().get(i);
            unique.claim(path + ".token", "customer invitation", given.token());
            if (storedByToken.containsKey(given.token())) {
                Difference.refuse(
                        path, "customer invitation " + given.token(), given, storedByToken.get(given.token()));
                continue;
            }
            refuseTaken(path + ".token", given.token(), customerInvitationOwners.get(given.token()));
            var invitation = complete(given, inviter.tenantId(), now);
            requireParties(path, invitation);
            added.add(
                    "customer_invitation",
                    "token",
                    invitation.token(),
                    "kind",
                    invitation.kind(),
                    "inviter_id",
                    inviter.tenantId(),
                    "reseller_id",
                    invitation.reseller(),
                    "provider_id",
                    invitation.provider(),
                    "customer_email",
                    invitation.customerEmail(),
                    "mail_text",
                    invitation.mailText(),
                    "status",
                    invitation.state(),
                    "created_time",
                    invitation.createdTime(),
                    "expiration_time",
                    invitation.expirationTime(),
                    "customer_id",
                    invitation.customer(),
                    "answered_time",
                    invitation.answeredTime(),
                    "answered_by",
                    invitation.answeredBy());
        }
    }

    private void requireParties(String path, CustomerInvitation invitation) {
        requirePartner(path + ".reseller", invitation.reseller());
        if ((invitation.kind() == InvitationKind.INDIRECT_RESELLER) != (invitation.provider() != null)) {
            throw refusal("%s.provider: is for the kind %s, and for no other."
                    .formatted(path, wireName(InvitationKind.INDIRECT_RESELLER)));
        }
        if (invitation.provider() != null) {
            requirePartner(path + ".provider", invitation.provider());
            if (invitation.provider().equals(invitation.reseller())) {
                throw refusal("%s.provider: %s is the reseller itself.".formatted(path, invitation.provider()));
            }
        }
        if ((invitation.state() == CustomerInvitationState.ACCEPTED) != (invitation.customer() != null)) {
            throw refusal("%s.customer: is for the state %s, and for no other."
                    .formatted(path, wireName(CustomerInvitationState.ACCEPTED)));
        }
        var customer = invitation.customer();
        if (customer != null
                && !storedCustomers.containsKey(customer)
                && document.customers().stream()
                        .noneMatch(known -> known.tenantId().equals(customer))) {
            throw refusal("%s.customer: there is no customer %s.".formatted(path, customer));
        }
    }

    private void mergeConsents(String parent, Customer customer, Customer before) {
        var storedById = before.extensionConsents().stream().collect(toMap(ExtensionConsent::id, consent -> consent));
        for (var i = 0; i < customer.extensionConsents().size(); i++) {
            var path = "%s.extensionConsents[%d]".formatted(parent, i);
            var given = customer.extensionConsents().get(i);
            requirePartner(path + ".provider", given.provider());
            requirePartner(path + ".partner", given.partner());
            unique.claim(path + ".id", "consent", given.id());
            if (storedById.containsKey(given.id())) {
                Difference.refuse(path, "consent " + given.id(), given, storedById.get(given.id()));
                continue;
            }
            refuseTaken(path + ".id", given.id().toString(), consentOwners.get(given.id()));
            var consent = complete(given, now);
            if (consent.givenAt().isAfter(consent.recordedTime())) {
                throw refusal("%s.givenAt: must not be after recordedTime.".formatted(path));
            }
            added.add(
                    "extension_consent",
                    "id",
                    consent.id(),
                    "customer_id",
                    customer.tenantId(),
                    "provider_id",
                    consent.provider(),
                    "partner_id",
                    consent.partner(),
                    "given_by",
                    consent.givenBy(),
                    "given_at",
                    consent.givenAt(),
                    "method",
                    consent.method(),
                    "recorded_by",
                    consent.recordedBy(),
                    "recorded_time",
                    consent.recordedTime());
        }
    }

    private static void refuseTaken(String path, String value, UUID owner) {
        if (owner != null) {
            throw conflict("%s: '%s' belongs to %s already.".formatted(path, value, owner));
        }
    }

    private void mergeUsers(
            String parent, List<User> users, List<User> before, String ownerColumn, UUID owner, String domain) {
        var storedById = before.stream().collect(toMap(User::objectId, user -> user));
        for (var i = 0; i < users.size(); i++) {
            var path = "%s.users[%d]".formatted(parent, i);
            var given = users.get(i);
            var same = storedById.get(given.objectId());
            unique.claim(path + ".objectId", "user", given.objectId());
            refuseBoth(path, "password", given.password(), given.passwordHash());
            if (given.roles() != null
                    && new HashSet<>(given.roles()).size() < given.roles().size()) {
                throw refusal("%s.roles: names a role twice.".formatted(path));
            }
            if (same != null) {
                Difference.refuse(path, "user " + given.objectId(), given, same);
                refuseOtherSecret(
                        path, "user " + given.objectId(), given.password(), given.passwordHash(), same.passwordHash());
                continue;
            }
            refuseTaken(path + ".objectId", given.objectId().toString(), userOwners.get(given.objectId()));
            var user = complete(given, domain);
            var name = user.userPrincipalName().toLowerCase(ROOT);
            unique.claim(path + ".userPrincipalName", "user principal name", name);
            if (userNames.containsKey(name)) {
                throw conflict("%s.userPrincipalName: '%s' belongs to user %s already."
                        .formatted(path, user.userPrincipalName(), userNames.get(name)));
            }
            var partner = ownerColumn.equals("partner_tenant_id");
            added.add(
                    "user_account",
                    "object_id",
                    user.objectId(),
                    "partner_tenant_id",
                    partner ? owner : null,
                    "customer_tenant_id",
                    partner ? null : owner,
                    "user_principal_name",
                    user.userPrincipalName(),
                    "password_hash",
                    hashOf(user.password(), user.passwordHash()),
                    "roles",
                    user.roles());
        }
    }

    private void mergeApplications(String parent, Partner partner, List<Application> before) {
        var storedById = before.stream().collect(toMap(Application::clientId, application -> application));
        for (var i = 0; i < partner.applications().size(); i++) {
            var path = "%s.applications[%d]".formatted(parent, i);
            var given = partner.applications().get(i);
            var same = storedById.get(given.clientId());
            unique.claim(path + ".clientId", "application", given.clientId());
            refuseBoth(path, "clientSecret", given.clientSecret(), given.clientSecretHash());
            if (RESERVED_CLIENTS.contains(given.clientId())) {
                throw refusal("%s.clientId: %s is reserved.".formatted(path, given.clientId()));
            }
            if (same == null) {
                refuseTaken(path + ".clientId", given.clientId().toString(), applicationOwners.get(given.clientId()));
                added.add(
                        "application",
                        "client_id",
                        given.clientId(),
                        "tenant_id",
                        partner.tenantId(),
                        "client_secret_hash",
                        hashOf(given.clientSecret(), given.clientSecretHash()));
            } else {
                refuseOtherSecret(
                        path,
                        "application " + given.clientId(),
                        given.clientSecret(),
                        given.clientSecretHash(),
                        same.clientSecretHash());
            }
        }
    }

    private static void refuseBoth(String path, String name, String plain, String hash) {
        if (plain != null && hash != null) {
            throw refusal("%1$s.%2$sHash: cannot be given together with %2$s.".formatted(path, name));
        }
    }

    private void refuseOtherSecret(String path, String what, String plain, String hash, String storedHash) {
        if (plain != null && (storedHash == null || !hashes.matches(plain, storedHash))
                || hash != null && !hash.equals(storedHash)) {
            throw conflict("%s: %s is stored with another secret.".formatted(path, what));
        }
    }

    private String hashOf(String plain, String hash) {
        return plain == null ? hash : hashes.hash(plain);
    }

    private void mergePartnerships() {
        record Pair(UUID provider, UUID reseller) {}
        var storedByPair =
                stored.partnerships().stream().collect(toMap(p -> new Pair(p.provider(), p.reseller()), p -> p));
        for (var i = 0; i < document.partnerships().size(); i++) {
            var path = "partnerships[" + i + "]";
            var given = document.partnerships().get(i);
            var pair = new Pair(given.provider(), given.reseller());
            requirePartner(path + ".provider", given.provider());
            requirePartner(path + ".reseller", given.reseller());
            if (given.provider().equals(given.reseller())) {
                throw refusal("%s.reseller: %s is the provider itself.".formatted(path, given.reseller()));
            }
            unique.claim(path, "partnership", given.provider() + " with " + given.reseller());
            if (storedByPair.containsKey(pair)) {
                Difference.refuse(
                        path,
                        "the partnership of %s with %s".formatted(given.provider(), given.reseller()),
                        given,
                        storedByPair.get(pair));
            } else {
                added.add(
                        "partnership",
                        "provider_id",
                        given.provider(),
                        "reseller_id",
                        given.reseller(),
                        "state",
                        complete(given).state());
            }
        }
    }

    private void mergeCustomers() {
        var storedById = stored.customers().stream().collect(toMap(Customer::tenantId, customer -> customer));
        for (var i = 0; i < document.customers().size(); i++) {
            var path = "customers[" + i + "]";
            var given = document.customers().get(i);
            var before = storedById.get(given.tenantId());
            unique.claim(path + ".tenantId", "customer", given.tenantId());
            if (before == null) {
                before = complete(new Customer(
                        given.tenantId(),
                        given.companyName(),
                        given.domain(),
                        given.country(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null));
                added.add(
                        "customer",
                        "tenant_id",
                        before.tenantId(),
                        "company_name",
                        before.companyName(),
                        "domain",
                        before.domain(),
                        "country",
                        before.country(),
                        "registration_number",
                        given.organizationRegistrationNumber(),
                        "bill_to",
                        given.billTo(),
                        "version",
                        1);
            } else {
                Difference.refuse(path, "customer " + given.tenantId(), given, before);
            }
            mergeUsers(path, given.users(), before.users(), "customer_tenant_id", given.tenantId(), before.domain());
            mergeRelationships(path, given, before);
            mergeAgreements(path, given, before);
            mergeConsents(path, given, before);
            new CustomerGoods(path, given, before, this, now, added, unique, taken, movedAway).merge();
        }
    }

    private void mergeOffers() {
        var storedById = stored.offers().stream().collect(toMap(Offer::offerId, offer -> offer));
        var inDocument = document.offers().stream().map(Offer::offerId).toList();
        for (var i = 0; i < document.offers().size(); i++) {
            var path = "offers[" + i + "]";
            var given = document.offers().get(i);
            unique.claim(path + ".offerId", "offer", given.offerId());
            if (given.equivalentTo() != null
                    && !inDocument.contains(given.equivalentTo())
                    && !storedById.containsKey(given.equivalentTo())) {
                throw refusal("%s.equivalentTo: there is no offer %s.".formatted(path, given.equivalentTo()));
            }
            if (storedById.containsKey(given.offerId())) {
                Difference.refuse(path, "offer " + given.offerId(), given, storedById.get(given.offerId()));
            } else {
                var offer = complete(given);
                added.add(
                        "offer",
                        "id",
                        offer.offerId(),
                        "name",
                        offer.name(),
                        "product",
                        offer.product(),
                        "discontinued",
                        offer.discontinued(),
                        "equivalent_to",
                        offer.equivalentTo());
            }
        }
    }

    private void mergeRelationships(String parent, Customer customer, Customer before) {
        record Key(UUID partner, Kind kind) {}
        var storedByKey = before.relationships().stream().collect(toMap(r -> new Key(r.partner(), r.kind()), r -> r));
        for (var i = 0; i < customer.relationships().size(); i++) {
            var path = "%s.relationships[%d]".formatted(parent, i);
            var given = customer.relationships().get(i);
            var name =
                    "%s of %s for customer %s".formatted(wireName(given.kind()), given.partner(), customer.tenantId());
            requirePartner(path + ".partner", given.partner());
            refuseCounterpart(path, "reseller", given, given.reseller(), Kind.INDIRECT_PROVIDER);
            refuseCounterpart(path, "provider", given, given.provider(), Kind.INDIRECT_RESELLER);
            unique.claim(path, "relationship", name);
            var same = storedByKey.get(new Key(given.partner(), given.kind()));
            if (same != null) {
                Difference.refuse(path, "the relationship " + name, given, same);
                continue;
            }
            var relationship = complete(given);
            added.add(
                    "customer_relationship",
                    "customer_id",
                    customer.tenantId(),
                    "partner_id",
                    relationship.partner(),
                    "kind",
                    relationship.kind(),
                    "counterpart_id",
                    relationship.reseller() == null ? relationship.provider() : relationship.reseller(),
                    "delegated_admin",
                    relationship.delegatedAdmin(),
                    "via",
                    relationship.via(),
                    "bill_to",
                    relationship.billTo());
        }
    }

    private void refuseCounterpart(String path, String name, Relationship relationship, UUID counterpart, Kind kind) {
        if (counterpart == null) {
            return;
        }
        requirePartner(path + "." + name, counterpart);
        if (relationship.kind() != kind) {
            throw refusal(
                    "%s.%s: %s can be given for the kind %s only.".formatted(path, name, counterpart, wireName(kind)));
        }
        if (counterpart.equals(relationship.partner())) {
            throw refusal("%s.%s: %s is the partner itself.".formatted(path, name, counterpart));
        }
    }

    private void mergeAgreements(String parent, Customer customer, Customer before) {
        record Key(Enum<?> type, UUID partner, Method method) {
            static Key of(Agreement agreement) {
                return new Key(agreement.type(), agreement.partner(), agreement.method());
            }
        }
        var storedByKey = before.agreements().stream().collect(toMap(Key::of, agreement -> agreement));
        for (var i = 0; i < customer.agreements().size(); i++) {
            var path = "%s.agreements[%d]".formatted(parent, i);
            var given = customer.agreements().get(i);
            var agreement = complete(given);
            var name = "%s (%s%s) of customer %s"
                    .formatted(
                            wireName(agreement.type()),
                            wireName(agreement.method()),
                            agreement.partner() == null ? "" : ", " + agreement.partner(),
                            customer.tenantId());
            if (agreement.partner() != null) {
                requirePartner(path + ".partner", agreement.partner());
            } else if (agreement.method() == Method.ATTESTATION) {
                throw refusal("%s.partner: is required for the method attestation.".formatted(path));
            }
            unique.claim(path, "agreement", name);
            if (storedByKey.containsKey(Key.of(agreement))) {
                Difference.refuse(path, "the agreement " + name, given, storedByKey.get(Key.of(agreement)));
            } else {
                added.add(
                        "customer_agreement",
                        "customer_id",
                        customer.tenantId(),
                        "type",
                        agreement.type(),
                        "partner_id",
                        agreement.partner(),
                        "method",
                        agreement.method(),
                        "date_agreed",
                        agreement.dateAgreed(),
                        "primary_contact",
                        agreement.primaryContact());
            }
        }
    }

    /** Error 800002 when the partner is neither stored nor in the document. */
    PartnerEntry requirePartner(String path, UUID id) {
        var partner = partners.get(id);
        if (partner == null) {
            throw refusal("%s: there is no partner %s.".formatted(path, id));
        }
        return partner;
    }

    private void markMovedAway(Connection connection) throws SQLException {
        try (var update = connection.prepareStatement(
                "update subscription set moved_away = true where id = any (?) and not moved_away")) {
            update.setArray(1, connection.createArrayOf("uuid", movedAway.toArray()));
            update.executeUpdate();
        }
    }
}
