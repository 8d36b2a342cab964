package csp.onboarding.provisioning.api;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import csp.testsupport.DemoPartner;
import csp.testsupport.PostgresTestResource;
import csp.testsupport.RecordedShape;
import csp.testsupport.Simultaneously;
import csp.testsupport.Sql;
import csp.testsupport.TestPartner;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a partner gets a new customer (storefront.md §1.3; lifecycle.md R42, R63). */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class CreateCustomerTest {

    @Inject
    AgroalDataSource database;

    private final String domain = "d" + UUID.randomUUID().toString().replace("-", "") + ".example";

    @Test
    void create_a_customer_as_recorded() {
        var request = request();
        request.put("enableGDAPByDefault", true);
        var answer = create(CONTOSO.calls(), request)
                .statusCode(201)
                .header("Content-Type", "application/json; charset=utf-8")
                .extract()
                .asString();
        RecordedShape.file("create-a-customer.json")
                .with("companyName")
                .without("phoneNumber")
                .assertFits(answer);
    }

    @Test
    void create_a_customer_for_an_indirect_reseller_as_recorded() {
        var request = request();
        request.put("AssociatedPartnerId", CONTOSO.tenantId);
        address(request).put("PhoneNumber", "5125550144");
        var answer = create(FABRIKAM.calls("admin"), request)
                .statusCode(201)
                .extract()
                .asString();
        RecordedShape.file("create-a-customer-for-an-indirect-reseller.json").assertFits(answer);
    }

    @Test
    void a_direct_bill_partner_gets_a_customer_of_its_own() {
        var id = create(CONTOSO.calls(), request())
                .statusCode(201)
                .body(
                        "relationshipToPartner",
                        is("reseller"),
                        "billingProfile.culture",
                        is("en-US"),
                        "$",
                        not(hasKey("enableGDAPByDefault")))
                .extract()
                .<String>path("id");
        CONTOSO.calls()
                .get("/v1/customers/" + id)
                .then()
                .statusCode(200)
                .body(
                        "companyProfile.companyName",
                        is("Relecloud"),
                        "companyProfile.domain",
                        is(domain),
                        "allowDelegatedAccess",
                        is(true),
                        "billingProfile.email",
                        is("ana@relecloud.example"));
        FABRIKAM.calls().get("/v1/customers/" + id).then().statusCode(403).body("code", is(20002));
    }

    @Test
    void R42_a_provider_creates_the_tenant_and_the_customer_is_in_the_list_of_the_reseller_too() {
        var provider = new TestPartner().partneredWith(CONTOSO.tenantId).load();
        var request = request();
        request.put("associatedPartnerId", CONTOSO.tenantId.toString().toUpperCase());
        var id = create(provider.adminCalls(), request)
                .statusCode(201)
                .body("associatedPartnerId", is(CONTOSO.tenantId.toString()))
                .extract()
                .<String>path("id");
        provider.calls().get("/v1/customers").then().body("items.id", hasItem(id));
        CONTOSO.calls().get("/v1/customers/" + id).then().statusCode(200);
        provider.adminCalls()
                .get("/v1/customers/" + id + "/relationships")
                .then()
                .body("items.id", hasItem(CONTOSO.tenantId.toString()));
        CONTOSO.sendsAnything()
                .get("/v1/customers/" + id + "/orders")
                .then()
                .statusCode(403)
                .body("code", is(2032));
    }

    @Test
    void R42_a_mere_reseller_cannot_create_a_customer_600006() {
        var reseller = new TestPartner()
                .with("programs", Map.of("indirectReseller", "enrolled"))
                .load();
        refused(reseller.sendsAnything(), request(), 403, 600006);
    }

    @Test
    void R63_a_restricted_direct_bill_partner_cannot_create_a_customer_800039() {
        var restricted = new TestPartner()
                .with("programs", Map.of("directBill", "restricted"))
                .load();
        refused(restricted.sendsAnything(), request(), 403, 800039);
    }

    @Test
    void only_a_user_creates_a_customer_for_a_reseller_900329() {
        var request = request();
        request.put("associatedPartnerId", CONTOSO.tenantId);
        refused(FABRIKAM.sendsAnything(), request, 403, 900329);
    }

    @Test
    void only_a_provider_in_partnership_creates_a_customer_for_a_reseller() {
        var request = request();
        request.put("associatedPartnerId", FABRIKAM.tenantId);
        refused(CONTOSO.calls("admin"), request, 403, 900149);
        var provider = new TestPartner().load();
        request.put("associatedPartnerId", CONTOSO.tenantId);
        refused(provider.adminCalls(), request, 403, 20002);
        request.put("associatedPartnerId", UUID.randomUUID());
        refused(provider.adminCalls(), request, 403, 20002);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void an_empty_associated_partner_counts_as_absent(String nobody) {
        var request = request();
        request.put("AssociatedPartnerId", nobody);
        create(CONTOSO.sendsAnything(), request).statusCode(201).body("associatedPartnerId", nullValue());
    }

    @Test
    void a_helpdesk_agent_creates_no_customer_900150() {
        refused(CONTOSO.calls("help"), request(), 403, 900150);
        create(CONTOSO.calls("sales"), request()).statusCode(201);
    }

    @Test
    void the_credentials_of_the_answer_sign_in_the_new_administrator() {
        var created = create(CONTOSO.calls(), request()).statusCode(201).extract();
        given().formParams(Map.of(
                        "grant_type",
                        "password",
                        "client_id",
                        "e0000000-0000-4000-8000-0000000000fe",
                        "username",
                        created.path("userCredentials.userName") + "@" + domain,
                        "password",
                        created.<String>path("userCredentials.password"),
                        "scope",
                        "https://api.partnercenter.microsoft.com/.default"))
                .post("/" + domain + "/oauth2/v2.0/token")
                .then()
                .statusCode(200);
    }

    @Test
    void a_domain_is_given_away_once() {
        given().auth()
                .oauth2(CONTOSO.appToken(DemoPartner.serviceUnderTest()))
                .head("/v1/domains/" + domain)
                .then()
                .statusCode(404);
        create(CONTOSO.calls(), request()).statusCode(201);
        refused(CONTOSO.sendsAnything(), request(), 400, 800002);
        var ofFabrikam = request();
        company(ofFabrikam).put("Domain", "FABRIKAM.example");
        create(CONTOSO.sendsAnything(), ofFabrikam)
                .statusCode(400)
                .body("code", is(800002), "description", containsString("companyProfile.domain"));
    }

    @Test
    void of_two_that_want_the_same_domain_at_once_one_gets_it() {
        Supplier<Integer> call =
                () -> create(CONTOSO.sendsAnything(), request()).extract().statusCode();
        var statuses = Simultaneously.run(call, call, call);
        assertEquals(List.of(201, 400, 400), statuses.stream().sorted().toList());
    }

    @Test
    void a_repeat_with_the_same_request_id_gets_the_same_customer_ST5() {
        var requestId = UUID.randomUUID().toString();
        var first = create(CONTOSO.calls().header("MS-RequestId", requestId), request())
                .statusCode(201)
                .extract();
        var second = create(CONTOSO.calls().header("MS-RequestId", requestId), request())
                .statusCode(201)
                .extract();
        assertEquals(first.asString(), second.asString());
        assertNowhere(first.path("userCredentials.password"));
        var other = new CreateCustomerTest();
        var third =
                other.create(CONTOSO.calls(), other.request()).statusCode(201).extract();
        assertNotEquals(first.<String>path("id"), third.<String>path("id"));
    }

    /** In no table, read as text. */
    private void assertNowhere(String password) {
        try (var sql = Sql.on(database)) {
            for (var table : sql.column(
                    "select tablename from pg_tables where schemaname = current_schema() and tablename <> 'flyway_schema_history'")) {
                assertEquals(
                        0,
                        sql.number(
                                "select count(*) from %1$s where position(? in %1$s::text) > 0".formatted(table),
                                password),
                        table);
            }
        }
    }

    @Test
    void the_creation_is_in_the_audit_as_recorded_and_without_the_password() {
        var created = create(CONTOSO.calls("admin"), request()).statusCode(201).extract();
        var records = CONTOSO.calls()
                .queryParam("size", 50)
                .queryParam(
                        "filter",
                        "{\"Field\":\"CustomerId\",\"Value\":\"%s\",\"Operator\":\"equals\"}"
                                .formatted(created.<String>path("id")))
                .get("/v1/auditrecords")
                .then()
                .statusCode(200)
                .body(
                        "items.operationType",
                        is(List.of("add_customer")),
                        "items[0].customerName",
                        is("Relecloud"),
                        "items.resourceNewValue",
                        everyItem(allOf(
                                containsString("\"Domain\":\"" + domain + "\""),
                                not(containsString(created.<String>path("userCredentials.password"))))))
                .extract()
                .asString();
        RecordedShape.file("api-throttling-guidance.auditrecords.json").assertFits(records);
    }

    @ParameterizedTest
    @CsvSource({
        "PL,,600049",
        "PL,12,600050",
        "PL,5260001246,0",
        "RU,7707083893,0",
        "RU,77-070 83893,0",
        "RU,ABC,600050",
        "UA,00032112,0",
        "US,12-3456789,600002",
        "KZ,123456789012,0",
        "KZ,1234,600050",
        "TR,,600049",
        "VN,0100109106,0"
    })
    void the_registration_number_is_asked_for_where_it_is_wanted(String country, String number, int code) {
        var request = request();
        address(request).clear();
        address(request)
                .putAll(Map.of(
                        "country",
                        country,
                        "city",
                        "City",
                        "addressLine1",
                        "1 Main Road",
                        "phoneNumber",
                        "5550100",
                        "postalCode",
                        Map.of(
                                        "PL", "00-950", "RU", "101000", "UA", "01001", "US", "98052", "TR", "06100",
                                        "VN", "100000")
                                .getOrDefault(country, "")));
        if (country.equals("US")) {
            address(request).put("state", "WA");
        }
        company(request).put("organizationRegistrationNumber", number);
        var partner = new TestPartner().with("country", country).load();
        if (code == 0) {
            var id = create(partner.sendsAnything(), request)
                    .statusCode(201)
                    .body("companyProfile.organizationRegistrationNumber", is(number))
                    .extract()
                    .<String>path("id");
            partner.calls()
                    .get("/v1/customers/" + id)
                    .then()
                    .body("companyProfile.organizationRegistrationNumber", is(number));
        } else {
            refused(partner.sendsAnything(), request, 400, code);
        }
    }

    @Test
    void the_phone_number_is_asked_for_where_the_registration_number_is_600051() {
        var request = request();
        address(request).clear();
        address(request).putAll(Map.of("country", "AM", "city", "Yerevan", "addressLine1", "1 Main Road"));
        company(request).put("organizationRegistrationNumber", "12345678");
        refused(new TestPartner().with("country", "AM").load().sendsAnything(), request, 400, 600051);
    }

    @ParameterizedTest
    @CsvSource({"US,DE,false", "US,CA,false", "DE,FR,true", "DE,GB,true", "GB,CH,true", "DE,US,false"})
    void W29_a_customer_is_of_the_region_of_the_partner_400_code_20000(String own, String country, boolean sold) {
        var request = request();
        address(request).clear();
        address(request)
                .putAll(Map.of(
                        "country",
                        country,
                        "city",
                        "City",
                        "addressLine1",
                        "1 Main Road",
                        "postalCode",
                        Map.of(
                                        "DE",
                                        "10115",
                                        "CA",
                                        "K1A 0B1",
                                        "FR",
                                        "75001",
                                        "GB",
                                        "SW1A 1AA",
                                        "CH",
                                        "3003",
                                        "US",
                                        "98052")
                                .get(country)));
        if (!sold) {
            address(request)
                    .put("state", Map.of("CA", "ON", "US", "WA", "DE", "BE").get(country));
        }
        var partner = new TestPartner().with("country", own).load();
        if (sold) {
            create(partner.sendsAnything(), request).statusCode(201);
        } else {
            refused(partner.sendsAnything(), request, 400, 20000);
            create(partner.sendsAnything(), request)
                    .body("description", containsString("Current country not supported"));
        }
    }

    @Test
    void W36_the_answer_has_the_name_of_the_company_and_no_key_that_a_read_would_not_show() {
        var request = request();
        var created = create(CONTOSO.calls(), request)
                .statusCode(201)
                .body(
                        "companyProfile.companyName",
                        is("Relecloud"),
                        "billingProfile.defaultAddress",
                        not(hasKey("phoneNumber")))
                .extract();
        var read = CONTOSO.calls().get("/v1/customers/" + created.path("id")).jsonPath();
        assertEquals(
                read.<Map<String, Object>>get("billingProfile.defaultAddress"),
                created.<Map<String, Object>>path("billingProfile.defaultAddress"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "companyProfile | null",
                "companyProfile | []",
                "companyProfile | {}",
                "companyProfile | {\"domain\":7}",
                "companyProfile | {\"domain\":\"no domain\"}",
                "companyProfile | {\"domain\":\"nodots\"}",
                "companyProfile | {\"domain\":\"-a.example\"}",
                "billingProfile | null",
                "billingProfile | \"x\"",
                "billingProfile | {}",
                "enableGDAPByDefault | \"true\"",
                "associatedPartnerId | \"4800001\"",
                "associatedPartnerId | 7"
            })
    void a_value_that_cannot_be_is_refused_800002_by_name(String field, String value) {
        var body = "{\"companyProfile\":{\"domain\":\"%s\"},\"billingProfile\":%s,\"x\":1}"
                .formatted(
                        domain,
                        "{\"email\":\"a@b.example\",\"culture\":\"en-US\",\"language\":\"en\",\"companyName\":\"R\",\"defaultAddress\":"
                                + "{\"country\":\"US\",\"city\":\"Austin\",\"state\":\"TX\",\"postalCode\":\"73301\",\"addressLine1\":\"5 Lake Road\"}}");
        var with =
                switch (field) {
                    case "companyProfile" -> body.replace("{\"domain\":\"" + domain + "\"}", value);
                    case "billingProfile" ->
                        body.replaceFirst(
                                "\"billingProfile\":.*,\"x\"",
                                Matcher.quoteReplacement("\"billingProfile\":" + value + ",\"x\""));
                    default -> body.replace("\"x\":1", "\"%s\":%s".formatted(field, value));
                };
        CONTOSO.sendsAnything()
                .contentType("application/json")
                .body(with)
                .post("/v1/customers")
                .then()
                .statusCode(400)
                .body("code", is(800002), "description", allOf(containsString(field), not(containsString("csp."))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{", "{}x"})
    void a_body_that_is_no_object_is_refused_800002(String body) {
        CONTOSO.sendsAnything()
                .contentType("application/json")
                .body(body)
                .post("/v1/customers")
                .then()
                .statusCode(400)
                .body("code", is(800002));
    }

    private ValidatableResponse create(RequestSpecification caller, Map<String, Object> request) {
        return caller.contentType("application/json")
                .body(request)
                .post("/v1/customers")
                .then();
    }

    private void refused(RequestSpecification caller, Map<String, Object> request, int status, int code) {
        var sent = new HashMap<>(request);
        create(caller, sent).statusCode(status).body("code", is(code));
        var domainNow = company(request).get("Domain");
        if (code != 800002) {
            given().auth()
                    .oauth2(CONTOSO.appToken(DemoPartner.serviceUnderTest()))
                    .head("/v1/domains/" + domainNow)
                    .then()
                    .statusCode(404);
        }
    }

    /** In the spelling of an SDK, with its nulls (ST1). */
    private Map<String, Object> request() {
        var company = new LinkedHashMap<String, Object>();
        company.put("TenantId", null);
        company.put("Domain", domain);
        company.put("CompanyName", null);
        var address = new LinkedHashMap<String, Object>(Map.of(
                "Country",
                "US",
                "City",
                "Austin",
                "State",
                "TX",
                "AddressLine1",
                "5 Lake Road",
                "PostalCode",
                "73301",
                "FirstName",
                "Ana",
                "LastName",
                "Bell"));
        address.put("Region", null);
        var billing = new LinkedHashMap<String, Object>(Map.of(
                "Email", "ana@relecloud.example", "Culture", "EN-US", "Language", "en", "CompanyName", "Relecloud"));
        billing.put("DefaultAddress", address);
        var request = new LinkedHashMap<String, Object>();
        request.put("Id", null);
        request.put("CompanyProfile", company);
        request.put("BillingProfile", billing);
        request.put("RelationshipToPartner", "none");
        return request;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> company(Map<String, Object> request) {
        return (Map<String, Object>) request.get("CompanyProfile");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> address(Map<String, Object> request) {
        return (Map<String, Object>) ((Map<String, Object>) request.get("BillingProfile")).get("DefaultAddress");
    }
}
