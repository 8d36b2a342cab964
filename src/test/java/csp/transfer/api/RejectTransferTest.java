package csp.transfer.api;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static csp.testsupport.DemoPartner.NORTHWIND;
import static csp.testsupport.TestCustomer.readyToTransfer;
import static io.restassured.http.ContentType.JSON;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import csp.testsupport.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class RejectTransferTest {

    @Test
    void the_target_rejects_the_whole_request_and_its_subscriptions_are_free_at_once_TR22() {
        var customer = readyToTransfer().license("e3", 1).license("other", 1).load();
        var id = customer.openTransfer("e3", "other");
        FABRIKAM.calls()
                .contentType(JSON)
                .body(Map.of("id", id, "status", "reject"))
                .patch(customer.transfersPath() + "/" + id)
                .then()
                .statusCode(200)
                .header("X-Locale", is("en-US"))
                .body(
                        "status",
                        is("Reject"),
                        "partnertenantid",
                        is(FABRIKAM.tenantId.toString()),
                        "lastModifiedUser",
                        is(FABRIKAM.clientId.toString()),
                        "lineItems[0].status",
                        is((Object) null),
                        "lineItems[0].transferGroupId",
                        is((Object) null));
        customer.openTransfer("e3");
        CONTOSO.calls().get(customer.transfersPath() + "/" + id).then().body("status", is("Reject"));
    }

    @Test
    void it_is_recorded_without_a_content_type_and_so_accepted_ST3() throws IOException, InterruptedException {
        var customer = readyToTransfer().license("e3", 1).load();
        var id = customer.openTransfer("e3");
        var service = RestAssured.baseURI + ":" + RestAssured.port;
        var request = HttpRequest.newBuilder(URI.create(service + customer.transfersPath() + "/" + id))
                .header("Authorization", "Bearer " + FABRIKAM.appToken(service))
                .expectContinue(true)
                .timeout(Duration.ofSeconds(30))
                .method(
                        "PATCH",
                        BodyPublishers.ofString("{\"Id\":\"%s\",\"Status\":\"Reject\"}".formatted(id.toUpperCase())))
                .build();
        var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer.body());
    }

    @Test
    void only_the_target_may_reject_900150() {
        var customer = readyToTransfer()
                .throughProvider(NORTHWIND, CONTOSO)
                .license("e3", 1)
                .load();
        var path = customer.transfersPath() + "/" + customer.openTransfer("e3");
        var rejection = Map.of("status", "reject");
        CONTOSO.calls()
                .contentType(JSON)
                .body(rejection)
                .patch(path)
                .then()
                .statusCode(403)
                .body("code", is(900150));
        NORTHWIND
                .calls()
                .contentType(JSON)
                .body(rejection)
                .patch(path)
                .then()
                .statusCode(404)
                .body("code", is(900100));
        FABRIKAM.calls("help")
                .contentType(JSON)
                .body(rejection)
                .patch(path)
                .then()
                .statusCode(403)
                .body("code", is(900150));
        CONTOSO.calls().get(path).then().body("status", is("Active"));
    }

    @Test
    void a_closed_transfer_cannot_be_rejected_900102_and_stays_as_it_was() {
        var customer = readyToTransfer().license("e3", 1).load();
        var path = customer.transfersPath() + "/" + customer.openTransfer("e3");
        FABRIKAM.calls().post(path + "/accept").then().statusCode(200);
        FABRIKAM.calls()
                .contentType(JSON)
                .body(Map.of("status", "reject"))
                .patch(path)
                .then()
                .statusCode(400)
                .body("code", is(900102), "description", containsString("Complete"));
        CONTOSO.calls().get(path).then().body("status", is("Complete"));
    }

    @Test
    void any_other_status_is_refused_900126_and_changes_nothing() {
        var customer = readyToTransfer().license("e3", 1).load();
        var path = customer.transfersPath() + "/" + customer.openTransfer("e3");
        for (var status : List.of("Complete", "accept", "Active", "rejected", "Cancel", "\u2603")) {
            FABRIKAM.sendsAnything()
                    .contentType(JSON)
                    .body(Map.of("status", status))
                    .patch(path)
                    .then()
                    .statusCode(400)
                    .body("code", is(900126), "description", containsString(status));
        }
        CONTOSO.calls().get(path).then().body("status", is("Active"));
    }

    @Test
    void the_id_of_another_transfer_is_refused_800002_and_changes_nothing_D6() {
        var customer = readyToTransfer().license("e3", 1).load();
        var path = customer.transfersPath() + "/" + customer.openTransfer("e3");
        var other = UUID.randomUUID().toString();
        FABRIKAM.calls()
                .contentType(JSON)
                .body(Map.of("id", other, "status", "reject"))
                .patch(path)
                .then()
                .statusCode(400)
                .body("code", is(800002), "description", containsString(other));
        CONTOSO.calls().get(path).then().body("status", is("Active"));
    }

    @Test
    void bodies_that_cannot_be_read_or_say_nothing_are_refused_800002_and_change_nothing() {
        var customer = readyToTransfer().license("e3", 1).load();
        var path = customer.transfersPath() + "/" + customer.openTransfer("e3");
        for (var body : List.of(
                "",
                "{",
                "[]",
                "null",
                "\"reject\"",
                "{}",
                "{\"status\":null}",
                "{\"status\":\"\"}",
                "{\"status\":1}",
                "{\"status\":[\"reject\"]}",
                "{\"status\":\"reject\",\"Status\":\"reject\"}",
                "{\"status\":\"reject\",\"id\":\"x\"}",
                "{\"status\":\"rej\\u0000ect\"}",
                "{\"status\":\"reject\"}{}",
                "{\"status\":\"" + "r".repeat(5000) + "\"}")) {
            FABRIKAM.sendsAnything()
                    .contentType(JSON)
                    .body(body)
                    .patch(path)
                    .then()
                    .statusCode(400)
                    .body("code", is(800002));
        }
        CONTOSO.calls().get(path).then().body("status", is("Active"));
    }
}
