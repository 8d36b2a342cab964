package csp.commerce.subscription.api;

import static csp.testsupport.DemoPartner.CONTOSO;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import csp.testsupport.PostgresTestResource;
import csp.testsupport.TestCustomer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the body of a subscription change may not be: each refusal names the field, and a read shows that nothing changed. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class UpdateSubscriptionInputTest {

    private String path;
    private String before;

    @BeforeEach
    void a_licence() {
        var customer = TestCustomer.readyToTransfer().license("it", 5).load();
        path = customer.path() + "/subscriptions/" + customer.subscription("it");
        before = CONTOSO.calls().get(path).asString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "id | 7",
                "id | \"x\"",
                "id | \"\"",
                "id | {}",
                "id | \"50000000-0000-4000-8000-000000000001\"",
                "quantity | \"six\"",
                "quantity | \"6.0\"",
                "quantity | \" 6\"",
                "quantity | 1.5",
                "quantity | true",
                "quantity | []",
                "quantity | {}",
                "status | 1",
                "status | true",
                "status | []",
                "friendlyName | 1",
                "friendlyName | \"\"",
                "friendlyName | \"   \"",
                "friendlyName | \"a\\u0000b\"",
                "friendlyName | \"a\\nb\"",
                "friendlyName | []",
                "autoRenewEnabled | \"true\"",
                "autoRenewEnabled | 1",
                "autoRenewEnabled | []",
                "billingCycle | 1",
                "billingCycle | {}",
                "partnerId | 4800001",
                "partnerId | []",
                "partnerId | \"a\\u0000b\"",
                "attributes | []",
                "attributes | \"x\"",
                "attributes.etag | {\"etag\":1}",
                "attributes.etag | {\"etag\":[]}"
            })
    void a_value_of_the_wrong_kind_is_refused_800002_by_name(String field, String value) {
        var name = field.replace(".etag", "");
        refused("{\"%s\":%s}".formatted(name, value), 400, 800002, field);
    }

    @Test
    void a_name_that_is_too_long_is_refused_800002_and_the_longest_is_not() {
        refused("{\"friendlyName\":\"%s\"}".formatted("n".repeat(257)), 400, 800002, "friendlyName");
        CONTOSO.calls()
                .contentType("application/json")
                .body("{\"friendlyName\":\"%s\"}".formatted("n".repeat(256)))
                .patch(path)
                .then()
                .statusCode(200)
                .body("friendlyName", is("n".repeat(256)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "10000001", "2147483648", "-9223372036854775809", "99999999999999999999999999"})
    void a_quantity_out_of_range_is_refused_2002(String quantity) {
        refused("{\"quantity\":%s}".formatted(quantity), 400, 2002, "quantity");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"6\"", "\"06\"", "6"})
    void W7_a_number_may_come_in_a_string(String quantity) {
        understood("{\"quantity\":%s,\"autoRenewEnabled\":true}".formatted(quantity), 6, "active");
    }

    @Test
    void W7_an_empty_string_is_absent_where_no_text_is_wanted() {
        understood(
                "{\"quantity\":\"\",\"status\":\"\",\"billingCycle\":\"\",\"attributes\":\"\",\"partnerId\":\"\","
                        + "\"friendlyName\":\"it\",\"autoRenewEnabled\":true}",
                5,
                "active");
        understood("{\"status\":\"suspended\",\"autoRenewEnabled\":\"\"}", 5, "suspended");
    }

    @Test
    void W8_the_vendor_s_suspend_example_in_NET_keeps_the_quantity() {
        understood("""
                {"Id":null,"OfferId":null,"EntitlementId":null,"OfferName":null,"FriendlyName":null,"Quantity":0,"UnitType":null,
                 "ParentSubscriptionId":null,"CreationDate":"0001-01-01T00:00:00","EffectiveStartDate":"0001-01-01T00:00:00",
                 "CommitmentEndDate":"0001-01-01T00:00:00","Status":"suspended","AutoRenewEnabled":false,"BillingType":"none",
                 "BillingCycle":"unknown","PartnerId":null,"SuspensionReasons":null,"ContractType":"subscription","Links":null,
                 "OrderId":null,"Attributes":null}""", 5, "suspended");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"status\":\"suspended\"",
                "\"friendlyName\":\"another\"",
                "\"partnerId\":\"4800001\"",
                "\"autoRenewEnabled\":false",
                "\"Status\":\"suspended\",\"BillingCycle\":\"none\",\"BillingType\":\"none\""
            })
    void W8_a_quantity_of_0_is_absent_when_another_property_changes(String change) {
        patch("{\"Quantity\":0,%s}".formatted(change)).statusCode(200).body("quantity", is(5));
        assertNotEquals(before, CONTOSO.calls().get(path).asString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",\"status\":\"active\"",
                ",\"status\":\"none\",\"billingCycle\":\"unknown\"",
                ",\"autoRenewEnabled\":true",
                ",\"friendlyName\":\"it\",\"billingCycle\":\"annual\""
            })
    void W8_a_quantity_of_0_and_nothing_else_is_refused_2002(String unchanged) {
        refused("{\"quantity\":0%s}".formatted(unchanged), 400, 2002, "quantity");
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "none", "Unknown"})
    void W8_a_word_that_says_nothing_is_absent(String word) {
        understood(
                "{\"quantity\":6,\"status\":\"%s\",\"billingCycle\":\"%s\",\"autoRenewEnabled\":true}"
                        .formatted(word, word),
                6,
                "active");
    }

    @ParameterizedTest
    @ValueSource(strings = {"paused", "Actif"})
    void an_unknown_status_is_refused_900126(String status) {
        refused("{\"status\":\"%s\"}".formatted(status), 400, 900126, "status");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "1",
                "\"text\"",
                "{",
                "{}x",
                "{\"quantity\":6,}",
                "{\"quantity\":NaN}",
                "{\"quantity\":6,\"quantity\":7}",
                "{\"quantity\":6,\"Quantity\":7}"
            })
    void a_body_that_is_no_JSON_object_is_refused_800002(String body) {
        refused(body, 400, 800002, "");
    }

    @Test
    void another_content_type_is_refused_and_none_is_fine() throws Exception {
        CONTOSO.sendsAnything()
                .contentType("text/xml")
                .body("<a/>")
                .patch(path)
                .then()
                .statusCode(415)
                .body("code", is(800002));
        assertEquals(before, CONTOSO.calls().get(path).asString());
        var service = RestAssured.baseURI + ":" + RestAssured.port;
        var request = HttpRequest.newBuilder(URI.create(service + path))
                .header("Authorization", "Bearer " + CONTOSO.appToken(service))
                .method("PATCH", BodyPublishers.ofString("{\"quantity\":6,\"autoRenewEnabled\":true}"))
                .build();
        var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals(6, CONTOSO.calls().get(path).<Integer>path("quantity"));
    }

    @Test
    void a_byte_order_mark_is_skipped() {
        CONTOSO.sendsAnything()
                .contentType("application/json; charset=utf-8")
                .body("\uFEFF{\"quantity\":6,\"autoRenewEnabled\":true}".getBytes(UTF_8))
                .patch(path)
                .then()
                .statusCode(200)
                .body("quantity", is(6));
    }

    @Test
    void the_body_counts_only_after_the_path() {
        CONTOSO.sendsAnything()
                .contentType("application/json")
                .body("{")
                .patch("/v1/customers/x/subscriptions/y")
                .then()
                .statusCode(400)
                .body("code", is(900118));
        CONTOSO.sendsAnything()
                .contentType("application/json")
                .body("{")
                .patch(path.substring(0, path.lastIndexOf('/')) + "/no-guid")
                .then()
                .statusCode(404)
                .body("code", is(20003));
    }

    private void understood(String body, int quantity, String status) {
        patch(body).statusCode(200).body("quantity", is(quantity), "status", is(status));
    }

    private ValidatableResponse patch(String body) {
        return CONTOSO.sendsAnything()
                .contentType("application/json")
                .body(body)
                .patch(path)
                .then();
    }

    private void refused(String body, int status, int code, String field) {
        CONTOSO.sendsAnything()
                .contentType("application/json")
                .body(body)
                .patch(path)
                .then()
                .statusCode(status)
                .body(
                        "code",
                        is(code),
                        "description",
                        allOf(containsString(field), not(containsString("csp.")), not(containsString("jackson"))));
        assertEquals(before, CONTOSO.calls().get(path).asString());
    }
}
