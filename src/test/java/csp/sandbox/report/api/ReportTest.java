package csp.sandbox.report.api;

import static csp.testsupport.TestCustomer.unrelated;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.testsupport.DemoPartner;
import csp.testsupport.OwnPartner;
import csp.testsupport.PostgresTestResource;
import csp.testsupport.RawConnection;
import csp.testsupport.Sandbox;
import csp.testsupport.TestCustomer;
import csp.testsupport.TestSecret;
import csp.testsupport.WebhookReceiver;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.StringReader;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class ReportTest {

    private static final String PUBLIC_CLIENT = "e0000000-0000-4000-8000-0000000000fe";

    private final OwnPartner partner = OwnPartner.directBill();

    @BeforeEach
    void load() {
        partner.load();
    }

    @Test
    void a_client_that_does_as_published_has_nothing_in_the_report() {
        publishedForm().get("/v1/customers?size=20").then().statusCode(200);
        var customer = customer();
        publishedForm()
                .contentType("application/json")
                .body(Map.of("quantity", 7, "friendlyName", "Seven", "autoRenewEnabled", true))
                .patch(subscriptionOf(customer))
                .then()
                .statusCode(200);

        report("").body("items", hasSize(0));
    }

    @Test
    void what_was_read_may_be_sent_back_whole_with_a_change() {
        var customer = customer();
        Map<String, Object> read = publishedForm()
                .get(subscriptionOf(customer))
                .then()
                .extract()
                .jsonPath()
                .getMap("$");
        read.put("quantity", 9);
        publishedForm()
                .contentType("application/json")
                .body(read)
                .patch(subscriptionOf(customer))
                .then()
                .statusCode(200);

        report("").body("items", hasSize(0));
    }

    @Test
    void each_deviation_of_an_accepted_request_is_a_finding_with_its_rule_its_place_and_what_to_do() {
        var customer = customer();
        var correlation = UUID.randomUUID().toString();
        given().auth()
                .oauth2(partner.appToken())
                .header("MS-CorrelationId", correlation)
                .header("MS-RequestId", "first")
                .header("Accept", "text/json")
                .contentType("application/json")
                .body("{\"QUANTITY\":\"8\",\"colour\":{\"red\":1},\"autoRenewEnabled\":\"\",\"status\":\"Active\"}")
                .patch(subscriptionOf(customer))
                .then()
                .statusCode(200);

        report("")
                .body(
                        "items.rule",
                        is(List.of(
                                "ST1-unknown-property",
                                "ST3-id-no-guid",
                                "W7-number-as-string",
                                "ST1-property-case",
                                "ST1-word-case",
                                "W31-accept",
                                "W7-empty-text")))
                .body("items.requests", is(Collections.nCopies(7, List.of(correlation))))
                .body(
                        "items[0].message",
                        containsString("colour"),
                        "items[0].advice",
                        containsString("Leave the property out"))
                .body("items[0].severity", is("warning"), "items[0].partner", is(partner.tenantId.toString()))
                .body("items[2].message", containsString("QUANTITY: \"8\""))
                .body("items[3].message", containsString("QUANTITY is quantity"));
        Sandbox.operator()
                .get("/sandbox/journal?partner=" + partner.tenantId + "&operation=updateSubscription")
                .then()
                .body("items[0].deviations.rule", hasItems("ST1-unknown-property", "W7-number-as-string"))
                .body("items[0].deviations[0].advice", containsString("Leave"));
    }

    @Test
    void headers_that_are_missing_parameters_that_are_not_published_and_paging_by_hand_are_findings() {
        try (var connection = new RawConnection(RestAssured.port)) {
            connection.send("GET /v1//customers?SIZE=2&offset=4&colour=red HTTP/1.1\r\nHost: localhost\r\n"
                    + "Accept: application/json\r\nAuthorization: Bearer " + partner.appToken() + "\r\n\r\n");
            assertTrue(connection.answer().startsWith("HTTP/1.1 200"));
        }

        report("")
                .body(
                        "items.rule",
                        is(List.of(
                                "W23-paging-by-hand",
                                "W28-unknown-parameter",
                                "ST3-no-correlation-id",
                                "ST3-no-request-id",
                                "ST4-doubled-slash",
                                "W28-parameter-case")));
        report("&severity=warning").body("items.rule", is(List.of("W23-paging-by-hand", "W28-unknown-parameter")));
        report("&severity=error").body("items", hasSize(0));
        report("&since=2999-01-01").body("items", hasSize(0));
    }

    @Test
    void a_write_without_a_request_id_is_worse_than_a_read_without_one() {
        given().auth()
                .oauth2(partner.appToken())
                .contentType("application/json")
                .body(Map.of("quantity", 6))
                .patch(subscriptionOf(customer()))
                .then()
                .statusCode(200);

        report("&severity=warning").body("items.rule", is(List.of("ST5-no-request-id")));
    }

    @Test
    void an_operation_that_does_not_exist_is_a_finding_and_a_refusal_is_none() {
        publishedForm().get("/v1/customers/" + UUID.randomUUID()).then().statusCode(403);
        report("").body("items", hasSize(0));

        publishedForm().get("/v1/customer").then().statusCode(404);
        report("&severity=error").body("items.rule", is(List.of("no-such-operation")));
    }

    @Test
    void an_agreement_that_is_no_more_is_a_deprecated_value() {
        publishedForm("agent")
                .get("/v1/agreements?agreementType=MicrosoftCloudAgreement")
                .then()
                .statusCode(200);

        report("").body("items.rule", is(List.of("W27-cloud-agreement")));
    }

    @Test
    void a_client_that_fetches_a_token_for_every_call_is_told() {
        for (var i = 0; i < 3; i++) {
            var token = given().formParams(Map.of(
                            "grant_type",
                            "password",
                            "client_id",
                            PUBLIC_CLIENT,
                            "username",
                            "sales@" + partner.tenantId + ".example",
                            "password",
                            TestSecret.PLAIN,
                            "scope",
                            "https://api.partnercenter.microsoft.com/.default"))
                    .post("/organizations/oauth2/v2.0/token")
                    .then()
                    .statusCode(200)
                    .extract()
                    .<String>path("access_token");
            headers(given().auth().oauth2(token)).get("/v1/customers").then().statusCode(200);
        }

        report("").body("items.rule", is(List.of("token-per-call")), "items[0].requests", hasSize(2));
    }

    @Test
    void a_transfer_that_is_read_again_and_again_without_a_webhook_is_polled() {
        var source = OwnPartner.directBill().load();
        var transfer = UUID.randomUUID();
        var customer = unrelated()
                .related(Map.of("partner", partner.tenantId, "kind", "directReseller"))
                .with(
                        "transfers",
                        List.of(Map.of(
                                "id",
                                transfer,
                                "type",
                                "newCommerce",
                                "source",
                                source.tenantId,
                                "target",
                                partner.tenantId,
                                "status",
                                "Pending",
                                "lineItems",
                                List.of())))
                .load();
        for (var i = 0; i < 5; i++) {
            publishedForm()
                    .get("/v1/customers/{customer}/transfers/{transfer}", customer.id, transfer)
                    .then()
                    .statusCode(200);
        }

        report("").body("items.rule", is(List.of("D25-polled-not-notified")));
    }

    @Test
    void a_receiver_that_does_not_answer_with_2xx_is_told() {
        try (var receiver = WebhookReceiver.start().answers(409, "not mine")) {
            var told = OwnPartner.directBill()
                    .with("webhook", Map.of("url", receiver.url(), "events", List.of("subscription-updated")))
                    .load();
            var customer = customerOf(told);
            headers(given().auth().oauth2(told.appToken()))
                    .contentType("application/json")
                    .body(Map.of("quantity", 6))
                    .patch(subscriptionOf(customer))
                    .then()
                    .statusCode(200);
            receiver.await(1);
            Sandbox.advanceClock("PT0S");

            Sandbox.operator()
                    .get("/sandbox/report?partner=" + told.tenantId)
                    .then()
                    .body("items.rule", is(List.of("D25-receiver-refuses")))
                    .body(
                            "items[0].message",
                            containsString("subscription-updated, with 409"),
                            "items[0].requests",
                            hasSize(0));
        } finally {
            Sandbox.releaseClock();
        }
    }

    @Test
    void a_client_that_retries_before_retry_after_is_told_so() {
        fault("listCustomers", Map.of("type", "throttle", "retryAfter", 57));
        publishedForm().get("/v1/customers").then().statusCode(429);
        publishedForm().get("/v1/customers").then().statusCode(200);

        report("")
                .body("items.rule", is(List.of("ST6-retry-before-retry-after")))
                .body("items[0].message", containsString("of the 57 s that Retry-After told to wait"));
        Sandbox.operator()
                .get("/sandbox/journal?status=429&partner=" + partner.tenantId)
                .then()
                .body(
                        "items[0].fault",
                        notNullValue(),
                        "items[0].rule",
                        is("ST6"),
                        "items[0].operation",
                        is("listCustomers"));
    }

    @Test
    void a_write_that_is_repeated_with_another_request_id_after_its_connection_was_lost_is_told() {
        var customer = customer();
        fault("updateSubscription", Map.of("type", "dropConnection", "when", "before"));
        assertThrows(Exception.class, () -> seats(customer));
        seats(customer).then().statusCode(200);

        report("")
                .body("items.rule", is(List.of("ST5-retry-with-new-request-id")))
                .body("items[0].message", containsString("after no answer with another MS-RequestId"));
    }

    @Test
    void there_is_a_report_also_when_somebody_came_without_a_valid_token() {
        given().get("/v1/customers").then().statusCode(401);

        Sandbox.operator().get("/sandbox/report").then().statusCode(200);
    }

    private Response seats(TestCustomer customer) {
        return publishedForm()
                .contentType("application/json")
                .body(Map.of("quantity", 8))
                .patch(subscriptionOf(customer));
    }

    private void fault(String operation, Map<String, Object> effect) {
        DemoPartner.operatorCalls()
                .body(Map.of("operation", operation, "partner", partner.tenantId, "times", 1, "effect", effect))
                .post("/sandbox/faults")
                .then()
                .statusCode(201);
    }

    @Test
    void whoever_accepts_nothing_that_can_be_read_gets_JSON() {
        try (var connection = new RawConnection(RestAssured.port)) {
            for (var accepted : List.of("", " , ")) {
                var answer = connection
                        .send("GET /sandbox/report?partner=" + partner.tenantId
                                + " HTTP/1.1\r\nHost: localhost\r\nAccept:" + accepted + "\r\nAuthorization: Bearer "
                                + DemoPartner.operatorToken(DemoPartner.serviceUnderTest()) + "\r\n\r\n")
                        .answer();
                assertTrue(answer.startsWith("HTTP/1.1 200 ") && answer.contains("\"items\":["), answer);
            }
        }
    }

    @Test
    void in_xml_each_finding_is_a_failed_test_and_each_rule_that_nobody_broke_a_passed_one() throws Exception {
        given().auth()
                .oauth2(partner.appToken())
                .get("/v1/customers?<&\"'=\u0001x")
                .then()
                .statusCode(200);

        var answer = Sandbox.operator()
                .accept("application/xml")
                .get("/sandbox/report?partner=" + partner.tenantId)
                .then()
                .statusCode(200)
                .contentType(containsString("application/xml"))
                .extract()
                .asString();
        var suite = (Element) DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(answer)))
                .getElementsByTagName("testsuite")
                .item(0);
        var tests = suite.getElementsByTagName("testcase");
        var failures = suite.getElementsByTagName("failure");
        assertEquals("3", suite.getAttribute("failures"));
        assertEquals(3, failures.getLength());
        assertEquals(suite.getAttribute("tests"), Integer.toString(tests.getLength()));
        assertTrue(tests.getLength() > 20);
        var first = (Element) tests.item(0);
        assertEquals("W28-unknown-parameter", first.getAttribute("name"));
        assertEquals("sandbox.report." + partner.tenantId, first.getAttribute("classname"));
        assertEquals("warning", ((Element) failures.item(0)).getAttribute("type"));
        assertTrue(failures.item(0).getTextContent().contains("Leave the query parameter out"));

        Sandbox.operator()
                .accept("application/xml")
                .get("/sandbox/report?severity=error&partner=" + partner.tenantId)
                .then()
                .body(
                        "testsuites.@failures",
                        is("0"),
                        "testsuites.testsuite.testcase.@name",
                        hasItem("ST6-retry-before-retry-after"))
                .body("testsuites.testsuite.testcase.@name", not(hasItem("ST3-no-accept")));
    }

    @Test
    void a_question_that_cannot_be_read_is_refused() {
        for (var question : List.of("partner=contoso", "since=yesterday")) {
            DemoPartner.operatorCalls()
                    .get("/sandbox/report?" + question)
                    .then()
                    .statusCode(400)
                    .body("code", is(800002));
        }
        DemoPartner.operatorCalls()
                .get("/sandbox/report?severity=fatal")
                .then()
                .statusCode(400)
                .body("code", is(900126));
    }

    private ValidatableResponse report(String more) {
        return DemoPartner.operatorCalls()
                .get("/sandbox/report?partner=" + partner.tenantId + more)
                .then()
                .statusCode(200);
    }

    private RequestSpecification publishedForm() {
        return headers(given().auth().oauth2(partner.appToken()));
    }

    private RequestSpecification publishedForm(String user) {
        return headers(partner.sendsAnythingAs(user));
    }

    private static RequestSpecification headers(RequestSpecification request) {
        return request.header("MS-RequestId", UUID.randomUUID())
                .header("MS-CorrelationId", UUID.randomUUID())
                .accept("application/json");
    }

    private TestCustomer customer() {
        return customerOf(partner);
    }

    private static TestCustomer customerOf(OwnPartner holder) {
        return unrelated()
                .related(Map.of("partner", holder.tenantId, "kind", "directReseller"))
                .agreedItself()
                .subscription("e3", Map.of("partner", holder.tenantId, "quantity", 5))
                .load();
    }

    private static String subscriptionOf(TestCustomer customer) {
        return customer.path() + "/subscriptions/" + customer.subscription("e3");
    }
}
