package csp.transfer.api;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static csp.testsupport.TestCustomer.readyToTransfer;
import static io.restassured.http.ContentType.JSON;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import csp.testsupport.PostgresTestResource;
import csp.testsupport.TestCustomer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class CreateTransferInputTest {

    private static final String SOURCE = CONTOSO.tenantId.toString();
    private static final String TARGET = FABRIKAM.tenantId.toString();
    private static final String LINE = "{\"subscriptionId\":\"%s\"}";

    private TestCustomer customer;

    @BeforeEach
    void loadCustomer() {
        customer = readyToTransfer().license("e3", 1).load();
    }

    static Stream<Arguments> bad_fields() {
        var long1 = "a".repeat(300);
        return Stream.of(
                Arguments.of(
                        "sourcePartnerTenantId is required",
                        body(null, quoted(TARGET), "[%s]".formatted(LINE)),
                        "sourcePartnerTenantId"),
                Arguments.of(
                        "sourcePartnerTenantId null",
                        body("null", quoted(TARGET), "[%s]".formatted(LINE)),
                        "sourcePartnerTenantId"),
                Arguments.of(
                        "sourcePartnerTenantId empty",
                        body("\"\"", quoted(TARGET), "[%s]".formatted(LINE)),
                        "sourcePartnerTenantId"),
                Arguments.of(
                        "sourcePartnerTenantId of a wrong type",
                        body("17", quoted(TARGET), "[%s]".formatted(LINE)),
                        "17"),
                Arguments.of(
                        "sourcePartnerTenantId an object",
                        body("{\"a\":1}", quoted(TARGET), "[%s]".formatted(LINE)),
                        "sourcePartnerTenantId"),
                Arguments.of(
                        "sourcePartnerTenantId no GUID",
                        body("\"contoso\"", quoted(TARGET), "[%s]".formatted(LINE)),
                        "contoso"),
                Arguments.of(
                        "sourcePartnerTenantId too long",
                        body(quoted(long1), quoted(TARGET), "[%s]".formatted(LINE)),
                        "sourcePartnerTenantId"),
                Arguments.of(
                        "sourcePartnerTenantId with unicode",
                        body("\"\u2603\"", quoted(TARGET), "[%s]".formatted(LINE)),
                        "\u2603"),
                Arguments.of(
                        "sourcePartnerTenantId with control characters",
                        body("\"a\\u0007b\"", quoted(TARGET), "[%s]".formatted(LINE)),
                        "sourcePartnerTenantId"),
                Arguments.of(
                        "targetPartnerTenantId is required",
                        body(quoted(SOURCE), null, "[%s]".formatted(LINE)),
                        "targetPartnerTenantId"),
                Arguments.of(
                        "targetPartnerTenantId null",
                        body(quoted(SOURCE), "null", "[%s]".formatted(LINE)),
                        "targetPartnerTenantId"),
                Arguments.of(
                        "targetPartnerTenantId empty",
                        body(quoted(SOURCE), "\" \"", "[%s]".formatted(LINE)),
                        "targetPartnerTenantId"),
                Arguments.of(
                        "targetPartnerTenantId of a wrong type",
                        body(quoted(SOURCE), "true", "[%s]".formatted(LINE)),
                        "true"),
                Arguments.of(
                        "targetPartnerTenantId no GUID",
                        body(quoted(SOURCE), "\"0-0-0-0-0\"", "[%s]".formatted(LINE)),
                        "0-0-0-0-0"),
                Arguments.of("lineItems is required", body(quoted(SOURCE), quoted(TARGET), null), "lineItems"),
                Arguments.of("lineItems null", body(quoted(SOURCE), quoted(TARGET), "null"), "lineItems"),
                Arguments.of("lineItems empty", body(quoted(SOURCE), quoted(TARGET), "[]"), "lineItems"),
                Arguments.of("lineItems of a wrong type", body(quoted(SOURCE), quoted(TARGET), "{}"), "lineItems"),
                Arguments.of("lineItems a string", body(quoted(SOURCE), quoted(TARGET), "\"all\""), "all"),
                Arguments.of("a line of a wrong type", body(quoted(SOURCE), quoted(TARGET), "[7]"), "lineItems[0]"),
                Arguments.of(
                        "a line null",
                        body(quoted(SOURCE), quoted(TARGET), "[%s,null]".formatted(LINE)),
                        "lineItems[1]"),
                Arguments.of(
                        "a line without subscription",
                        body(quoted(SOURCE), quoted(TARGET), "[{}]"),
                        "lineItems[0].subscriptionId"),
                Arguments.of(
                        "subscriptionId null",
                        body(quoted(SOURCE), quoted(TARGET), "[{\"subscriptionId\":null}]"),
                        "lineItems[0].subscriptionId"),
                Arguments.of(
                        "subscriptionId empty",
                        body(quoted(SOURCE), quoted(TARGET), "[{\"subscriptionId\":\"\"}]"),
                        "lineItems[0].subscriptionId"),
                Arguments.of(
                        "subscriptionId of a wrong type",
                        body(quoted(SOURCE), quoted(TARGET), "[{\"subscriptionId\":5e400}]"),
                        "lineItems[0].subscriptionId"),
                Arguments.of(
                        "subscriptionId no GUID",
                        body(quoted(SOURCE), quoted(TARGET), "[{\"subscriptionId\":\"e3\"}]"),
                        "e3"),
                Arguments.of(
                        "a subscription named twice",
                        body(quoted(SOURCE), quoted(TARGET), "[%1$s,%1$s]".formatted(LINE)),
                        "lineItems[1].subscriptionId"),
                Arguments.of(
                        "partnerIdOnRecord of a wrong type",
                        body(
                                quoted(SOURCE),
                                quoted(TARGET),
                                "[{\"subscriptionId\":\"%s\",\"partnerIdOnRecord\":4800001}]"),
                        "4800001"),
                Arguments.of(
                        "partnerIdOnRecord empty",
                        body(
                                quoted(SOURCE),
                                quoted(TARGET),
                                "[{\"subscriptionId\":\"%s\",\"partnerIdOnRecord\":\"\"}]"),
                        "partnerIdOnRecord"),
                Arguments.of(
                        "partnerIdOnRecord too long",
                        body(
                                quoted(SOURCE),
                                quoted(TARGET),
                                "[{\"subscriptionId\":\"%s\",\"partnerIdOnRecord\":\"" + "4".repeat(33) + "\"}]"),
                        "partnerIdOnRecord"),
                Arguments.of(
                        "a property named twice",
                        "{\"sourcePartnerTenantId\":\"%s\",\"SourcePartnerTenantId\":\"%s\"}".formatted(SOURCE, TARGET),
                        "twice"),
                Arguments.of("no JSON", "sourcePartnerTenantId=1", "not well-formed"),
                Arguments.of("a JSON array", "[]", "[]"),
                Arguments.of("nothing", "", "body"),
                Arguments.of("half a body", "{\"sourcePartnerTenantId\":", "not well-formed"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bad_fields")
    void each_bad_field_is_refused_by_name_800002_and_nothing_is_created(String what, String body, String named) {
        CONTOSO.sendsAnything()
                .contentType(JSON)
                .body(body.replace("%s", customer.upper("e3")))
                .post(customer.transfersPath())
                .then()
                .statusCode(400)
                .body(
                        "code",
                        is(800002),
                        "description",
                        containsString(named),
                        "source",
                        is("PartnerFD"),
                        "data",
                        empty());
        CONTOSO.calls().get(customer.transfersPath()).then().body("", empty());
    }

    @Test
    void more_than_500_lines_are_refused_and_500_are_not_800002() {
        var lines = new ArrayList<Map<String, Object>>();
        for (var i = 0; i < 501; i++) {
            lines.add(Map.of("subscriptionId", UUID.randomUUID()));
        }
        var request = Map.of("sourcePartnerTenantId", SOURCE, "targetPartnerTenantId", TARGET, "lineItems", lines);
        CONTOSO.sendsAnything()
                .contentType(JSON)
                .body(request)
                .post(customer.transfersPath())
                .then()
                .statusCode(400)
                .body("code", is(800002), "description", containsString("501"));
        lines.remove(0);
        CONTOSO.sendsAnything()
                .contentType(JSON)
                .body(request)
                .post(customer.transfersPath())
                .then()
                .statusCode(400)
                .body("code", is(800078));
    }

    @Test
    void a_body_of_more_than_one_mebibyte_is_refused_413() {
        var body = "{\"sourcePartnerTenantId\":\"%s\"}".formatted("x".repeat(1 << 20));
        CONTOSO.sendsAnything()
                .contentType(JSON)
                .body(body)
                .post(customer.transfersPath())
                .then()
                .statusCode(413)
                .body(
                        "code",
                        is(800002),
                        "description",
                        containsString("1048576"),
                        "data",
                        empty(),
                        "source",
                        is("PartnerFD"));
    }

    @Test
    void another_content_type_is_refused_415_and_a_missing_one_is_not() {
        for (var type : List.of("application/xml", "text/plain", "application/octet-stream")) {
            CONTOSO.sendsAnything()
                    .contentType(type)
                    .body("{}".getBytes())
                    .post(customer.transfersPath())
                    .then()
                    .statusCode(415)
                    .body("code", is(800002), "description", containsString(type.split("/")[1]));
        }
    }

    @Test
    void an_accept_header_that_excludes_json_is_refused_406() {
        CONTOSO.sendsAnything()
                .accept("application/xml")
                .get(customer.transfersPath())
                .then()
                .statusCode(406)
                .body("code", is(800002), "description", containsString("application/xml"));
    }

    @Test
    void an_unknown_path_is_404_and_an_unknown_method_405_with_the_published_body() {
        CONTOSO.sendsAnything()
                .get(customer.path() + "/nothing")
                .then()
                .statusCode(404)
                .body(
                        "code",
                        is(1000),
                        "description",
                        containsString("/nothing"),
                        "data",
                        empty(),
                        "source",
                        is("PartnerFD"))
                .header("MS-RequestId", not((Object) null))
                .header("MS-CorrelationId", not((Object) null));
        CONTOSO.sendsAnything()
                .put(customer.transfersPath())
                .then()
                .statusCode(405)
                .body("description", containsString("PUT"), "data", empty(), "source", is("PartnerFD"))
                .header("MS-RequestId", not((Object) null));
    }

    @Test
    void request_and_correlation_ids_are_echoed_also_on_errors_and_made_when_missing_ST3() {
        var request = UUID.randomUUID().toString();
        var correlation = UUID.randomUUID().toString();
        for (var path : List.of(customer.transfersPath(), "/v1/customers/x/transfers")) {
            CONTOSO.sendsAnything()
                    .header("MS-RequestId", request)
                    .header("MS-CorrelationId", correlation)
                    .get(path)
                    .then()
                    .header("MS-RequestId", is(request))
                    .header("MS-CorrelationId", is(correlation));
            CONTOSO.sendsAnything()
                    .get(path)
                    .then()
                    .header("MS-RequestId", not((Object) null))
                    .header("MS-CorrelationId", not((Object) null));
        }
    }

    private static String body(String source, String target, String lines) {
        var fields = new ArrayList<String>();
        if (source != null) {
            fields.add("\"sourcePartnerTenantId\":" + source);
        }
        if (target != null) {
            fields.add("\"targetPartnerTenantId\":" + target);
        }
        if (lines != null) {
            fields.add("\"lineItems\":" + lines);
        }
        return "{" + String.join(",", fields) + "}";
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }
}
