package csp.commerce.agreement.api;

import csp.commerce.agreement.AgreementAcceptance;
import csp.commerce.agreement.AgreementContact;
import csp.commerce.agreement.AgreementType;
import csp.shared.error.Quoted;
import csp.shared.http.JsonFields;
import java.util.regex.Pattern;

/** The bodies that confirm or accept an agreement. Who confirms is the caller, whatever the body says. */
final class AgreementRequest {

    private static final int LONGEST_NAME = 50;
    private static final int LONGEST_PHONE = 32;
    private static final int LONGEST_CODE = 64;
    private static final Pattern PHONE = Pattern.compile("\\+?[0-9][0-9 ()./-]*");

    private AgreementRequest() {}

    /**
     * An attestation. The template decides the type (W27). Errors: 800002 for a field that is missing or malformed and for an
     * agreement that nobody accepts any more, 900126 for an unknown type.
     */
    static AgreementAcceptance attestation(JsonFields body) {
        var contact = contact(body.object("primaryContact").orElseThrow(() -> body.missing("primaryContact")));
        var type = AgreementTypes.one(body.requiredText("type", LONGEST_CODE), "type");
        var date = body.instant("dateAgreed").orElseThrow(() -> body.missing("dateAgreed"));
        return new AgreementAcceptance(ofTemplate(type, body), date, contact);
    }

    /** A direct acceptance: everything may be left out. Returns the contact, null when none is named. Errors as above. */
    static AgreementContact acceptance(JsonFields body) {
        body.textUnlessBlank("type", LONGEST_CODE)
                .map(text -> AgreementTypes.one(text, "type"))
                .filter(type -> type != AgreementType.CUSTOMER)
                .ifPresent(type -> {
                    throw body.refusal(
                            "type", "must be '" + AgreementType.CUSTOMER.wireName + "' but is '" + type.wireName + "'");
                });
        requireTemplateOf(AgreementType.CUSTOMER, body);
        return body.object("primaryContact").map(AgreementRequest::contact).orElse(null);
    }

    private static AgreementType ofTemplate(AgreementType said, JsonFields body) {
        var template = body.guid("templateId").orElse(said.templateId);
        if (template.equals(AgreementType.CLOUD.templateId)) {
            throw body.refusal(
                    "templateId",
                    "'%s', the template of %s, is no longer supported"
                            .formatted(template, AgreementType.CLOUD.wireName));
        }
        requireTemplateOf(AgreementType.CUSTOMER, body);
        return AgreementType.CUSTOMER;
    }

    private static void requireTemplateOf(AgreementType type, JsonFields body) {
        body.guid("templateId").filter(id -> !id.equals(type.templateId)).ifPresent(id -> {
            throw body.refusal(
                    "templateId",
                    "must be '%s', the template of %s, but is '%s'".formatted(type.templateId, type.wireName, id));
        });
    }

    private static AgreementContact contact(JsonFields contact) {
        var email = contact.requiredEmail("email");
        var phone = contact.textUnlessBlank("phoneNumber", LONGEST_PHONE).orElse(null);
        if (phone != null && !PHONE.matcher(phone).matches()) {
            throw contact.refusal("phoneNumber", "must be a phone number but is " + Quoted.text(phone));
        }
        return new AgreementContact(
                contact.requiredText("firstName", LONGEST_NAME),
                contact.requiredText("lastName", LONGEST_NAME),
                email,
                phone);
    }
}
