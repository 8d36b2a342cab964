package csp.platform.audit.api;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.testsupport.PostgresTestResource;
import csp.testsupport.Sandbox;
import csp.testsupport.Sql;
import csp.testsupport.TestCustomer;
import csp.testsupport.TestPartner;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who changed what, as the partners that it concerns read it (storefront.md §8). */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class AuditRecordTest {

    private static final String TOKEN = "MS-ContinuationToken";

    @Inject
    AgroalDataSource database;

    private final TestPartner partner = new TestPartner();
    private final List<String> customers = new ArrayList<>();

    @BeforeEach
    void a_partner_that_changed_five_customers() {
        partner.with("programs", Map.of("directBill", "active")).load();
        for (var i = 0; i < 5; i++) {
            changeCustomer("Wingtip " + i);
        }
    }

    private void changeCustomer(String name) {
        var customer = TestCustomer.unrelated()
                .with("companyName", name)
                .related(Map.of("partner", partner.tenantId, "kind", "directReseller"))
                .load();
        customers.add(customer.id.toString());
        partner.sendsAnything()
                .header("If-Match", "*")
                .contentType("application/json")
                .body(Map.of(
                        "email",
                        "a@b.example",
                        "culture",
                        "en-US",
                        "language",
                        "en",
                        "companyName",
                        "Wingtip",
                        "defaultAddress",
                        Map.of(
                                "country",
                                "US",
                                "state",
                                "WA",
                                "city",
                                "Kent",
                                "postalCode",
                                "98030",
                                "addressLine1",
                                "1 Road")))
                .put(customer.path() + "/profiles/billing")
                .then()
                .statusCode(200);
    }

    @Test
    void records_of_the_last_year_that_a_clock_can_be_set_to_are_listed_and_read() {
        try {
            Sandbox.operator()
                    .contentType("application/json")
                    .body(Map.of("now", "2999-12-31T23:59:00Z"))
                    .put("/sandbox/clock")
                    .then()
                    .statusCode(200);
            changeCustomer("Wingtip of the future");
            var page = list(partner.calls(), Map.of("size", "1"));
            page.body("totalCount", is(1), "items[0].customerName", is("Wingtip of the future"));
            var id = page.extract().<String>path("items[0].id");
            assertEquals(
                    id,
                    partner.calls()
                            .get("/auditactivity/v1/auditrecords/" + id)
                            .then()
                            .statusCode(200)
                            .extract()
                            .<String>path("id"));
        } finally {
            Sandbox.releaseClock();
        }
    }

    @Test
    void the_newest_record_comes_first() {
        list(partner.calls(), Map.of())
                .body(
                        "totalCount",
                        is(5),
                        "items.customerId",
                        is(List.of(
                                customers.get(4),
                                customers.get(3),
                                customers.get(2),
                                customers.get(1),
                                customers.get(0))),
                        "links.self.uri",
                        is("/auditrecords"),
                        "links.next",
                        nullValue());
    }

    @Test
    void the_id_tells_partner_customer_resource_operation_and_ticks() {
        var page = list(partner.calls(), Map.of("size", "1")).extract().jsonPath();
        var record = "items[0].";
        var date = Instant.parse(page.getString(record + "operationDate"));
        var ticks = 621_355_968_000_000_000L + date.getEpochSecond() * 10_000_000 + date.getNano() / 100;
        assertEquals(
                "%s_%s_%s_updatecustomerbillingprofile_%d"
                        .formatted(partner.tenantId, customers.get(4), customers.get(4), ticks),
                page.getString(record + "id"));
    }

    @Test
    void a_record_is_found_by_its_id_in_any_case() {
        var record = list(partner.calls(), Map.of("size", "1")).extract().jsonPath();
        for (var id : List.of(
                record.getString("items[0].id"), record.getString("items[0].id").toUpperCase())) {
            partner.calls()
                    .get("/auditactivity/v1/auditrecords/" + id)
                    .then()
                    .statusCode(200)
                    .body(
                            "id",
                            is(record.getString("items[0].id")),
                            "customerId",
                            is(customers.get(4)),
                            "resourceNewValue",
                            is(record.getString("items[0].resourceNewValue")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "_", "1_2", "a0000000-0000-4000-8000-000000000001_update_639051012012345670"})
    void null_is_the_answer_for_an_id_that_is_nobodys(String id) {
        assertEquals(
                "null",
                partner.calls()
                        .get("/auditactivity/v1/auditrecords/" + id)
                        .then()
                        .statusCode(200)
                        .header("Content-Type", "application/json; charset=utf-8")
                        .extract()
                        .asString());
    }

    @Test
    void strangers_see_nothing_of_it() {
        var id = list(partner.calls(), Map.of("size", "1")).extract().<String>path("items[0].id");
        assertEquals(
                "null",
                CONTOSO.calls().get("/auditactivity/v1/auditrecords/" + id).asString());
        list(CONTOSO.calls(), Map.of("size", "500")).body("items.id", not(hasItem(id)));
    }

    @Test
    void both_parties_of_a_transfer_see_what_happens_to_it_even_when_it_is_withdrawn_D1() {
        var customer = TestCustomer.readyToTransfer().license("it", 5).load();
        var transfer = customer.openTransfer("it");
        CONTOSO.calls().delete(customer.transfersPath() + "/" + transfer).then().statusCode(204);
        for (var party : List.of(CONTOSO, FABRIKAM)) {
            list(party.calls(), filter("CustomerId", customer.id.toString(), "equals"))
                    .body(
                            "totalCount",
                            is(2),
                            "items.operationType",
                            is(List.of("update_transfer", "create_transfer")),
                            "items[0].resourceType",
                            is("transfer"),
                            "items[0].participants",
                            is(List.of(CONTOSO.tenantId.toString(), FABRIKAM.tenantId.toString())),
                            "items[0].resourceOldValue",
                            containsString("\"Status\":\"Active\""),
                            "items[0].partnerId",
                            is(CONTOSO.tenantId.toString()));
        }
    }

    @Test
    void W23_the_token_carries_size_filter_and_dates_W32_and_knows_the_way_back() {
        var first = partner.calls()
                .queryParams(Map.of(
                        "size",
                        "1",
                        "startDate",
                        Instant.now().minusSeconds(86_400).toString(),
                        "filter",
                        "{\"Field\":\"ResourceType\",\"Value\":\"customer\",\"Operator\":0}"))
                .get("/v1/auditrecords")
                .then()
                .statusCode(200)
                .body("totalCount", is(5), "items", hasSize(1), "links.previous", nullValue())
                .extract()
                .jsonPath();
        var token = first.getString("continuationToken");
        for (var query : Map.of(
                        "Next", customers.get(3), "Last", customers.get(0), "PageIndex&page=2", customers.get(2))
                .entrySet()) {
            partner.sendsAnything()
                    .header("MS-ContinuationToken", token)
                    .get("/v1/auditrecords?seekOperation=" + query.getKey())
                    .then()
                    .statusCode(200)
                    .body(
                            "totalCount",
                            is(5),
                            "items.customerId",
                            is(List.of(query.getValue())),
                            "links.previous.uri",
                            containsString("/auditrecords?size=1&seekOperation=Previous&startDate="));
        }
        for (var said : List.of(
                Map.of("size", "2"),
                Map.of("startDate", Instant.now().minusSeconds(10_000).toString()),
                Map.of("endDate", Instant.now().toString()),
                filter("ResourceType", "order", "equals"))) {
            partner.sendsAnything()
                    .header("MS-ContinuationToken", token)
                    .queryParams(said)
                    .get("/v1/auditrecords?seekOperation=Next")
                    .then()
                    .statusCode(400)
                    .body("code", is(800002));
        }
    }

    @Test
    void next_previous_first_and_last_lead_through_the_pages() {
        var first = list(partner.calls(), Map.of("size", "2"))
                .body("items", hasSize(2), "totalCount", is(5))
                .extract()
                .jsonPath();
        assertEquals("/auditrecords?size=2&seekOperation=Next", first.getString("links.next.uri"));
        var second = seek("Next", first)
                .body("items.customerId", is(List.of(customers.get(2), customers.get(1))))
                .extract()
                .jsonPath();
        var third = seek("Next", second)
                .body("items.customerId", is(List.of(customers.get(0))), "links.next", nullValue())
                .extract()
                .jsonPath();
        seek("Previous", third).body("items.customerId", is(List.of(customers.get(2), customers.get(1))));
        seek("Previous", second).body("items.customerId", is(List.of(customers.get(4), customers.get(3))));
        seek("First", third).body("items.customerId", is(List.of(customers.get(4), customers.get(3))));
        var last = seek("Last", first)
                .body("items.customerId", is(List.of(customers.get(1), customers.get(0))))
                .extract()
                .jsonPath();
        seek("Previous", last).body("items.customerId", is(List.of(customers.get(3), customers.get(2))));
    }

    @Test
    void a_filter_compares_a_part_of_the_name_the_customer_or_the_resource() {
        list(partner.calls(), filter("CompanyName", "GTIP 3", "substring"))
                .body("items.customerId", is(List.of(customers.get(3))));
        list(partner.calls(), filter("CompanyName", "100%", "substring"))
                .body("totalCount", is(0), "items", hasSize(0));
        list(partner.calls(), filter("CustomerId", customers.get(1).toUpperCase(), "equals"))
                .body("items.customerId", is(List.of(customers.get(1))));
        list(partner.calls(), filter("ResourceType", "customer", "equals")).body("totalCount", is(5));
        list(partner.calls(), filter("resource_type", "Partner_Relationship", "Equals"))
                .body("totalCount", is(0));
    }

    @Test
    void the_name_of_the_customer_is_the_one_it_had_then() {
        try (var sql = Sql.on(database)) {
            sql.update(
                    "update customer set company_name = 'Renamed' where tenant_id = ?",
                    UUID.fromString(customers.get(4)));
        }
        list(partner.calls(), Map.of("size", "1")).body("items[0].customerName", is("Wingtip 4"));
    }

    @Test
    void dates_are_read_in_the_three_forms_and_in_ISO_8601() {
        var today = LocalDate.now(ZoneOffset.UTC);
        for (var form :
                List.of("yyyy-MM-dd", "M/d/yyyy 12:00:00 'AM'", "MM/dd/yyyy 00:00:00", "yyyy-MM-dd'T'00:00:00'Z'")) {
            var written = today.format(DateTimeFormatter.ofPattern(form));
            list(partner.calls(), Map.of("startDate", written)).body("totalCount", is(5));
            var dayBefore = today.minusDays(1).format(DateTimeFormatter.ofPattern(form));
            list(partner.calls(), Map.of("endDate", dayBefore)).body("totalCount", is(0));
        }
        list(partner.calls(), Map.of("startDate", today.toString(), "endDate", today.toString()))
                .body("totalCount", is(5));
        list(partner.calls(), Map.of("startDate", "", "endDate", "")).body("totalCount", is(5));
    }

    @Test
    void W9_month_and_day_may_have_one_digit_and_a_time_no_zone_or_an_offset() {
        var today = LocalDate.now(ZoneOffset.UTC);
        for (var form : List.of(
                "yyyy-M-d",
                "yyyy-MM-dd'T'00:00:00",
                "yyyy-MM-dd'T'00:00:00.0000000'+00:00'",
                "yyyy-M-d'T'00:00:00'Z'")) {
            var written = today.format(DateTimeFormatter.ofPattern(form));
            list(partner.calls(), Map.of("startDate", written)).body("totalCount", is(5));
            var dayBefore = today.minusDays(1).format(DateTimeFormatter.ofPattern(form));
            list(partner.calls(), Map.of("endDate", dayBefore)).body("totalCount", is(0));
        }
        list(partner.calls(), Map.of("endDate", today.format(DateTimeFormatter.ofPattern("yyyy-M-d"))))
                .body("totalCount", is(5));
    }

    @Test
    void W9_a_plus_that_arrives_as_a_blank_is_refused_800002() {
        var today = LocalDate.now(ZoneOffset.UTC);
        refused(Map.of("startDate", today + "T00:00:00 00:00"), 800002, "startDate");
    }

    @Test
    void without_a_start_the_last_30_days_are_listed_and_more_than_90_are_refused() {
        try (var sql = Sql.on(database)) {
            moveBack(sql, 3, Duration.ofDays(29));
            moveBack(sql, 2, Duration.ofDays(31));
            moveBack(sql, 1, Duration.ofDays(89));
        }
        var today = LocalDate.now(ZoneOffset.UTC);
        list(partner.calls(), Map.of()).body("totalCount", is(3));
        list(partner.calls(), Map.of("startDate", today.minusDays(40).toString()))
                .body("totalCount", is(4));
        list(partner.calls(), Map.of("startDate", today.minusDays(90).toString()))
                .body("totalCount", is(5));
        refused(Map.of("startDate", today.minusDays(91).toString()), 800002, "startDate");
        refused(
                Map.of(
                        "startDate",
                        today.toString(),
                        "endDate",
                        today.minusDays(1).toString()),
                800002,
                "endDate");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "startDate|yesterday",
                "startDate|2026-02-30",
                "startDate|13/1/2026 00:00:00",
                "startDate|1/32/2026 12:00:00 AM",
                "startDate|1/1/2026 13:00:00 PM",
                "endDate|1",
                "size|-1",
                "size|501",
                "size|x",
                "seekOperation|PageIndex",
                "seekOperation|Next",
                "filter|{",
                "filter|[]",
                "filter|{}",
                "filter|{\"Field\":\"CustomerId\",\"Value\":\"x\",\"Operator\":\"equals\"}",
                "filter|{\"Field\":\"CompanyName\",\"Operator\":\"substring\"}",
                "filter|{\"Field\":\"CompanyName\",\"Value\":\"\",\"Operator\":\"substring\"}"
            })
    void a_parameter_that_cannot_be_is_refused_800002(String name, String value) {
        refused(Map.of(name, value), 800002, "");
    }

    @ParameterizedTest
    @CsvSource({
        "Colour,x,equals",
        "CompanyName,x,equals",
        "CustomerId,c0000000-0000-4000-8000-000000000001,substring",
        "ResourceType,x,starts_with"
    })
    void an_unknown_field_or_operator_is_refused_900126(String field, String value, String operator) {
        refused(filter(field, value, operator), 900126, "filter");
    }

    @Test
    void a_token_of_another_list_or_none_at_all_is_refused_800002() {
        var token = list(partner.calls(), Map.of("size", "2")).extract().<String>path("continuationToken");
        for (var wrong : List.of("x", token + "AAAA", token.substring(4))) {
            partner.sendsAnything()
                    .header(TOKEN, wrong)
                    .get("/v1/auditrecords?size=2")
                    .then()
                    .statusCode(400)
                    .body("code", is(800002));
        }
        CONTOSO.sendsAnything()
                .header(TOKEN, token)
                .get("/v1/auditrecords?size=2")
                .then()
                .statusCode(400)
                .body("code", is(800002));
        partner.sendsAnything()
                .header(TOKEN, token)
                .get("/v1/customers?size=2")
                .then()
                .statusCode(400)
                .body("code", is(800002));
    }

    @Test
    void plain_JSON_in_the_query_is_understood() {
        var query =
                "/v1/auditrecords?startDate=%s&filter={\"Field\":\"CustomerId\",\"Value\":\"%s\",\"Operator\":\"equals\"}"
                        .formatted(LocalDate.now(ZoneOffset.UTC), customers.get(2))
                        .replace("\"", "%22")
                        .replace("{", "%7B")
                        .replace("}", "%7D");
        partner.sendsAnything()
                .urlEncodingEnabled(false)
                .get(query)
                .then()
                .statusCode(200)
                .body("totalCount", is(1), "links.self.uri", equalTo(query.substring(3)));
    }

    @Test
    void records_of_one_moment_have_ids_of_their_own() {
        try (var sql = Sql.on(database)) {
            sql.update(
                    "update audit_record set operation_date = date_trunc('day', now()), customer_id = null, resource_id = null"
                            + " where partner_id = ?",
                    partner.tenantId);
            sql.update(
                    "update audit_participant set operation_date = date_trunc('day', now()) where partner_id = ?",
                    partner.tenantId);
        }
        var ids = list(partner.calls(), Map.of())
                .body("totalCount", is(5))
                .extract()
                .<List<String>>path("items.id");
        assertEquals(5, ids.stream().distinct().count(), ids::toString);
        assertTrue(ids.get(0).matches(partner.tenantId + "_updatecustomerbillingprofile_\\d{18}"), ids::toString);
        partner.calls()
                .get("/auditactivity/v1/auditrecords/" + ids.get(2))
                .then()
                .body("id", is(ids.get(2)));
    }

    private void moveBack(Sql sql, int customer, Duration by) {
        for (var table : List.of(
                "audit_participant p set operation_date = p.operation_date - ?::interval from audit_record r"
                        + " where r.id = p.record_id and r.customer_id = ?",
                "audit_record set operation_date = operation_date - ?::interval where customer_id = ?")) {
            sql.update("update " + table, by.toDays() + " days", UUID.fromString(customers.get(customer)));
        }
    }

    private ValidatableResponse seek(String operation, JsonPath page) {
        return partner.calls()
                .header(TOKEN, page.getString("continuationToken"))
                .queryParam("size", 2)
                .queryParam("seekOperation", operation)
                .get("/v1/auditrecords")
                .then()
                .statusCode(200);
    }

    private static Map<String, String> filter(String field, String value, String operator) {
        return Map.of(
                "filter", "{\"Field\":\"%s\",\"Value\":\"%s\",\"Operator\":\"%s\"}".formatted(field, value, operator));
    }

    private static ValidatableResponse list(RequestSpecification caller, Map<String, String> query) {
        return caller.queryParams(query).get("/v1/auditrecords").then().statusCode(200);
    }

    private void refused(Map<String, String> query, int code, String mentioned) {
        partner.sendsAnything()
                .queryParams(query)
                .get("/v1/auditrecords")
                .then()
                .statusCode(400)
                .body("code", is(code), "description", containsString(mentioned));
    }
}
