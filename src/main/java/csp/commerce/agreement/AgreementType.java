package csp.commerce.agreement;

import csp.shared.error.Choice;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The agreements with Microsoft that a customer can accept, each with its one template (storefront.md §5). */
public enum AgreementType {
    CLOUD(
            "MicrosoftCloudAgreement",
            "998b88de-aa99-4388-a42c-1b3517d49490",
            "https://docs.microsoft.com/partner-center/agreements"),
    CUSTOMER("MicrosoftCustomerAgreement", "117a77b0-9360-443b-8795-c6dedc750cf9", "https://aka.ms/customeragreement");

    /** The published spelling. */
    public final String wireName;

    public final UUID templateId;
    /** Where the text of the agreement is. */
    public final String link;

    AgreementType(String wireName, String templateId, String link) {
        this.wireName = wireName;
        this.templateId = UUID.fromString(templateId);
        this.link = link;
    }

    /** The type called so, in Pascal or snake case; empty when there is none. */
    public static Optional<AgreementType> named(String text) {
        return Stream.of(values())
                .filter(type -> Choice.same(type.wireName, text))
                .findFirst();
    }

    /** Empty when no agreement has this template. */
    public static Optional<AgreementType> ofTemplate(UUID templateId) {
        return Stream.of(values())
                .filter(type -> type.templateId.equals(templateId))
                .findFirst();
    }
}
