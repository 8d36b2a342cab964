package csp.transfer.legacy;

import static csp.shared.error.ErrorCode.CUSTOMER_AGREEMENT_MISSING;
import static csp.shared.error.ErrorCode.OWN_AGREEMENT_MISSING;
import static csp.shared.error.ErrorCode.PARTNER_NOT_ENABLED;
import static csp.shared.error.ErrorCode.TARGET_IS_SOURCE;
import static csp.shared.error.ErrorCode.TARGET_NOT_RELATED;

import csp.directory.partner.Partner;
import csp.directory.partner.PartnerService;
import csp.shared.error.DomainException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the two partners and the customer must be before a transfer can be created (TR1-TR3, TR5), in the order of
 * D11. The one list: creation refuses with the first that is not met, readiness tells all of them. A restricted
 * direct-bill programme hinders nothing: the transfer is the way out.
 */
public enum Prerequisite {
    RESELLER_ENROLMENT(
            "resellerEnrolment",
            "R12",
            "The source partner is enrolled as indirect reseller.",
            "Enrol as indirect reseller and accept the indirect reseller agreement.",
            parties -> when(
                    !parties.between.source.isEnrolledReseller(),
                    () -> new DomainException(PARTNER_NOT_ENABLED, parties.between.sourceId))),
    PARTNER_AGREEMENT(
            "partnerAgreement",
            "TR1",
            "The source partner accepted the Microsoft Partner Agreement.",
            "Have a global admin accept the Microsoft Partner Agreement.",
            parties -> when(
                    !parties.between.source.hasSignedPartnerAgreement(),
                    () -> new DomainException(OWN_AGREEMENT_MISSING, parties.between.sourceId))),
    // A partner can be no provider of its own, so this is asked before the programme.
    ANOTHER_PARTNER(
            "anotherPartner",
            "TR5",
            "The provider is another partner.",
            "Choose an indirect provider.",
            parties -> when(
                    parties.between.targetId.equals(parties.between.sourceId),
                    () -> new DomainException(TARGET_IS_SOURCE, parties.between.targetId))),
    PROVIDER_ACTIVE(
            "providerActive",
            "TR5",
            "The provider is in the indirect provider programme.",
            "Choose an active indirect provider from the provider directory.",
            parties -> when(
                    parties.between.target == null || !parties.between.target.isActiveProvider(),
                    () -> parties.targetRefused(
                            parties.between.target == null ? "is not known" : "is not an active indirect provider"))),
    PARTNERSHIP(
            "partnership",
            "R24",
            "The provider and the source partner work together.",
            "Ask the provider for a partnership invitation and have a global admin accept it.",
            parties -> when(
                    !parties.between.partnered,
                    () -> parties.targetRefused("has no partnership with partner " + parties.between.sourceId))),
    PROVIDER_OF_CUSTOMER(
            "providerOfCustomer",
            "R27",
            "The provider has a reseller relationship with the customer.",
            "Extend the reseller relationship to the provider, or send the customer an indirect reseller invitation.",
            parties -> when(
                    !parties.servesCustomer,
                    () -> parties.targetRefused("is not an indirect provider of customer " + parties.customerId))),
    CUSTOMER_AGREEMENT(
            "customerAgreement",
            "R51",
            "The customer accepted the Microsoft Customer Agreement itself or through the provider.",
            "Have the customer accept the Microsoft Customer Agreement itself, or have the provider attest it;"
                    + " what you attested yourself is not kept.",
            parties ->
                    when(!parties.agreed, () -> new DomainException(CUSTOMER_AGREEMENT_MISSING, parties.customerId)));

    /**
     * Two partners between whom a transfer is meant to be, as they are for every customer.
     *
     * @param source null when there is no such partner, as is {@code target}
     * @param partnered whether the target's invitation to the source was accepted
     */
    public record Proposal(UUID sourceId, UUID targetId, Partner source, Partner target, boolean partnered) {

        /** Two queries. */
        public static Proposal of(UUID sourceId, UUID targetId, PartnerService partners) {
            var known = partners.byTenantId(List.of(sourceId, targetId));
            return new Proposal(
                    sourceId,
                    targetId,
                    known.get(sourceId),
                    known.get(targetId),
                    partners.arePartnered(targetId, sourceId));
        }
    }

    /**
     * What is known of all who take part.
     *
     * @param servesCustomer whether the target is an indirect provider of the customer
     * @param agreed whether the customer agreement counts as accepted through the target
     */
    public record Parties(UUID customerId, Proposal between, boolean servesCustomer, boolean agreed) {

        private DomainException targetRefused(String why) {
            return new DomainException(TARGET_NOT_RELATED, between.targetId, why);
        }
    }

    /** Spelling on the portal. */
    public final String wireName;
    /** The rule of lifecycle.md or transfers.md. */
    public final String rule;
    /** A sentence that is true when it is met. */
    public final String description;
    /** What to do when it is not. */
    public final String nextStep;

    private final Function<Parties, Optional<DomainException>> check;

    Prerequisite(
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

    /** Empty when it is met, else the refusal of a transfer. */
    public Optional<DomainException> refusal(Parties parties) {
        return check.apply(parties);
    }

    private static Optional<DomainException> when(boolean applies, Supplier<DomainException> refusal) {
        return applies ? Optional.of(refusal.get()) : Optional.empty();
    }
}
