package csp.transfer.newcommerce.api;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static csp.testsupport.NewCommerceWorld.customerWith;
import static csp.testsupport.NewCommerceWorld.patch;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.json.JsonMapper;
import csp.testsupport.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The recorded exchanges about new-commerce transfers, key by key (W60 to W64). */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class NewCommerceContractTest {

    private static final List<String> CANCELED = List.of(
            "id",
            "status",
            "transferType",
            "customerEmailId",
            "createdTime",
            "lastModifiedTime",
            "expirationTime",
            "customerName",
            "customerTenantId",
            "partnertenantid",
            "sourcePartnerName",
            "sourcePartnerTenantId",
            "targetPartnerName",
            "targetPartnerTenantId",
            "targetPartnerEmailId",
            "transferDirection",
            "ignoreEligibilityCheck",
            "lastModifiedUser",
            "links");

    @Test
    void the_answer_to_a_cancellation_has_the_recorded_keys_in_the_recorded_order() throws IOException {
        var customer = customerWith().load();
        var id = UUID.randomUUID();
        customer.later().bareNewCommerceTransfer(id, "Pending").load();
        var answer = patch(FABRIKAM, customer.transfersPath() + "/" + id, Map.of("id", id, "status", "Cancel"))
                .then()
                .statusCode(200)
                .header("Content-Type", is("application/json; charset=utf-8"))
                .extract()
                .asString();
        assertEquals(CANCELED, keys(answer));
    }

    @Test
    void a_transfer_in_progress_read_by_its_source_has_the_recorded_keys_in_the_recorded_order() throws IOException {
        var customer = customerWith("basic");
        var id = UUID.randomUUID();
        customer.bareNewCommerceTransfer(id, "InProgress", "basic").load();
        var expected = new ArrayList<>(CANCELED);
        expected.remove("expirationTime");
        expected.add(expected.indexOf("links"), "lineItems");
        expected.add("attributes");
        var answer = CONTOSO.calls()
                .get(customer.transfersPath() + "/" + id)
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertEquals(expected, keys(answer));
        assertEquals(
                "{\"id\":0,\"subscriptionId\":\"%s\",\"billingCycle\":\"unknown\",\"quantity\":0,\"productType\":5,\"status\":\"InProgress\"}"
                        .formatted(customer.subscription("basic")),
                new JsonMapper().readTree(answer).at("/lineItems/0").toString());
        FABRIKAM.calls()
                .get(customer.transfersPath() + "/" + id)
                .then()
                .body("lineItems", is((Object) null), "transferDirection", is(1));
    }

    private static List<String> keys(String answer) throws IOException {
        var keys = new ArrayList<String>();
        new JsonMapper().readTree(answer).fieldNames().forEachRemaining(keys::add);
        return keys;
    }
}
