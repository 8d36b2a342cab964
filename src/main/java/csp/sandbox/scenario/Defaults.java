package csp.sandbox.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import csp.sandbox.scenario.Scenario.Agreement;
import csp.sandbox.scenario.Scenario.BillingCycle;
import csp.sandbox.scenario.Scenario.Contact;
import csp.sandbox.scenario.Scenario.Customer;
import csp.sandbox.scenario.Scenario.CustomerInvitation;
import csp.sandbox.scenario.Scenario.CustomerInvitationState;
import csp.sandbox.scenario.Scenario.Enrolment;
import csp.sandbox.scenario.Scenario.EnrolmentForm;
import csp.sandbox.scenario.Scenario.ExtensionConsent;
import csp.sandbox.scenario.Scenario.InvitationState;
import csp.sandbox.scenario.Scenario.Kind;
import csp.sandbox.scenario.Scenario.Method;
import csp.sandbox.scenario.Scenario.Offer;
import csp.sandbox.scenario.Scenario.Partner;
import csp.sandbox.scenario.Scenario.Partnership;
import csp.sandbox.scenario.Scenario.PartnershipInvitation;
import csp.sandbox.scenario.Scenario.PartnershipState;
import csp.sandbox.scenario.Scenario.Product;
import csp.sandbox.scenario.Scenario.ProgramState;
import csp.sandbox.scenario.Scenario.Programs;
import csp.sandbox.scenario.Scenario.Relationship;
import csp.sandbox.scenario.Scenario.Subscription;
import csp.sandbox.scenario.Scenario.SubscriptionStatus;
import csp.sandbox.scenario.Scenario.SyncState;
import csp.sandbox.scenario.Scenario.User;
import csp.sandbox.scenario.Scenario.Via;
import csp.shared.link.LinkToken;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** The values that a document may leave out (design §3). They are stored, so an export shows them. */
final class Defaults {

    /** The end of what does not end (errors-and-headers.md §9). */
    static final Instant NEVER = Instant.parse("9999-12-10T00:00:00Z");

    private static final Instant DATE_AGREED = Instant.parse("2020-01-31T00:00:00Z");

    private static final String UNKNOWN = "unknown";

    private Defaults() {}

    static Partner complete(Partner p) {
        var country = or(p.country(), "US");
        return new Partner(
                p.tenantId(),
                p.name(),
                or(p.domain(), p.tenantId() + ".example"),
                p.mpnId(),
                country,
                or(p.currency(), currencyOf(country)),
                p.cspRevenueLast12Months(),
                p.formerTenantId(),
                complete(p.programs()),
                or(p.partnerAgreementSigned(), false),
                p.primaryContact(),
                p.programAccountEmail(),
                p.profile(),
                or(p.offerings(), List.of()),
                p.directBillLeft(),
                p.enrolment(),
                p.incentives(),
                p.partnershipInvitations(),
                p.customerInvitations(),
                p.users(),
                p.applications());
    }

    private static Programs complete(Programs p) {
        return p == null
                ? new Programs(ProgramState.NONE, Enrolment.NONE, ProgramState.NONE)
                : new Programs(
                        or(p.directBill(), ProgramState.NONE),
                        or(p.indirectReseller(), Enrolment.NONE),
                        or(p.indirectProvider(), ProgramState.NONE));
    }

    /** @param domain that of the user's partner or customer */
    static User complete(User u, String domain) {
        return new User(
                u.objectId(),
                or(u.userPrincipalName(), u.objectId() + "@" + domain),
                u.password(),
                u.passwordHash(),
                or(u.roles(), List.of()));
    }

    /** @param contact of the partner's profile, for a form that was sent in without one */
    static EnrolmentForm complete(EnrolmentForm f, Contact contact, Instant now) {
        return new EnrolmentForm(
                f.submittedTime() == null ? f.primaryContact() : or(f.primaryContact(), contact),
                or(f.startedTime(), or(f.submittedTime(), now)),
                f.submittedTime(),
                f.approvalDue(),
                f.approvedTime(),
                f.activatedTime(),
                f.activatedBy());
    }

    static PartnershipInvitation complete(PartnershipInvitation i, Instant now) {
        var created = or(i.createdTime(), now);
        return new PartnershipInvitation(
                i.token(),
                i.reseller(),
                i.email(),
                or(i.state(), InvitationState.PENDING),
                created,
                or(i.expirationTime(), created.plus(LinkToken.VALID)),
                i.answeredTime(),
                i.answeredBy());
    }

    static CustomerInvitation complete(CustomerInvitation i, UUID inviter, Instant now) {
        var created = or(i.createdTime(), now);
        return new CustomerInvitation(
                i.token(),
                i.kind(),
                or(i.reseller(), inviter),
                i.provider(),
                i.customerEmail(),
                i.mailText(),
                or(
                        i.state(),
                        i.customer() == null ? CustomerInvitationState.PENDING : CustomerInvitationState.ACCEPTED),
                created,
                or(i.expirationTime(), created.plus(LinkToken.VALID)),
                i.customer(),
                i.answeredTime(),
                i.answeredBy());
    }

    static ExtensionConsent complete(ExtensionConsent c, Instant now) {
        var recorded = or(c.recordedTime(), now);
        return new ExtensionConsent(
                c.id(),
                c.provider(),
                c.partner(),
                or(c.givenBy(), UNKNOWN),
                or(c.givenAt(), recorded),
                or(c.method(), UNKNOWN),
                or(c.recordedBy(), UNKNOWN),
                recorded);
    }

    static Partnership complete(Partnership p) {
        return new Partnership(p.provider(), p.reseller(), or(p.state(), PartnershipState.ACTIVE));
    }

    static Customer complete(Customer c) {
        return new Customer(
                c.tenantId(),
                c.companyName(),
                or(c.domain(), c.tenantId() + ".example"),
                or(c.country(), "US"),
                c.organizationRegistrationNumber(),
                c.billTo(),
                c.users(),
                c.relationships(),
                c.agreements(),
                c.extensionConsents(),
                c.subscriptions(),
                c.transfers(),
                c.orders());
    }

    static Offer complete(Offer o) {
        return new Offer(o.offerId(), o.name(), o.product(), or(o.discontinued(), false), o.equivalentTo());
    }

    static Relationship complete(Relationship r) {
        return new Relationship(
                r.partner(),
                r.kind(),
                or(r.delegatedAdmin(), r.kind() == Kind.DIRECT_RESELLER),
                r.reseller(),
                r.provider(),
                or(r.via(), Via.DIRECT),
                r.billTo());
    }

    static Agreement complete(Agreement a) {
        return new Agreement(
                a.type(),
                a.partner(),
                or(a.method(), Method.DIRECT),
                or(a.dateAgreed(), DATE_AGREED),
                a.primaryContact());
    }

    static Subscription complete(Subscription s, Instant now) {
        var azure = s.product().isAzure();
        var open = s.product() == Product.AZURE_PAYG || s.product() == Product.AZURE_PLAN;
        var offerName = or(s.offerName(), or(s.friendlyName(), s.offerId()));
        var term = or(s.termDuration(), open || s.product() == Product.MARKETPLACE_SAAS ? null : "P1Y");
        var created = or(s.creationDate(), now.truncatedTo(ChronoUnit.SECONDS));
        return new Subscription(
                s.id(),
                s.partner(),
                s.product(),
                s.offerId(),
                offerName,
                or(s.friendlyName(), offerName),
                or(s.quantity(), 1),
                or(s.billingCycle(), azure ? BillingCycle.MONTHLY : BillingCycle.ANNUAL),
                term,
                or(s.status(), SubscriptionStatus.ACTIVE),
                or(s.syncState(), SyncState.COMPLETE),
                s.parentSubscriptionId(),
                or(s.azureSubscriptionId(), s.product() == Product.AZURE_PAYG ? s.id() : null),
                s.partnerIdOnRecord(),
                created,
                or(s.commitmentEndDate(), open ? NEVER : after(created, or(term, "P1Y"))),
                or(s.autoRenewEnabled(), !azure),
                or(s.orderId(), idFrom("order:" + s.id())),
                s.movedFrom());
    }

    /** The same id for the same name, so that a document without it makes the same world everywhere. */
    static String idFrom(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(UTF_8)).toString();
    }

    static String currencyOf(String country) {
        var currency = Currency.getInstance(new Locale("", country));
        return currency == null ? "USD" : currency.getCurrencyCode();
    }

    static <T> T or(T given, T otherwise) {
        return given == null ? otherwise : given;
    }

    private static Instant after(Instant start, String term) {
        var end = start.atZone(ZoneOffset.UTC).plus(Period.parse(term)).toInstant();
        return end.isAfter(NEVER) ? NEVER : end;
    }
}
