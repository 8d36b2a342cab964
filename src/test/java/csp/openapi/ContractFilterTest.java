package csp.openapi;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.CoreMatchers.containsString;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import csp.testsupport.ContractFilter;
import csp.testsupport.PublishedContract;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The check of every contract test, checked: a tiny server gives answers that are nearly right, and the filter must say so. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ContractFilterTest {

    private static final String CUSTOMER = "/v1/customers/c0000000-0000-4000-8000-000000000001";
    private static final String TRANSFER = CUSTOMER + "/transfers/3b5f0b5e-2f7c-4f4e-9d1a-6c8f0e7a4b21";
    private static final String CREATE = """
            {"sourcePartnerTenantId": "a0000000-0000-4000-8000-000000000001",
             "targetPartnerTenantId": "a0000000-0000-4000-8000-000000000002",
             "lineItems": [{"subscriptionId": "50000000-0000-4000-8000-000000000001"}]}""";

    private HttpServer server;
    private int status = 200;
    private String contentType = "application/json; charset=utf-8";
    private String locale = "en-US";
    private String requestId = "5d1c0c1e-6a1b-4b0e-9c58-1f0f6f2a7c11";
    private byte[] body = new byte[0];

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            var headers = exchange.getResponseHeaders();
            headers.set("MS-CorrelationId", "8b7e6f0a-2c4d-4d9e-8f31-7a5b9c0d1e22");
            if (requestId != null) {
                headers.set("MS-RequestId", requestId);
            }
            if (locale != null) {
                headers.set("X-Locale", locale);
            }
            if (body.length > 0) {
                headers.set("Content-Type", contentType);
            }
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void the_right_answer_passes() {
        answerWith(example("ActiveTransfer"));

        checked().get(TRANSFER);
    }

    @Test
    void the_right_answer_without_a_charset_passes() {
        contentType = "application/json";
        answerWith(example("ActiveTransfer"));

        checked().get(TRANSFER);
    }

    @Test
    void a_wrong_type_is_found() {
        answerWith(changed(transfer -> transfer.put("status", 7)));

        assertRefused("/status");
    }

    @Test
    void a_string_where_a_line_has_a_number_is_found() {
        answerWith(changed(transfer -> {
            line(transfer).put("id", "0");
            return transfer;
        }));

        assertRefused("/lineItems/0/id");
    }

    @Test
    void a_missing_required_property_is_found() {
        answerWith(changed(transfer -> {
            transfer.remove("partnertenantid");
            return transfer;
        }));

        assertRefused("partnertenantid");
    }

    @Test
    void an_undeclared_property_is_found() {
        answerWith(changed(transfer -> transfer.put("transferType", "directtoindirect")));

        assertRefused("transferType");
    }

    @Test
    void an_undeclared_property_deep_inside_is_found() {
        answerWith(changed(transfer -> {
            ((ObjectNode) line(transfer).withArray("addonItems").get(0)).putArray("addonItems");
            return transfer;
        }));

        assertRefused("addonItems");
    }

    @Test
    void a_null_is_found() {
        answerWith(changed(transfer -> {
            line(transfer).putNull("orderId");
            return transfer;
        }));

        assertRefused("/lineItems/0/orderId");
    }

    @Test
    void a_word_that_is_not_on_the_wire_is_found() {
        answerWith(changed(transfer -> transfer.put("status", "Completed")));

        assertRefused("Completed");
    }

    @Test
    void a_fraction_of_a_second_in_the_wrong_place_is_found() {
        answerWith(changed(transfer -> transfer.put("lastModifiedTime", "2026-02-02T09:30:15.1Z")));

        assertRefused("/lastModifiedTime");
    }

    @Test
    void trailing_zeros_of_a_time_are_found() {
        answerWith(changed(transfer -> transfer.put("createdTime", "2026-02-02T09:30:14.960Z")));

        assertRefused("/createdTime");
    }

    @Test
    void a_partner_in_upper_case_is_found() {
        answerWith(changed(transfer -> transfer.put("partnertenantid", "A0000000-0000-4000-8000-000000000002")));

        assertRefused("/partnertenantid");
    }

    @Test
    void a_subscription_in_lower_case_is_found() {
        answerWith(changed(transfer -> {
            line(transfer).put("subscriptionId", "5000000a-0000-4000-8000-000000000001");
            return transfer;
        }));

        assertRefused("/lineItems/0/subscriptionId");
    }

    @Test
    void an_undeclared_status_is_found() {
        status = 418;
        answerWith(example("TransferNotFound"));

        assertRefused("418");
    }

    @Test
    void an_error_without_its_source_is_found() {
        status = 404;
        var error = example("TransferNotFound").deepCopy();
        ((ObjectNode) error).remove("source");
        answerWith(error);

        assertRefused("source");
    }

    @Test
    void a_code_that_the_operation_lists_for_the_status_passes() {
        status = 404;
        answerWith(example("TransferNotFound"));

        checked().get(TRANSFER);
    }

    @Test
    void a_code_that_the_operation_does_not_list_for_the_status_is_found() {
        status = 404;
        answerWith(example("CustomerIdInvalid"));

        assertRefused("getTransfer 404 900118");
    }

    @Test
    void a_missing_header_is_found() {
        requestId = null;
        answerWith(example("ActiveTransfer"));

        assertRefused("MS-RequestId");
    }

    @Test
    void another_media_type_is_found() {
        contentType = "text/plain";
        answerWith(example("ActiveTransfer"));

        assertRefused("text/plain");
    }

    @Test
    void a_body_where_none_belongs_is_found() {
        status = 200;
        answerWith(example("ActiveTransfer"));

        var failure = assertThrows(AssertionError.class, () -> checked().delete(TRANSFER));
        assertThat(failure.getMessage(), containsString("200"));
    }

    @Test
    void no_body_where_one_belongs_is_found() {
        assertRefused("no response body");
    }

    @Test
    void an_unknown_query_parameter_is_found_in_a_request() {
        answerWith(example("ActiveTransfer"));

        var failure = assertThrows(
                AssertionError.class,
                () -> checked().queryParam("expand", "lines").get(TRANSFER));
        assertThat(failure.getMessage(), containsString("expand"));
    }

    @Test
    void a_missing_property_is_found_in_a_request() {
        answerToCreate();

        var failure = assertThrows(
                AssertionError.class,
                () -> checked()
                        .contentType("application/json")
                        .body("{\"lineItems\": []}")
                        .post(CUSTOMER + "/transfers"));
        assertThat(failure.getMessage(), containsString("sourcePartnerTenantId"));
    }

    @Test
    void a_request_as_documented_passes() {
        answerToCreate();

        checked().contentType("application/json").body(CREATE).post(CUSTOMER + "/transfers");
    }

    @Test
    void a_request_in_pascal_case_with_nulls_and_unknown_properties_passes() {
        answerToCreate();

        checked()
                .contentType("application/json")
                .body(CREATE.replace("\"source", "\"Id\": null, \"Unknown\": 1, \"LineId\": null, \"Source")
                        .replace("\"target", "\"Target")
                        .replace("\"line", "\"Line")
                        .replace("\"subs", "\"Subs"))
                .post(CUSTOMER + "/transfers");
    }

    @Test
    void a_form_as_documented_passes() {
        answerWith(example("TokenResponse"));

        checked()
                .formParam("grant_type", "client_credentials")
                .formParam("client_id", "e0000000-0000-4000-8000-000000000001")
                .formParam("scope", "https://api.partnercenter.microsoft.com/.default")
                .post("/contoso.example/oauth2/token");
    }

    @Test
    void a_form_without_its_grant_is_found() {
        answerWith(example("TokenResponse"));

        var failure = assertThrows(
                AssertionError.class,
                () -> checked().formParam("client_id", "x").post("/sandbox/oauth2/token"));
        assertThat(failure.getMessage(), containsString("grant_type"));
    }

    @Test
    void a_refused_request_passes_where_only_answers_are_checked() {
        status = 400;
        answerWith(example("LineItemsMissing"));

        given().baseUri(base())
                .filter(ContractFilter.ofAnswers())
                .contentType("application/json")
                .body("{}")
                .post(CUSTOMER + "/transfers");
    }

    @Test
    void a_wrong_answer_is_found_where_only_answers_are_checked() {
        status = 400;
        answerWith(new JsonMapper().createObjectNode().put("message", "no"));

        var failure = assertThrows(
                AssertionError.class,
                () -> given().baseUri(base())
                        .filter(ContractFilter.ofAnswers())
                        .contentType("application/json")
                        .body("{}")
                        .post(CUSTOMER + "/transfers"));
        assertThat(failure.getMessage(), containsString("message"));
    }

    private void assertRefused(String what) {
        var failure = assertThrows(AssertionError.class, () -> checked().get(TRANSFER));
        assertThat(failure.getMessage(), containsString(what));
    }

    private RequestSpecification checked() {
        return given().baseUri(base()).filter(ContractFilter.ofRequestsAndAnswers());
    }

    private String base() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    private void answerWith(JsonNode answer) {
        body = answer.toString().getBytes(UTF_8);
    }

    private void answerToCreate() {
        status = 201;
        locale = "en-US,en-US";
        answerWith(PublishedContract.read()
                .at("/paths/~1v1~1customers~1{customerId}~1transfers/post/responses/201/content/application~1json"
                        + "/examples/created/value"));
    }

    private static JsonNode changed(UnaryOperator<ObjectNode> change) {
        return change.apply(example("ActiveTransfer").deepCopy());
    }

    private static ObjectNode line(ObjectNode transfer) {
        return (ObjectNode) transfer.withArray("lineItems").get(0);
    }

    private static JsonNode example(String name) {
        var example = PublishedContract.read().at("/components/examples/" + name + "/value");
        assertThat(name, !example.isMissingNode());
        return example;
    }
}
