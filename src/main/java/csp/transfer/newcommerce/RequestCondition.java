package csp.transfer.newcommerce;

import static csp.shared.error.ErrorCode.AGREEMENT_MISSING_TO_BUY;
import static csp.shared.error.ErrorCode.NO_RELATIONSHIP;
import static csp.shared.error.ErrorCode.OWN_AGREEMENT_MISSING;
import static csp.shared.error.ErrorCode.PARTNER_CANNOT_TRADE;
import static csp.shared.error.ErrorCode.SOURCE_IS_TARGET;
import static csp.shared.error.ErrorCode.SOURCE_NOT_RELATED;
import static csp.shared.error.ErrorCode.TARGET_PROGRAM_NOT_ACTIVE;

import csp.directory.partner.Partner;
import csp.directory.partner.ProgramStatus;
import csp.directory.relationship.CustomerRelationships;
import csp.shared.error.DomainException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the two partners and the customer must be before the target can ask for a transfer, in the order in which it is checked:
 * the target, the source, then the customer, as D11 has it for the other flavour. The one list: the request is refused with the first
 * that is not met, readiness tells all of them.
 */
public enum RequestCondition {
    /** Of a caller known before it says whom it asks. */
    TARGET_OF_CUSTOMER(
            "targetOfCustomer",
            "W66",
            "The target partner has a relationship with the customer.",
            "Have the customer accept a relationship with the target partner.",
            parties -> when(
                    parties.related.kindsOf(parties.targetId).isEmpty(),
                    () -> new DomainException(NO_RELATIONSHIP, parties.targetId, parties.customerId))),
    TARGET_ENABLED(
            "targetEnabled",
            "W66",
            "The target partner is a direct-bill partner or an indirect provider of the customer.",
            "Have the indirect provider ask for the transfer, or join a programme that bills customers.",
            parties -> when(
                    !canTrade(parties.target, parties.targetId, parties.related),
                    () -> new DomainException(PARTNER_CANNOT_TRADE, parties.targetId))),
    TARGET_ACTIVE(
            "targetActive",
            "W66",
            "The programme of the target partner is active.",
            "Have the restriction of the target partner lifted.",
            parties -> when(
                    parties.target == null
                            || !parties.target.isActiveProvider()
                                    && parties.target.directBill() != ProgramStatus.ACTIVE,
                    () -> new DomainException(TARGET_PROGRAM_NOT_ACTIVE, parties.targetId))),
    TARGET_AGREEMENT(
            "targetAgreement",
            "W66",
            "The target partner accepted the Microsoft Partner Agreement.",
            "Have a global admin of the target partner accept the Microsoft Partner Agreement.",
            parties -> when(
                    parties.target == null || !parties.target.hasSignedPartnerAgreement(),
                    () -> new DomainException(OWN_AGREEMENT_MISSING, parties.targetId))),
    ANOTHER_PARTNER(
            "anotherSource",
            "W66",
            "The source is another partner.",
            "Name the partner that has the subscriptions now.",
            parties -> when(
                    parties.sourceId.equals(parties.targetId),
                    () -> new DomainException(SOURCE_IS_TARGET, parties.sourceId))),
    SOURCE_OF_CUSTOMER(
            "sourceOfCustomer",
            "W66",
            "The source partner has a relationship with the customer.",
            "Name the partner that has the subscriptions now.",
            parties -> when(
                    parties.source == null
                            || parties.related.kindsOf(parties.sourceId).isEmpty(),
                    () -> new DomainException(
                            SOURCE_NOT_RELATED,
                            parties.sourceId,
                            parties.source == null
                                    ? "is not known"
                                    : "has no relationship with customer " + parties.customerId))),
    SOURCE_ENABLED(
            "sourceEnabled",
            "W66",
            "The source partner is a direct-bill partner or an indirect provider of the customer.",
            "Name the indirect provider of the reseller as the source.",
            parties -> when(
                    !canTrade(parties.source, parties.sourceId, parties.related),
                    () -> new DomainException(PARTNER_CANNOT_TRADE, parties.sourceId))),
    CUSTOMER_AGREEMENT(
            "customerAgreementWithTarget",
            "R51",
            "The customer accepted the Microsoft Customer Agreement itself or through the target partner.",
            "Have the customer accept the Microsoft Customer Agreement itself, or have the target partner attest it.",
            parties -> when(
                    !parties.agreed,
                    () -> new DomainException(AGREEMENT_MISSING_TO_BUY, parties.customerId, parties.targetId)));

    /**
     * What is known of all who take part.
     *
     * @param source null when there is no such partner, as is {@code target}
     * @param agreed whether the customer agreement counts as accepted through the target
     */
    public record Parties(
            UUID customerId,
            UUID sourceId,
            UUID targetId,
            Partner source,
            Partner target,
            CustomerRelationships related,
            boolean agreed) {}

    /** Spelling on the portal. */
    public final String wireName;
    /** The rule of wire-sessions.md or lifecycle.md. */
    public final String rule;
    /** A sentence that is true when it is met. */
    public final String description;
    /** What to do when it is not. */
    public final String nextStep;

    private final Function<Parties, Optional<DomainException>> check;

    RequestCondition(
            String wireName,
            String rule,
            String description,
            String nextStep,
            Function<Parties, Optional<DomainException>> check) {
        this.wireName = wireName;
        this.rule = rule;
        this.description = description;
        this.nextStep = nextStep;
        this.check = check;
    }

    /** Empty when it is met, else the refusal of the request. */
    public Optional<DomainException> refusal(Parties parties) {
        return check.apply(parties);
    }

    /** Whoever bills the customer: a reseller goes through its provider. A restriction does not take away what is there (R61). */
    private static boolean canTrade(Partner partner, UUID partnerId, CustomerRelationships related) {
        return partner != null
                && (partner.isDirectBill() || partner.isProvider())
                && !related.isResellerOnly(partnerId);
    }

    private static Optional<DomainException> when(boolean applies, Supplier<DomainException> refusal) {
        return applies ? Optional.of(refusal.get()) : Optional.empty();
    }
}
