package csp.sandbox.journal;

/** What in a single request can deviate from the published contract and yet be accepted. */
public enum DeviationRule {
    UNKNOWN_PROPERTY(
            "ST1-unknown-property",
            Severity.WARNING,
            "The published schema has no such property",
            "Leave the property out or spell it as published: it is ignored, and what it was meant to say is not heard."),
    PROPERTY_CASE(
            "ST1-property-case",
            Severity.INFO,
            "A property in another letter case",
            "Write property names as the published schema does, in camelCase."),
    WORD_CASE(
            "ST1-word-case",
            Severity.INFO,
            "A word in another letter case",
            "Write the words of an enumeration as published: not every part of the real service ignores their case."),
    NUMBER_AS_STRING("W7-number-as-string", Severity.WARNING, "A number as a string", "Send a number, without quotes."),
    EMPTY_TEXT(
            "W7-empty-text",
            Severity.INFO,
            "An empty text that says nothing",
            "Leave out what has no value, in place of an empty text."),
    DATE_WITHOUT_ZONE(
            "W9-date-without-zone",
            Severity.INFO,
            "A time without a zone",
            "End a time with Z or an offset; without either it is read as UTC."),
    PARAMETER_CASE(
            "W28-parameter-case",
            Severity.INFO,
            "A query parameter in another letter case",
            "Write the names of query parameters as published."),
    UNKNOWN_PARAMETER(
            "W28-unknown-parameter",
            Severity.WARNING,
            "The operation has no such query parameter",
            "Leave the query parameter out: no published operation at this path has it, and it is ignored."),
    NO_REQUEST_ID(
            "ST5-no-request-id",
            Severity.WARNING,
            "A write without an id that makes it repeatable, the missing header",
            "Send a GUID of its own in MS-RequestId with every POST, PUT, PATCH and DELETE, and the same one when the answer did not"
                    + " come: only then is a repeat harmless."),
    NO_READ_REQUEST_ID(
            "ST3-no-request-id",
            Severity.INFO,
            "A header is missing",
            "Send a GUID of its own in MS-RequestId, as the pages ask for."),
    NO_CORRELATION_ID(
            "ST3-no-correlation-id",
            Severity.INFO,
            "A header is missing",
            "Send a GUID in MS-CorrelationId, the same for all requests of one piece of work: support asks for it."),
    ID_NO_GUID(
            "ST3-id-no-guid",
            Severity.WARNING,
            "An id that is no GUID",
            "Send GUIDs in MS-RequestId and MS-CorrelationId."),
    NO_ACCEPT("ST3-no-accept", Severity.INFO, "A header is missing", "Send Accept: application/json."),
    OTHER_ACCEPT(
            "W31-accept",
            Severity.INFO,
            "Another media type than the published one",
            "Send Accept: application/json; other media types have other names of it."),
    NO_CONTENT_TYPE(
            "ST2-no-content-type",
            Severity.INFO,
            "A body whose type is not said, the missing header",
            "Send Content-Type: application/json with a body."),
    DOUBLED_SLASH(
            "ST4-doubled-slash",
            Severity.INFO,
            "Doubled slashes",
            "Join the base address and the path with one slash."),
    LEGACY_AUDIENCE(
            "W40-legacy-audience",
            Severity.ERROR,
            "A token for an audience that is no longer supported",
            "Ask for tokens for https://api.partnercenter.microsoft.com: those for https://graph.windows.net are refused since autumn"
                    + " 2025 (401 code 900420)."),
    NO_MFA(
            "W41-no-mfa",
            Severity.ERROR,
            "A user's token without a second factor",
            "Sign users in with a second factor: the real service refuses tokens without mfa in amr since April 2026."),
    OLD_AGREEMENT(
            "W27-cloud-agreement",
            Severity.WARNING,
            "A question about an agreement that is no more",
            "Ask for MicrosoftCustomerAgreement by name: without agreementType, or with MicrosoftCloudAgreement, the answer is about an"
                    + " agreement that nobody can accept any more."),
    GRANT_CASE(
            "W42-grant-case",
            Severity.INFO,
            "A grant in another letter case",
            "Write grant_type in lower case, as RFC 6749 has it."),
    HAND_MADE_PAGE(
            "W23-paging-by-hand",
            Severity.WARNING,
            "A page that no link leads to",
            "Follow links.next with the headers that it names until there is none; the published API has no offsets, and the form of a"
                    + " page's address may change."),
    NO_OPERATION(
            "no-such-operation",
            Severity.ERROR,
            "There is no such operation",
            "Call a published operation: there is none with this method and path.");

    /** How the rule is called outside: the number of docs/parity.md, if there is one, and a word for it. */
    public final String id;

    public final Severity severity;
    /** What is found, before the places where it is. */
    public final String says;
    /** What to do about it. */
    public final String advice;

    DeviationRule(String id, Severity severity, String says, String advice) {
        this.id = id;
        this.severity = severity;
        this.says = says;
        this.advice = advice;
    }
}
