package csp.commerce.agreement.api;

import csp.commerce.agreement.AgreementType;
import csp.shared.error.Choice;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

/** The agreement types that a request asks for. */
final class AgreementTypes {

    private static final String ALL = "*";

    private AgreementTypes() {}

    /** {@code *} is all; absent or empty is the cloud agreement, which older clients mean (storefront.md §5). Error 900126. */
    static Set<AgreementType> wanted(String text) {
        if (text == null || text.isBlank()) {
            return EnumSet.of(AgreementType.CLOUD);
        }
        return text.equals(ALL) ? EnumSet.allOf(AgreementType.class) : EnumSet.of(one(text, "agreementType"));
    }

    /** Error 900126. */
    static AgreementType one(String text, String name) {
        return AgreementType.named(text)
                .orElseThrow(() -> Choice.refusal(
                        name, text, Stream.of(AgreementType.values()).map(type -> type.wireName)));
    }
}
