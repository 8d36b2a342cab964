package csp.sandbox.scenario;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import csp.shared.error.DomainException;
import csp.shared.error.ErrorCode;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every property of the format, one at a time. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ScenarioFormatTest {

    private static final Set<String> REQUIRED = Set.of(
            "tenantId",
            "name",
            "companyName",
            "objectId",
            "clientId",
            "provider",
            "reseller",
            "partner",
            "kind",
            "type",
            "id",
            "product",
            "offerId",
            "source",
            "target",
            "lineItems",
            "subscriptionId",
            "token",
            "program",
            "validationId");
    private static final Set<String> COUNTED_FROM_ZERO =
            Set.of("cspRevenueLast12Months", "transferGroupId", "lineItemNumber", "maxCreates", "remainingCreates");

    static Stream<String> everyProperty() {
        return World.pointers(World.everything()).stream();
    }

    static Stream<String> everyText() {
        return everyProperty().filter(pointer -> World.everything().at(pointer).isTextual());
    }

    static Stream<String> everyFreeText() {
        return everyText()
                .filter(pointer -> pointer.matches(
                                ".*/(name|companyName|firstName|lastName|friendlyName|offerName|city|address/state|addressLine\\d|password|transferError|givenBy|method"
                                        + "|recordedBy|answeredBy|activatedBy|enrolledBy|telephone|website|purchaseOrderNumber|taxId"
                                        + "|validationId|organizationName|organizationRegistrationNumber|mailText)")
                        && !pointer.matches(".*/agreements/\\d+/method"));
    }

    static Stream<String> everyNumber() {
        return everyProperty().filter(pointer -> World.everything().at(pointer).isNumber());
    }

    static Stream<String> everyObject() {
        return Stream.concat(
                Stream.of(""),
                everyProperty().filter(pointer -> World.everything().at(pointer).isObject()));
    }

    static Stream<String> everyListEntry() {
        return everyProperty().filter(pointer -> pointer.matches(".*/\\d+"));
    }

    @Test
    void a_document_with_every_property_is_read() {
        assertDoesNotThrow(() -> read(World.everything().toString()));
    }

    @ParameterizedTest
    @MethodSource("everyProperty")
    void a_value_of_another_type_is_refused_with_its_path_and_value(String pointer) {
        var value = World.everything().at(pointer);
        for (var wrong : wrongTypesFor(value)) {
            var description = refusal(World.with(World.everything(), pointer, wrong));
            assertTrue(description.startsWith("Invalid input: " + World.path(pointer) + ": must be "), description);
            assertTrue(
                    wrong.startsWith("{") && description.contains("an object")
                            || wrong.startsWith("[") && description.contains("a list")
                            || description.contains(wrong.replace("\"", "")),
                    description);
        }
    }

    private static List<String> wrongTypesFor(JsonNode value) {
        if (value.isObject()) {
            return List.of("7", "\"text\"", "\"\"", "true", "[{}]");
        } else if (value.isArray()) {
            return List.of("7", "\"text\"", "\"\"", "true", "{}");
        } else if (value.isTextual()) {
            return List.of("7", "1.5", "true", "{}", "[\"text\"]");
        } else if (value.isNumber()) {
            return List.of("\"7\"", "\"\"", "1.5", "99999999999999999999", "true", "{}", "[1]");
        }
        return List.of("7", "\"true\"", "\"\"", "{}", "[true]");
    }

    @ParameterizedTest
    @MethodSource("everyText")
    void a_text_that_is_empty_blank_broken_or_endless_is_refused_with_its_path(String pointer) {
        var lines = pointer.endsWith("/mailText");
        for (var wrong : List.of(
                "\"\"",
                "\"   \"",
                "\"a\\u0000b\"",
                lines ? "\"a\\fb\"" : "\"a\\nb\"",
                "\"\\u0085\"",
                "\"\\ud83c\"",
                "\"\\udfbf\\ud83c\"",
                "\"" + "x".repeat(lines ? 1_000_001 : 2000) + "\"")) {
            // Put in as text: a broken character would not survive a JSON tree.
            var document =
                    World.with(World.everything(), pointer, "\"@@\"").toString().replace("\"@@\"", wrong);
            var description = refusal(document.getBytes(UTF_8));
            assertTrue(description.startsWith("Invalid input: " + World.path(pointer) + ": must "), description);
            assertTrue(description.length() <= 1024, description);
        }
    }

    @ParameterizedTest
    @MethodSource("everyFreeText")
    void a_free_text_may_be_in_any_script(String pointer) {
        assertDoesNotThrow(
                () -> read(World.with(World.everything(), pointer, "\"Žluťoučký 漢字 🎿 عربى O'Neil; drop %s\"")
                        .toString()));
    }

    @ParameterizedTest
    @MethodSource("everyText")
    void a_text_with_a_form_is_refused_in_another_form(String pointer) {
        var name = pointer.substring(pointer.lastIndexOf('/') + 1);
        if (everyFreeText().anyMatch(pointer::equals)
                || Set.of("phoneNumber", "postalCode", "region", "culture", "language", "clientSecret")
                        .contains(name)) {
            return;
        }
        var description = refusal(World.with(World.everything(), pointer, "\"no such <thing>\""));
        assertTrue(description.startsWith("Invalid input: " + World.path(pointer) + ": must be "), description);
    }

    @ParameterizedTest
    @MethodSource("everyNumber")
    void a_number_that_is_too_small_is_refused_with_its_path(String pointer) {
        var fromZero = COUNTED_FROM_ZERO.contains(pointer.substring(pointer.lastIndexOf('/') + 1));
        for (var wrong : fromZero ? List.of("-1") : List.of("0", "-1", "-2147483648")) {
            var description = refusal(World.with(World.everything(), pointer, wrong));
            assertTrue(
                    description.startsWith("Invalid input: " + World.path(pointer) + ": must be at least "),
                    description);
        }
    }

    @ParameterizedTest
    @MethodSource("everyProperty")
    void null_is_the_same_as_absent(String pointer) {
        if (pointer.matches(".*/\\d+")) {
            return;
        }
        var name = pointer.substring(pointer.lastIndexOf('/') + 1);
        var optional = pointer.matches(
                ".*/billTo/companyName|.*/relationships/\\d+/(reseller|provider)|.*/partnershipInvitations/\\d+/reseller|.*/customerInvitations/\\d+/(reseller|provider)|.*/agreements/\\d+/partner|.*/transfers/\\d+/type"
                        + "|.*/orders/\\d+/lineItems/\\d+/subscriptionId|.*/transfers/\\d+/lineItems|.*/transfers/\\d+/lineItems/\\d+/offerId|.*/addonItems/\\d+/offerId");
        for (var document :
                List.of(World.with(World.everything(), pointer, "null"), World.without(World.everything(), pointer))) {
            if (REQUIRED.contains(name) && !optional) {
                assertEquals("Invalid input: " + World.path(pointer) + ": is required.", refusal(document));
            } else {
                assertDoesNotThrow(() -> read(document.toString()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("everyListEntry")
    void a_list_has_no_null_in_it(String pointer) {
        assertEquals(
                "Invalid input: " + World.path(pointer) + ": must not be null.",
                refusal(World.with(World.everything(), pointer, "null")));
    }

    @ParameterizedTest
    @MethodSource("everyObject")
    void an_unknown_property_is_refused_by_name_with_its_path(String pointer) {
        var path = pointer.isEmpty() ? "" : World.path(pointer) + ".";
        assertEquals(
                "Invalid input: " + path + "foo: there is no such property.",
                refusal(World.with(World.everything(), pointer + "/foo", "null")));
    }

    @ParameterizedTest
    @MethodSource("everyProperty")
    void a_property_in_another_case_is_unknown(String pointer) {
        if (pointer.matches(".*/\\d+")) {
            return;
        }
        var cut = pointer.lastIndexOf('/') + 1;
        var other = pointer.substring(0, cut) + Character.toUpperCase(pointer.charAt(cut)) + pointer.substring(cut + 1);
        assertEquals(
                "Invalid input: " + World.path(other) + ": there is no such property.",
                refusal(World.with(
                        World.everything(),
                        other,
                        World.everything().at(pointer).toString())));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /partners/0/programs/directBill            | Active      | one of: none, active, restricted
            /partners/0/programs/indirectReseller      | active      | one of: none, submitted, approved, enrolled
            /partners/0/programs/indirectProvider      | enrolled    | one of: none, active, restricted
            /partners/0/users/0/roles/0                | globaladmin | one of: GlobalAdmin, AdminAgent, SalesAgent, HelpdeskAgent, BillingAdmin
            /partners/0/users/0/roles/1                | SandboxOperator | one of: GlobalAdmin, AdminAgent, SalesAgent, HelpdeskAgent, BillingAdmin
            /partners/0/incentives/0/program           | both        | one of: indirectReseller, directBill
            /partners/1/offerings/0                    | lunch       | one of: training, marketing, financing, support
            /partners/1/partnershipInvitations/0/state | expired     | one of: pending, accepted, declined
            /partners/1/partnershipInvitations/0/token | a-b         | a token of letters and digits
            /partnerships/0/state                      | ended       | active
            /customers/0/relationships/0/kind          | direct      | one of: directReseller, indirectProvider, indirectReseller
            /customers/0/relationships/0/via           | mail        | one of: direct, invitation, extension
            /customers/0/agreements/0/type             | MCA         | one of: MicrosoftCloudAgreement, MicrosoftCustomerAgreement
            /customers/0/agreements/0/method           | Direct      | one of: direct, attestation
            /customers/0/subscriptions/0/product       | LICENSE     | one of: license, azurePayg, azurePlan, azureReservation, azureSavingsPlan, termBased, marketplaceSaas, newCommerceLicense
            /customers/0/subscriptions/0/billingCycle  | oneTime     | one of: none, monthly, annual, one_time, triennial, biennial
            /customers/0/subscriptions/0/status        | Active      | one of: active, suspended, deleted, expired, pending, disabled
            /customers/0/subscriptions/0/syncState     | partial     | one of: complete, none
            /customers/0/transfers/0/type              | newcommerce | one of: legacy, newCommerce
            /customers/0/transfers/0/status            | Withdrawn   | one of: Active, Complete, PartiallyComplete, Reject, Pending, InProgress, Failed, Cancel, Expired
            /customers/0/transfers/0/lineItems/0/status | complete   | one of: Complete, Failed, InProgress
            /customers/0/orders/0/status               | done        | one of: completed, pending, cancelled
            /partners/0/country                        | us          | a country code of two capital letters such as US
            /partners/0/country                        | XX          | a country code of two capital letters such as US
            /partners/0/currency                       | US          | a currency code of three capital letters such as USD
            /partners/0/mpnId                          | 48a         | digits only
            /customers/0/subscriptions/0/termDuration  | PT1H        | a duration such as P1M, P1Y or P3Y
            """)
    void a_value_that_is_not_allowed_is_refused_with_those_that_are(String pointer, String value, String allowed) {
        assertEquals(
                "Invalid input: %s: must be %s, not '%s'.".formatted(World.path(pointer), allowed, value),
                refusal(World.with(World.everything(), pointer, "\"" + value + "\"")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c1000000-0000-4000-8000-00000000000",
                "c1000000-0000-4000-8000-0000000000011",
                "c1000000000040008000000000000001",
                "{c1000000-0000-4000-8000-000000000001}",
                " c1000000-0000-4000-8000-000000000001",
                "c1000000-0000-4000-8000-00000000000g",
                "1-1-1-1-1",
                "wQAAAAAAQACAAAAAAAAAAQ=="
            })
    void an_id_that_is_no_guid_is_refused(String id) {
        assertEquals(
                "Invalid input: customers[0].tenantId: must be a GUID such as 00000000-0000-4000-8000-000000000001, not '%s'."
                        .formatted(id),
                refusal(World.with(World.everything(), "/customers/0/tenantId", "\"" + id + "\"")));
    }

    @ParameterizedTest
    @CsvSource({
        "2020-01-31, 2020-01-31T00:00:00Z",
        "2020-02-29T10:00:00Z, 2020-02-29T10:00:00Z",
        "2020-01-31T10:00:00, 2020-01-31T10:00:00Z",
        "2020-01-31T10:00:00+02:00, 2020-01-31T08:00:00Z",
        "2020-01-31T10:00:00-05:30, 2020-01-31T15:30:00Z",
        "2020-01-31T10:00:00.1Z, 2020-01-31T10:00:00.1Z",
        "2020-01-31T10:00:00.1234567Z, 2020-01-31T10:00:00.123456Z",
        "2020-01-31T10:00:00.123456789, 2020-01-31T10:00:00.123456Z",
        "0001-01-01, 0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.9999999Z, 9999-12-31T23:59:59.999999Z"
    })
    void a_date_is_read_in_every_published_spelling(String sent, String meant) {
        var scenario =
                read(World.with(World.everything(), "/customers/0/subscriptions/0/creationDate", "\"" + sent + "\"")
                        .toString());
        assertTrue(ScenarioJson.write(scenario).contains("\"creationDate\":\"" + meant + "\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2020-02-30",
                "2021-02-29T00:00:00Z",
                "2020-13-01",
                "20200131",
                "2020-01-31T25:00:00Z",
                "2020-01-31 10:00:00",
                "2020-01-31T10:00Z",
                "2020-01-31T10:00:00.Z",
                "2020-01-31T10:00:00.1234567890Z",
                "2020-01-31T10:00:00 02:00",
                "31.01.2020",
                "10000-01-01T00:00:00Z",
                "+10000-01-01T00:00:00Z",
                "-0001-01-01T00:00:00Z",
                "0000-01-01",
                "9999-12-31T23:59:59-05:00",
                "now"
            })
    void a_date_that_is_none_is_refused(String text) {
        assertEquals(
                ("Invalid input: customers[0].subscriptions[0].creationDate: must be a date or date-time such as 2020-01-31 or "
                                + "2020-01-31T10:00:00.123456Z, not '%s'.")
                        .formatted(text),
                refusal(World.with(
                        World.everything(), "/customers/0/subscriptions/0/creationDate", "\"" + text + "\"")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "{",
                "{\"partners\":}",
                "{} {}",
                "{\"partners\":[],}",
                "{'partners':[]}",
                "{partners:[]}",
                "{\"partners\":[],\"partners\":[]}",
                "// no\n{}",
                "\u0000",
                "null",
                "[]",
                "7",
                "\"text\"",
                "<world/>"
            })
    void what_is_not_one_json_object_is_refused(String document) {
        assertTrue(
                refusal(document.getBytes(UTF_8)).startsWith("Invalid input: the document "),
                refusal(document.getBytes(UTF_8)));
    }

    @Test
    void nesting_without_end_is_refused() {
        assertTrue(refusal(("{\"partners\":" + "[".repeat(100_000)).getBytes(UTF_8))
                .startsWith("Invalid input: "));
    }

    @Test
    void what_is_not_unicode_is_refused() {
        assertTrue(refusal(new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'})
                .startsWith("Invalid input: "));
    }

    @Test
    void a_document_in_utf_16_is_read_as_well() {
        assertEquals(
                read(World.everything().toString()),
                ScenarioJson.read(World.everything().toString().getBytes(UTF_16)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/partners/0/users/0/password",
                "/customers/0/users/0/passwordHash",
                "/partners/0/applications/0/clientSecret"
            })
    void a_refusal_does_not_repeat_a_secret(String pointer) {
        var description = refusal(World.with(World.everything(), pointer, "\"hush\\u0001hush\""));
        assertFalse(description.contains("hush"), description);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$2a$31$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy",
                "$2a$08$short",
                "plain",
                "$1a$08$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy"
            })
    void a_hash_that_is_none_or_would_take_minutes_to_check_is_refused(String hash) {
        assertEquals(
                "Invalid input: customers[0].users[0].passwordHash: must be a bcrypt hash with a cost of 04 to 14, not the one given.",
                refusal(World.with(World.everything(), "/customers/0/users/0/passwordHash", "\"" + hash + "\"")));
    }

    private static Entry read(String document) {
        return ScenarioJson.read(document.getBytes(UTF_8));
    }

    private static String refusal(JsonNode document) {
        return refusal(document.toString().getBytes(UTF_8));
    }

    private static String refusal(byte[] document) {
        var refusal = assertThrows(DomainException.class, () -> ScenarioJson.read(document));
        assertEquals(ErrorCode.INVALID_INPUT, refusal.error);
        return refusal.getMessage();
    }
}
