package csp.directory.customer.api;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.testsupport.DemoPartner;
import csp.testsupport.PostgresTestResource;
import csp.testsupport.TestCustomer;
import csp.testsupport.TestPartner;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
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

/** Paging and filters of the list of customers (storefront.md §0, §1). */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class CustomerListTest {

    private static final String TOKEN = "MS-ContinuationToken";

    private final TestPartner partner = new TestPartner();
    private final TestPartner other = new TestPartner();

    @BeforeEach
    void five_customers_in_another_order_than_that_of_their_names() {
        partner.load();
        other.load();
        for (var name : List.of("delta", "Alpha", "echo", "Bravo", "charlie")) {
            customer(name);
        }
    }

    @Test
    void customers_come_in_the_order_of_their_names_whatever_the_letter_case() {
        list("").body(
                        "totalCount",
                        is(5),
                        "items.companyProfile.companyName",
                        equalTo(names("Alpha Bravo charlie delta echo")),
                        "links.self.uri",
                        is("/customers"),
                        "links.next",
                        nullValue());
    }

    @Test
    void customers_of_one_name_are_all_listed_and_none_twice() {
        for (int i = 0; i < 4; i++) {
            customer("Alpha");
        }
        var ids = new ArrayList<String>();
        var page = list("?size=2").body("totalCount", is(9)).extract();
        while (true) {
            ids.addAll(page.path("items.id"));
            if (page.path("links.next") == null) {
                break;
            }
            page = follow(page.body().jsonPath()).extract();
        }
        assertEquals(9, ids.size());
        assertEquals(9, ids.stream().distinct().count());
    }

    @Test
    void following_next_leads_through_all_pages_and_ends() {
        var first = list("?size=2")
                .body(
                        "totalCount",
                        is(5),
                        "items.companyProfile.companyName",
                        equalTo(names("Alpha Bravo")),
                        "links.next.uri",
                        is("/customers?size=2&seekOperation=Next"),
                        "links.next.headers[0].key",
                        is(TOKEN))
                .extract();
        var second = follow(first.body().jsonPath())
                .body(
                        "totalCount",
                        is(5),
                        "items.companyProfile.companyName",
                        equalTo(names("charlie delta")),
                        "links.self.uri",
                        is("/customers?size=2&seekOperation=Next"))
                .extract();
        follow(second.body().jsonPath())
                .body(
                        "totalCount",
                        is(5),
                        "items.companyProfile.companyName",
                        equalTo(names("echo")),
                        "links.next",
                        nullValue());
    }

    @Test
    void previous_leads_back_from_the_page_of_the_token() {
        var second = follow(list("?size=2").extract().body().jsonPath())
                .extract()
                .body()
                .jsonPath();
        list("?size=2&seekOperation=previous", tokenOf(second))
                .body(
                        "items.companyProfile.companyName",
                        equalTo(names("Alpha Bravo")),
                        "links.next.uri",
                        is("/customers?size=2&seekOperation=Next"));
    }

    @Test
    void first_and_last_need_no_token() {
        list("?size=2&seekOperation=FIRST").body("items.companyProfile.companyName", equalTo(names("Alpha Bravo")));
        list("?size=2&seekOperation=Last")
                .body("items.companyProfile.companyName", equalTo(names("delta echo")), "links.next", nullValue());
    }

    @Test
    void a_customer_added_before_the_position_shifts_no_page() {
        var first = list("?size=2").extract().body().jsonPath();
        customer("Aardvark");
        follow(first).body("totalCount", is(6), "items.companyProfile.companyName", equalTo(names("charlie delta")));
    }

    @Test
    void a_token_without_seek_operation_leads_to_the_next_page() {
        list("?size=2", tokenOf(list("?size=2").extract().body().jsonPath()))
                .body("items.companyProfile.companyName", equalTo(names("charlie delta")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"?size=0", "?size=", "?size=500", "?SIZE=5", "?size=00"})
    void every_size_that_fits_all_shows_all(String query) {
        list(query).body("items", hasSize(5), "links.self.uri", is("/customers" + query));
    }

    @ParameterizedTest
    @ValueSource(strings = {"501", "-1", "1.5", "many", "2147483648", "99999999999999999999"})
    void another_size_is_refused_800002(String size) {
        refused("?size=" + size, 800002)
                .body("description", containsString("size"), "description", containsString("'" + size + "'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PageIndex", "Sideways"})
    void another_seek_operation_is_refused_800002(String operation) {
        refused("?seekOperation=" + operation, 800002)
                .body(
                        "description",
                        containsString("seekOperation"),
                        "description",
                        containsString("'" + operation + "'"));
    }

    @Test
    void W23_the_token_carries_size_and_filter() {
        customer("Alphabet");
        customer("Alpine");
        var first = filtered(filter("CompanyName", "al"), 1).extract().body().jsonPath();
        list("?seekOperation=Next", tokenOf(first))
                .body(
                        "totalCount",
                        is(3),
                        "items.companyProfile.companyName",
                        equalTo(names("Alphabet")),
                        "links.self.uri",
                        is("/customers?seekOperation=Next"),
                        "links.next.uri",
                        startsWith("/customers?size=1&seekOperation=Next&filter=%7B%22"));
        list("?seekOperation=Last", tokenOf(first))
                .body("totalCount", is(3), "items.companyProfile.companyName", equalTo(names("Alpine")));
        list("?size=0&seekOperation=Next", tokenOf(first)).body("items", hasSize(1));
    }

    @Test
    void W23_size_and_filter_sent_again_must_agree_with_the_token_800002() {
        customer("Alphabet");
        var token = tokenOf(
                filtered(filter("CompanyName", "al"), 1).extract().body().jsonPath());
        for (var query : List.of(
                Map.of("size", "2"),
                Map.of("filter", filter("CompanyName", "b")),
                Map.of("filter", filter("Domain", "al")))) {
            partner.sendsAnything()
                    .header(TOKEN, token)
                    .queryParams(query)
                    .get("/v1/customers?seekOperation=Next")
                    .then()
                    .statusCode(400)
                    .body("code", is(800002));
        }
        partner.sendsAnything()
                .header(TOKEN, token)
                .queryParam("filter", "{\"field\":\"company_name\",\"value\":\"AL\",\"operator\":9}")
                .get("/v1/customers?size=1&seekOperation=Next")
                .then()
                .statusCode(200)
                .body("items.companyProfile.companyName", equalTo(names("Alphabet")));
    }

    @Test
    void W32_previous_is_on_every_page_but_the_first() {
        var first = list("?size=2")
                .body("links.previous", nullValue())
                .extract()
                .body()
                .jsonPath();
        var second = follow(first)
                .body(
                        "links.previous.uri",
                        is("/customers?size=2&seekOperation=Previous"),
                        "links.previous.headers[0].key",
                        is(TOKEN))
                .extract()
                .body()
                .jsonPath();
        var third = follow(second)
                .body("links.previous.method", is("GET"))
                .extract()
                .body()
                .jsonPath();
        var back = list("?seekOperation=Previous", third.getString("links.previous.headers[0].value"))
                .body("items.companyProfile.companyName", equalTo(names("charlie delta")))
                .extract()
                .body()
                .jsonPath();
        list("?seekOperation=Previous", back.getString("links.previous.headers[0].value"))
                .body("items.companyProfile.companyName", equalTo(names("Alpha Bravo")), "links.previous", nullValue());
        list("?size=2&seekOperation=Last").body("links.previous.uri", is("/customers?size=2&seekOperation=Previous"));
        list("?size=5&seekOperation=Last").body("links.previous", nullValue());
    }

    @ParameterizedTest
    @CsvSource({"0,Alpha Bravo", "1,charlie delta", "2,echo"})
    void W32_a_page_is_found_by_its_index_and_the_size_of_the_token(int index, String names) {
        var token = tokenOf(list("?size=2").extract().body().jsonPath());
        var page = list("?seekOperation=PageIndex&page=" + index, token)
                .body("totalCount", is(5), "items.companyProfile.companyName", equalTo(names(names)))
                .extract()
                .body()
                .jsonPath();
        assertEquals(index > 0, page.get("links.previous") != null);
        assertEquals(index < 2, page.get("links.next") != null);
    }

    @Test
    void W32_an_index_beyond_the_end_finds_nothing_and_one_that_is_none_is_refused_800002() {
        var token = tokenOf(list("?size=2").extract().body().jsonPath());
        for (var index : List.of("3", "999999999")) {
            list("?seekOperation=PageIndex&page=" + index, token)
                    .body(
                            "totalCount",
                            is(5),
                            "items",
                            empty(),
                            "links.next",
                            nullValue(),
                            "links.previous.uri",
                            is("/customers?size=2&seekOperation=Last"));
        }
        for (var query : List.of("", "&page=", "&page=-1", "&page=x", "&page=1.5", "&page=9999999999")) {
            partner.sendsAnything()
                    .header(TOKEN, token)
                    .get("/v1/customers?seekOperation=PageIndex" + query)
                    .then()
                    .statusCode(400)
                    .body("code", is(800002), "description", containsString("page"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"9", "\"9\"", "\"StartsWith\""})
    void W33_the_operator_of_a_filter_may_be_its_number(String operator) {
        filtered("{\"field\":\"CompanyName\",\"value\":\"br\",\"Operator\":%s}".formatted(operator), 0)
                .body("totalCount", is(1), "items.companyProfile.companyName", equalTo(names("Bravo")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "6", "10", "99"})
    void W33_another_number_is_refused_900126(String operator) {
        partner.sendsAnything()
                .queryParam(
                        "filter", "{\"Field\":\"CompanyName\",\"Value\":\"br\",\"Operator\":%s}".formatted(operator))
                .get("/v1/customers")
                .then()
                .statusCode(400)
                .body("code", is(900126), "description", containsString("filter.Operator"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Next", "Previous"})
    void next_and_previous_without_a_token_are_refused_800002(String operation) {
        refused("?seekOperation=" + operation, 800002).body("description", containsString(TOKEN));
    }

    @Test
    void a_malformed_token_is_refused_800002() {
        var token = tokenOf(list("?size=2").extract().body().jsonPath());
        for (var wrong : List.of(
                "x",
                "!!!!",
                token.substring(4),
                token + "AAAA",
                token.substring(0, token.length() - 8),
                withNulInTheName(token),
                withoutPositions(token))) {
            partner.sendsAnything()
                    .header(TOKEN, wrong)
                    .get("/v1/customers?size=2&seekOperation=Next")
                    .then()
                    .statusCode(400)
                    .body("code", is(800002), "description", containsString(TOKEN));
        }
    }

    @Test
    void a_token_of_another_list_is_refused_800002() {
        var token = tokenOf(list("?size=2").extract().body().jsonPath());
        partner.sendsAnything()
                .header(TOKEN, token)
                .queryParam("filter", filter("CompanyName", "a"))
                .get("/v1/customers")
                .then()
                .statusCode(400)
                .body("code", is(800002));
        other.sendsAnything()
                .header(TOKEN, token)
                .get("/v1/customers?size=2&seekOperation=Next")
                .then()
                .statusCode(400)
                .body("code", is(800002));
    }

    @Test
    void the_pages_of_a_filtered_list_keep_the_filter() {
        customer("Alphabet");
        var first = filtered(filter("CompanyName", "ALPHA"), 1)
                .body(
                        "totalCount",
                        is(2),
                        "items.companyProfile.companyName",
                        equalTo(names("Alpha")),
                        "links.next.uri",
                        startsWith("/customers?size=1&seekOperation=Next&filter=%7B%22"))
                .extract()
                .body()
                .jsonPath();
        follow(first)
                .body(
                        "totalCount",
                        is(2),
                        "items.companyProfile.companyName",
                        equalTo(names("Alphabet")),
                        "links.next",
                        nullValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Field\":\"CompanyName\",\"Value\":\"br\",\"Operator\":\"starts_with\"}",
                "{\"field\":\"companyName\",\"value\":\"BR\",\"operator\":\"StartsWith\",\"fieldType\":\"string\"}",
                "{\"FIELD\":\"company_name\",\"VALUE\":\"bRaVo\",\"OPERATOR\":\"STARTS_WITH\",\"Extra\":null}"
            })
    void a_filter_is_read_in_every_spelling_of_the_clients(String filter) {
        filtered(filter, 0).body("totalCount", is(1), "items.companyProfile.companyName", equalTo(names("Bravo")));
    }

    @Test
    void a_filter_by_domain_compares_the_beginning_of_the_domain() {
        var id = TestCustomer.unrelated()
                .with("domain", "zulu-" + partner.tenantId + ".example")
                .related(direct())
                .load()
                .id;
        filtered(filter("Domain", "ZULU-"), 0).body("totalCount", is(1), "items[0].id", is(id.toString()));
        filtered(filter("Domain", "ulu-"), 0).body("totalCount", is(0), "items", empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "_", "\\\\\\\\", "%ravo", "_ravo", "B%"})
    void a_wildcard_in_a_filter_is_an_ordinary_character(String prefix) {
        filtered(filter("CompanyName", prefix), 0).body("totalCount", is(0));
    }

    @Test
    void a_name_with_wildcard_characters_is_found_by_them() {
        customer("100%_safe\\ways");
        filtered(filter("CompanyName", "100%_SAFE\\\\"), 0).body("totalCount", is(1));
    }

    @Test
    void an_unencoded_filter_is_read() throws IOException {
        var answer = raw(
                "/v1/customers?size=0&filter={\"Field\":\"CompanyName\",\"Value\":\"brav\",\"Operator\":\"starts_with\"}");
        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
        var body = JsonPath.from(answer.substring(answer.indexOf("\r\n\r\n") + 4));
        assertEquals(names("Bravo"), body.getList("items.companyProfile.companyName"));
        assertEquals(
                "/customers?size=0&filter={\"Field\":\"CompanyName\",\"Value\":\"brav\",\"Operator\":\"starts_with\"}",
                body.getString("links.self.uri"));
    }

    @Test
    void the_second_question_mark_of_the_published_page_is_read() {
        var query =
                "?size=40?filter=%7B%22Field%22%3A%22CompanyName%22%2C%22Value%22%3A%22br%22%2C%22Operator%22%3A%22starts_with%22%7D";
        partner.sendsAnything()
                .urlEncodingEnabled(false)
                .get("/v1/customers" + query)
                .then()
                .statusCode(200)
                .body("totalCount", is(1), "links.self.uri", is("/customers" + query));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"Field\":\"Color\",\"Value\":\"a\",\"Operator\":\"starts_with\"} | filter.Field",
                "{\"Field\":\"Domain\",\"Value\":\"a\",\"Operator\":\"ends_with\"} | filter.Operator"
            })
    void an_unknown_field_or_operator_is_refused_900126(String filter, String field) {
        partner.sendsAnything()
                .queryParam("filter", filter)
                .get("/v1/customers")
                .then()
                .statusCode(400)
                .body("code", is(900126), "description", containsString(field));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "not json",
                "[]",
                "1",
                "\"text\"",
                "{} {}",
                "{\"Field\":\"Domain\",\"Operator\":\"starts_with\"}",
                "{\"Value\":\"a\",\"Operator\":\"starts_with\"}",
                "{\"Field\":\"Domain\",\"Value\":\"a\"}",
                "{\"Field\":1,\"Value\":\"a\",\"Operator\":\"starts_with\"}",
                "{\"Field\":\"Domain\",\"Value\":7,\"Operator\":\"starts_with\"}",
                "{\"Field\":\"Domain\",\"Value\":\"\\u0000\",\"Operator\":\"starts_with\"}",
                "{\"Field\":\"Domain\",\"field\":\"Domain\",\"Value\":\"a\",\"Operator\":\"starts_with\"}"
            })
    void a_filter_that_cannot_be_read_is_refused_800002(String filter) {
        partner.sendsAnything()
                .queryParam("filter", filter)
                .get("/v1/customers")
                .then()
                .statusCode(400)
                .body("code", is(800002), "description", containsString("filter"));
    }

    @Test
    void a_wrong_percent_encoding_is_refused_800002() throws IOException {
        for (var target : List.of(
                "/v1/customers?size=2&filter=%7", "/v1/customers/%zz", "/v1/relationships?relationship_type=%")) {
            var answer = raw(target);
            assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
            assertTrue(answer.contains("{\"code\":800002,"), answer);
        }
    }

    @Test
    void customers_of_a_reseller_are_for_users_alone_900329() {
        partner.sendsAnything()
                .queryParam("filter", filter("IndirectReseller", DemoPartner.CONTOSO.tenantId.toString()))
                .get("/v1/customers")
                .then()
                .statusCode(403)
                .body("code", is(900329));
    }

    @Test
    void customers_are_found_by_their_reseller_and_their_provider_from_both_sides() {
        var reseller = DemoPartner.CONTOSO.tenantId;
        var id = TestCustomer.unrelated()
                .related(Map.of("partner", partner.tenantId, "kind", "indirectProvider", "reseller", reseller))
                .related(Map.of("partner", reseller, "kind", "indirectReseller", "provider", partner.tenantId))
                .load()
                .id
                .toString();
        partner.adminCalls()
                .queryParam(
                        "filter", filter("IndirectReseller", reseller.toString().toUpperCase()))
                .get("/v1/customers")
                .then()
                .statusCode(200)
                .body("totalCount", is(1), "items.id", equalTo(List.of(id)));
        DemoPartner.CONTOSO
                .sendsAnything()
                .queryParam("filter", filter("IndirectCloudSolutionProvider", partner.tenantId.toString()))
                .get("/v1/customers")
                .then()
                .statusCode(200)
                .body("totalCount", is(1), "items.id", equalTo(List.of(id)));
        partner.adminCalls()
                .queryParam(
                        "filter", filter("IndirectReseller", UUID.randomUUID().toString()))
                .get("/v1/customers")
                .then()
                .statusCode(200)
                .body("totalCount", is(0), "items", empty());
    }

    @Test
    void a_customer_with_two_relationships_is_listed_once() {
        TestCustomer.unrelated()
                .with("companyName", "Foxtrot")
                .related(direct())
                .related(Map.of("partner", partner.tenantId, "kind", "indirectProvider"))
                .load();
        filtered(filter("CompanyName", "Foxtrot"), 0).body("totalCount", is(1), "items", hasSize(1));
    }

    @Test
    void another_partner_sees_none_of_them() {
        other.calls().get("/v1/customers").then().statusCode(200).body("totalCount", is(0), "items", empty());
    }

    private void customer(String name) {
        TestCustomer.unrelated().with("companyName", name).related(direct()).load();
    }

    private Map<String, Object> direct() {
        return Map.of("partner", partner.tenantId, "kind", "directReseller");
    }

    private ValidatableResponse list(String query) {
        return partner.sendsAnything().get("/v1/customers" + query).then().statusCode(200);
    }

    private ValidatableResponse list(String query, String token) {
        return partner.sendsAnything()
                .header(TOKEN, token)
                .get("/v1/customers" + query)
                .then()
                .statusCode(200);
    }

    private ValidatableResponse filtered(String filter, int size) {
        return partner.calls()
                .queryParam("size", size)
                .queryParam("filter", filter)
                .get("/v1/customers")
                .then()
                .statusCode(200);
    }

    private ValidatableResponse refused(String query, int code) {
        return partner.sendsAnything()
                .get("/v1/customers" + query)
                .then()
                .statusCode(400)
                .body("code", is(code));
    }

    private ValidatableResponse follow(JsonPath page) {
        return partner.sendsAnything()
                .urlEncodingEnabled(false)
                .header(page.getString("links.next.headers[0].key"), tokenOf(page))
                .get("/v1" + page.getString("links.next.uri"))
                .then()
                .statusCode(200);
    }

    private static String tokenOf(JsonPath page) {
        return page.getString("links.next.headers[0].value");
    }

    private static String filter(String field, String value) {
        return "{\"Field\":\"%s\",\"Value\":\"%s\",\"Operator\":\"starts_with\"}".formatted(field, value);
    }

    private static List<String> names(String names) {
        return List.of(names.split(" "));
    }

    /** The token cut off before its positions, with none in their place. */
    private static String withoutPositions(String token) {
        var bytes = Base64.getUrlDecoder().decode(token);
        var positions =
                new String(bytes, StandardCharsets.ISO_8859_1).indexOf("alpha") - 3; // a count and a length before it
        var cut = Arrays.copyOf(bytes, positions + 2);
        cut[positions] = 0;
        cut[positions + 1] = 0;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(cut);
    }

    /** The token with the first letter of its first name replaced: the text column of the database cannot hold that. */
    private static String withNulInTheName(String token) {
        var bytes = Base64.getUrlDecoder().decode(token);
        var name = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("alpha");
        // NUL is two bytes in this encoding, C0 80.
        bytes[name] = (byte) 0xC0;
        bytes[name + 1] = (byte) 0x80;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Sends a request that URI classes would refuse to build. */
    private String raw(String target) throws IOException {
        try (var socket = new Socket("localhost", RestAssured.port)) {
            socket.getOutputStream()
                    .write("GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nConnection: close\r\n\r\n"
                            .formatted(target, partner.appToken())
                            .getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
