package csp.platform.webhook.api;

import static csp.testsupport.DemoPartner.LITWARE;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.testsupport.PostgresTestResource;
import csp.testsupport.Sql;
import csp.testsupport.WebhookReceiver;
import csp.testsupport.WithoutSandbox;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where real partners register, they cannot have the service call its own network. */
@QuarkusTest
@TestProfile(WithoutSandbox.class)
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class WebhookOutsideSandboxTest {

    private static final String PATH = "/webhooks/v1/registration";

    @Inject
    AgroalDataSource database;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://localhost/x",
                "https://localhost./x",
                "https://127.0.0.1/x",
                "https://127.1/x",
                "https://2130706433/x",
                "https://0.0.0.0/x",
                "https://10.0.0.1/x",
                "https://100.64.1.1/x",
                "https://169.254.169.254/latest/meta-data",
                "https://172.16.0.1/x",
                "https://192.168.0.1/x",
                "https://224.0.0.1/x",
                "https://[::1]/x",
                "https://[::]/x",
                "https://[::ffff:127.0.0.1]/x",
                "https://[fc00::1]/x",
                "https://[fe80::1]/x",
                "https://[64:ff9b::7f00:1]/x",
                "http://8.8.8.8/x",
                "https://8.8.8.8:22/x",
                "https://8.8.8.8:80/x"
            })
    void an_address_of_another_scheme_port_or_network_is_refused_800002(String url) {
        for (var method : List.of("POST", "PUT")) {
            LITWARE.sendsAnythingAs("admin")
                    .contentType("application/json")
                    .body(Map.of("WebhookUrl", url, "WebhookEvents", List.of("test-created")))
                    .request(method, PATH)
                    .then()
                    .statusCode(400)
                    .body("code", is(800002), "description", containsString("WebhookUrl must "));
        }
        LITWARE.calls("admin").get(PATH).then().statusCode(404);
    }

    @Test
    void an_address_that_leads_into_the_network_by_the_time_of_the_delivery_is_not_called() {
        try (var receiver = WebhookReceiver.start();
                var sql = Sql.on(database)) {
            // A public address is registered, whose name leads elsewhere afterwards.
            LITWARE.calls("admin")
                    .contentType("application/json")
                    .body(Map.of("WebhookUrl", "https://8.8.8.8/x", "WebhookEvents", List.of("test-created")))
                    .post(PATH)
                    .then()
                    .statusCode(200);
            for (var url : List.of(receiver.url(), receiver.url().replace("http:", "https:"))) {
                sql.update("update webhook_registration set url = ? where partner_id = ?", url, LITWARE.tenantId);
                String correlationId = LITWARE.calls("admin")
                        .post(PATH + "/validationEvents")
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("correlationId");
                sql.await(
                        "the attempt",
                        "select count(*) from webhook_attempt a join webhook_delivery d on d.id = a.delivery_id"
                                + " where d.correlation_id = ?",
                        1,
                        correlationId);
                LITWARE.calls("admin")
                        .get(PATH + "/validationEvents/" + correlationId)
                        .then()
                        .statusCode(200)
                        .body("results[0].systemError", is(true), "results[0].responseCode", is(""))
                        .body("results[0].responseMessage", containsString("the URL must "));
            }
            assertEquals(0, receiver.connections());
            sql.update("delete from webhook_delivery");
            assertTrue(sql.update("delete from webhook_registration") > 0);
        }
    }
}
