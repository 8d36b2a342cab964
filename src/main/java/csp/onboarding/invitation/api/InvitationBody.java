package csp.onboarding.invitation.api;

import static csp.onboarding.invitation.InvitationKind.INDIRECT_RESELLER;

import csp.onboarding.invitation.InvitationKind;
import csp.onboarding.invitation.InvitationLetter;
import csp.onboarding.invitation.InvitationRequest;
import csp.shared.error.Choice;
import csp.shared.error.Quoted;
import csp.shared.http.JsonFields;
import java.util.stream.Stream;

/** The body that invites a customer. */
final class InvitationBody {

    private static final int LONGEST_KIND = 32;
    private static final int LONGEST_MAIL = 10_000;

    private InvitationBody() {}

    /**
     * Errors: 900126 for an unknown kind; 800002 for a field that is missing or malformed, a provider where the kind has none,
     * and a mail without the link (R39).
     */
    static InvitationRequest read(JsonFields body) {
        var name = body.requiredText("kind", LONGEST_KIND);
        var kind = InvitationKind.named(name)
                .orElseThrow(() -> Choice.refusal(
                        "kind", name, Stream.of(InvitationKind.values()).map(known -> known.wireName)));
        var provider = body.guid("indirectProviderId").orElse(null);
        if (kind == INDIRECT_RESELLER && provider == null) {
            throw body.missing("indirectProviderId");
        }
        if (kind != INDIRECT_RESELLER && provider != null) {
            throw body.refusal(
                    "indirectProviderId",
                    "does not go with the kind '%s' but is '%s'".formatted(kind.wireName, provider));
        }
        var email = body.email("customerEmail").orElse(null);
        var text = body.lines("mailText", LONGEST_MAIL).orElse(null);
        if (text != null && !InvitationLetter.keepsLink(text)) {
            throw body.refusal(
                    "mailText",
                    "must keep the link, written '" + InvitationLetter.PLACEHOLDER + "', but is " + Quoted.text(text));
        }
        return new InvitationRequest(kind, provider, email, text);
    }
}
