package csp.directory.customer.api;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import csp.testsupport.PostgresTestResource;
import csp.testsupport.RecordedShape;
import csp.testsupport.TestCustomer;
import csp.testsupport.TestPartner;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The company and the billing profile of a customer (storefront.md §1, §1.1). */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class CustomerProfileTest {

    private TestCustomer customer;
    private String billing;

    @BeforeEach
    void a_customer_of_Contoso_and_Fabrikam() {
        customer = TestCustomer.readyToTransfer()
                .with("companyName", "Lamna Healthcare")
                .with("domain", "d" + UUID.randomUUID().toString().replace("-", "") + ".example")
                .with(
                        "billTo",
                        Map.of(
                                "firstName",
                                "Lee",
                                "lastName",
                                "Gu",
                                "email",
                                "lee@lamna.example",
                                "address",
                                Map.of(
                                        "addressLine1",
                                        "9 River Street",
                                        "city",
                                        "Spokane",
                                        "state",
                                        "WA",
                                        "postalCode",
                                        "99201",
                                        "country",
                                        "US",
                                        "firstName",
                                        "Lee",
                                        "lastName",
                                        "Gu",
                                        "phoneNumber",
                                        "5095550133")))
                .load();
        billing = customer.path() + "/profiles/billing";
    }

    @Test
    void get_a_company_profile_as_recorded() {
        var answer = CONTOSO.calls("admin")
                .get(customer.path() + "/profiles/company")
                .then()
                .statusCode(200)
                .header("Content-Type", "application/json; charset=utf-8")
                .extract()
                .asString();
        RecordedShape.file("get-a-customer-s-company-profile.json").assertFits(answer);
    }

    @Test
    void without_delegated_administration_the_company_has_neither_address_nor_email() {
        FABRIKAM.calls("admin")
                .get(customer.path() + "/profiles/company")
                .then()
                .statusCode(200)
                .body("companyName", is("Lamna Healthcare"), "address", nullValue(), "email", nullValue());
    }

    @Test
    void the_company_profile_is_for_users_900329_and_for_partners_of_the_customer_20002() {
        CONTOSO.calls()
                .get(customer.path() + "/profiles/company")
                .then()
                .statusCode(403)
                .body("code", is(900329));
        var stranger = TestCustomer.unrelated().load();
        CONTOSO.calls("admin")
                .get(stranger.path() + "/profiles/company")
                .then()
                .statusCode(403)
                .body("code", is(20002));
        CONTOSO.calls()
                .get(stranger.path() + "/profiles/billing")
                .then()
                .statusCode(403)
                .body("code", is(20002));
        CONTOSO.sendsAnything()
                .get("/v1/customers/x/profiles/billing")
                .then()
                .statusCode(400)
                .body("code", is(900118));
    }

    @Test
    void get_and_put_a_billing_profile_as_recorded() {
        var read = CONTOSO.calls().get(billing).then().statusCode(200).extract().asString();
        RecordedShape.file("get-all-of-a-customer-s-billing-profiles.json").assertFits(read);
        var changed = put(profile("email", "new@lamna.example"), etag())
                .statusCode(200)
                .extract()
                .asString();
        RecordedShape.file("update-a-customer-s-billing-profile.json").assertFits(changed);
    }

    @Test
    void a_change_is_there_afterwards_and_has_a_new_etag() {
        var before = etag();
        var after = put(profile("email", "new@lamna.example"), before)
                .statusCode(200)
                .body("email", is("new@lamna.example"), "culture", is("en-US"), "language", is("En"))
                .extract()
                .<String>path("attributes.etag");
        assertNotEquals(before, after);
        assertEquals(after, etag());
        CONTOSO.calls().get(customer.path()).then().body("billingProfile.email", is("new@lamna.example"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "\"%s\""})
    void the_etag_counts_from_If_Match_with_or_without_quotes(String form) {
        CONTOSO.sendsAnything()
                .header("If-Match", form.formatted(etag()))
                .contentType("application/json")
                .body(profile("city", "Yakima"))
                .put(billing)
                .then()
                .statusCode(200);
    }

    @Test
    void any_version_may_be_named_by_a_star() {
        put(profile("email", "a@b.example"), "*").statusCode(200);
    }

    @Test
    void without_an_etag_nothing_is_changed_800002() {
        refused(profile("email", "new@lamna.example"), null, 400, 800002, "etag");
    }

    @Test
    void W34_a_stale_etag_is_refused_400_code_2055_in_the_header_and_in_the_body() {
        var stale = etag();
        put(profile("email", "first@lamna.example"), stale).statusCode(200);
        refused(profile("email", "second@lamna.example"), stale, 400, 2055, stale);
        var before = etag();
        CONTOSO.sendsAnything()
                .header("If-Match", stale)
                .contentType("application/json")
                .body(profile("email", "second@lamna.example"))
                .put(billing)
                .then()
                .statusCode(400)
                .body("code", is(2055));
        assertEquals(before, etag());
    }

    @Test
    void the_same_profile_again_changes_nothing() {
        put(profile("email", "new@lamna.example"), etag()).statusCode(200);
        var before = etag();
        put(profile("email", "new@lamna.example"), before).statusCode(200);
        assertEquals(before, etag());
    }

    @Test
    void what_the_body_leaves_out_is_gone() {
        var profile = profile("firstName", null);
        put(profile, etag()).statusCode(200).body("defaultAddress.addressLine2", nullValue());
        CONTOSO.calls().get(billing).then().body("firstName", is("Lee")); // that of the address
    }

    @Test
    void an_indirect_reseller_does_not_bill_the_customer_2032() {
        var provider = new TestPartner().partneredWith(CONTOSO.tenantId).load();
        var indirect = TestCustomer.unrelated()
                .related(Map.of("partner", provider.tenantId, "kind", "indirectProvider", "reseller", CONTOSO.tenantId))
                .related(Map.of("partner", CONTOSO.tenantId, "kind", "indirectReseller", "provider", provider.tenantId))
                .load();
        CONTOSO.calls().get(indirect.path() + "/profiles/billing").then().statusCode(200);
        CONTOSO.sendsAnything()
                .header("If-Match", "*")
                .contentType("application/json")
                .body(profile("email", "a@b.example"))
                .put(indirect.path() + "/profiles/billing")
                .then()
                .statusCode(403)
                .body("code", is(2032));
    }

    @Test
    void the_change_is_in_the_audit_with_both_profiles() {
        put(profile("email", "new@lamna.example"), etag()).statusCode(200);
        CONTOSO.calls()
                .queryParam(
                        "filter",
                        "{\"Field\":\"CustomerId\",\"Value\":\"%s\",\"Operator\":\"equals\"}".formatted(customer.id))
                .get("/v1/auditrecords")
                .then()
                .statusCode(200)
                .body(
                        "totalCount",
                        is(1),
                        "items[0].operationType",
                        is("update_customer_billing_profile"),
                        "items[0].resourceOldValue",
                        containsString("\"Email\":\"lee@lamna.example\""),
                        "items[0].resourceNewValue",
                        containsString("\"Email\":\"new@lamna.example\""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "email | null",
                "email | \"\"",
                "email | \"x\"",
                "email | 1",
                "culture | null",
                "culture | \"english\"",
                "culture | []",
                "language | null",
                "language | \"!\"",
                "companyName | null",
                "companyName | \" \"",
                "companyName | {}",
                "companyName | \"a\\u0000b\"",
                "firstName | 7",
                "lastName | []",
                "defaultAddress | null",
                "defaultAddress | []",
                "attributes | []",
                "country | null",
                "country | \"U\"",
                "country | \"XX\"",
                "country | \"IE\"",
                "country | 1",
                "city | null",
                "city | \"\"",
                "state | null",
                "state | \"Wash\"",
                "state | \"ZZ\"",
                "addressLine1 | null",
                "addressLine1 | \"\"",
                "addressLine2 | 1",
                "postalCode | null",
                "postalCode | \"ABC\"",
                "phoneNumber | 5095550133",
                "region | {}"
            })
    void a_value_that_cannot_be_is_refused_800002_by_name(String field, String value) {
        var json = field.equals("attributes") ? "{\"attributes\":[]}" : json(field, value);
        var before = CONTOSO.calls().get(billing).asString();
        CONTOSO.sendsAnything()
                .header("If-Match", etag())
                .contentType("application/json")
                .body(json)
                .put(billing)
                .then()
                .statusCode(400)
                .body(
                        "code",
                        is(800002),
                        "description",
                        allOf(containsString(field), not(containsString("csp.")), not(containsString("jackson"))));
        assertEquals(before, CONTOSO.calls().get(billing).asString());
    }

    @ParameterizedTest
    @CsvSource({
        "addressLine1,200",
        "addressLine2,200",
        "defaultAddress.firstName,50",
        "defaultAddress.lastName,50",
        "firstName,50",
        "postalCode,20"
    })
    void a_text_that_is_too_long_is_refused_800002(String field, int longest) {
        var name = field.substring(field.indexOf('.') + 1);
        refused(
                field.equals("firstName")
                        ? profile(name, "x".repeat(longest + 1))
                        : address(name, "x".repeat(longest + 1)),
                etag(),
                400,
                800002,
                field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "1", "{", "{}x"})
    void a_body_that_is_no_object_is_refused_800002(String body) {
        CONTOSO.sendsAnything()
                .header("If-Match", "*")
                .contentType("application/json")
                .body(body)
                .put(billing)
                .then()
                .statusCode(400)
                .body("code", is(800002));
        CONTOSO.sendsAnything()
                .header("If-Match", "*")
                .contentType("text/xml")
                .body("<a/>")
                .put(billing)
                .then()
                .statusCode(415)
                .body("code", is(800002));
    }

    private String etag() {
        return CONTOSO.calls().get(billing).then().statusCode(200).extract().path("attributes.etag");
    }

    private ValidatableResponse put(Map<String, Object> profile, String etag) {
        if (etag != null) {
            profile.put("Attributes", Map.of("Etag", etag, "ObjectType", "CustomerBillingProfile"));
        }
        return CONTOSO.sendsAnything()
                .contentType("application/json")
                .body(profile)
                .put(billing)
                .then();
    }

    private void refused(Map<String, Object> profile, String etag, int status, int code, String mentioned) {
        var before = CONTOSO.calls().get(billing).asString();
        put(profile, etag).statusCode(status).body("code", is(code), "description", containsString(mentioned));
        assertEquals(before, CONTOSO.calls().get(billing).asString());
    }

    /** A whole profile in the spelling of an SDK, with one value of it or of its address set. */
    private static Map<String, Object> profile(String name, Object value) {
        if (name.equals("city")) {
            return address(name, value);
        }
        var profile = new LinkedHashMap<String, Object>();
        profile.put("Email", "lee@lamna.example");
        profile.put("Culture", "EN-US");
        profile.put("Language", "En");
        profile.put("CompanyName", "Lamna Healthcare");
        profile.put("FirstName", "Lee");
        profile.put("LastName", "Gu");
        profile.put("DefaultAddress", addressWith("", null));
        profile.put(Character.toUpperCase(name.charAt(0)) + name.substring(1), value);
        return profile;
    }

    private static Map<String, Object> address(String name, Object value) {
        var profile = profile("email", "lee@lamna.example");
        profile.put("DefaultAddress", addressWith(name, value));
        return profile;
    }

    private static Map<String, Object> addressWith(String name, Object value) {
        var address = new LinkedHashMap<String, Object>(Map.of(
                "addressLine1",
                "9 River Street",
                "city",
                "Spokane",
                "state",
                "WA",
                "postalCode",
                "99201",
                "country",
                "US",
                "firstName",
                "Lee",
                "lastName",
                "Gu",
                "phoneNumber",
                "5095550133"));
        if (!name.isEmpty()) {
            address.put(name, value);
        }
        return address;
    }

    private static String json(String field, String value) {
        var address = """
                {"addressLine1":"9 River Street","city":"Spokane","state":"WA","postalCode":"99201","country":"US"}""";
        var profile = """
                {"email":"a@b.example","culture":"en-US","language":"en","companyName":"Lamna","defaultAddress":%s}""".formatted(address);
        var known = "(\"%s\":)(\"[^\"]*\"|\\{[^}]*\\})".formatted(field);
        if (profile.matches(".*" + known + ".*")) {
            return profile.replaceAll(known, "$1" + Matcher.quoteReplacement(value));
        }
        return field.equals("firstName") || field.equals("lastName")
                ? profile.replace("{\"email\"", "{\"%s\":%s,\"email\"".formatted(field, value))
                : profile.replace("{\"addressLine1\"", "{\"%s\":%s,\"addressLine1\"".formatted(field, value));
    }
}
