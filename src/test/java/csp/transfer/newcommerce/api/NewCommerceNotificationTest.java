package csp.transfer.newcommerce.api;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static csp.testsupport.NewCommerceWorld.acceptance;
import static csp.testsupport.NewCommerceWorld.ask;
import static csp.testsupport.NewCommerceWorld.await;
import static csp.testsupport.NewCommerceWorld.customerWith;
import static csp.testsupport.NewCommerceWorld.patch;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import csp.testsupport.DemoPartner;
import csp.testsupport.PostgresTestResource;
import csp.testsupport.Sandbox;
import csp.testsupport.WebhookReceiver;
import csp.testsupport.WebhookReceiver.Received;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What both partners are told of a new-commerce transfer, and how they find it from there. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class NewCommerceNotificationTest {

    private final WebhookReceiver ofContoso = WebhookReceiver.start();
    private final WebhookReceiver ofFabrikam = WebhookReceiver.start();

    @BeforeEach
    void register() {
        for (var each : Map.of(CONTOSO, ofContoso, FABRIKAM, ofFabrikam).entrySet()) {
            each.getKey()
                    .calls()
                    .contentType("application/json")
                    .body(Map.of(
                            "WebhookUrl",
                            each.getValue().url(),
                            "WebhookEvents",
                            List.of(
                                    "create-transfer",
                                    "update-transfer",
                                    "complete-transfer",
                                    "fail-transfer",
                                    "expire-transfer")))
                    .post("/webhooks/v1/registration")
                    .then()
                    .statusCode(200);
        }
    }

    @AfterEach
    void close() {
        Sandbox.reset(); // without registrations
        ofContoso.close();
        ofFabrikam.close();
    }

    @Test
    void both_are_told_of_the_request_the_acceptance_and_the_completion_in_this_order() {
        var customer = customerWith("e3").load();
        var path = ask(customer);
        patch(CONTOSO, path, acceptance(customer, "e3")).then().statusCode(200);
        await(path, "Complete");
        requireTold(ofContoso, CONTOSO, path, "create-transfer", "update-transfer", "complete-transfer");
        requireTold(ofFabrikam, FABRIKAM, path, "create-transfer", "update-transfer", "complete-transfer");
    }

    @Test
    void both_are_told_that_time_is_up_by_the_time_the_clock_has_moved() {
        var path = ask(customerWith("e3").load());
        Sandbox.advanceClock("P30D");
        FABRIKAM.calls().get(path).then().body("status", is("Pending"));
        Sandbox.advanceClock("P1D");
        FABRIKAM.calls().get(path).then().body("status", is("Expired"));
        requireTold(ofContoso, CONTOSO, path, "create-transfer", "expire-transfer");
        requireTold(ofFabrikam, FABRIKAM, path, "create-transfer", "expire-transfer");
    }

    private static void requireTold(WebhookReceiver receiver, DemoPartner partner, String path, String... events) {
        var told = receiver.await(events.length);
        assertEquals(List.of(events), told.stream().map(Received::event).toList());
        for (var one : told) {
            var audit = one.json().get("AuditUri").textValue().split("_");
            assertEquals(path.substring(path.lastIndexOf('/') + 1), audit[2]);
            partner.calls()
                    .get(URI.create(one.json().get("AuditUri").textValue()).getPath())
                    .then()
                    .statusCode(200)
                    .body("resourceType", is("transfer"));
        }
    }
}
