package csp.testsupport;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static io.restassured.http.ContentType.JSON;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What the tests of new-commerce transfers say again and again: Fabrikam, the target, asks Contoso, the source. */
public final class NewCommerceWorld {

    public static final String OFFER = "CFQ7TTC0LH18:0001:CFQ7TTC0K971";

    private NewCommerceWorld() {}

    /** A customer of both partners with the agreement accepted, and with a new-commerce licence of Contoso's for each name. */
    public static TestCustomer customerWith(String... licences) {
        var customer = TestCustomer.readyToTransfer();
        for (var name : licences) {
            licence(customer, name, Map.of());
        }
        return customer;
    }

    /** A new-commerce licence of Contoso's. */
    public static TestCustomer licence(TestCustomer customer, String name, Map<String, Object> properties) {
        var all = new LinkedHashMap<String, Object>(Map.of("product", "newCommerceLicense", "offerId", OFFER));
        all.putAll(properties);
        return customer.subscription(name, all);
    }

    /** The body with which Fabrikam asks, all of it that is not optional and the reseller that a provider must name. */
    public static Map<String, Object> request() {
        var body = new LinkedHashMap<String, Object>();
        body.put("transferType", 5);
        body.put("sourcePartnerTenantId", CONTOSO.tenantId);
        body.put("customerEmailId", "owner@customer.example");
        body.put("partnerOnRecord", CONTOSO.mpnId);
        return body;
    }

    /** {@link #request} with another value, null to leave the property out. */
    public static Map<String, Object> requestWith(String property, Object value) {
        var body = request();
        if (value == null) {
            body.remove(property);
        } else {
            body.put(property, value);
        }
        return body;
    }

    /** Has Fabrikam ask; returns the path of the new transfer. */
    public static String ask(TestCustomer customer) {
        return ask(customer, request());
    }

    public static String ask(TestCustomer customer, Map<String, Object> body) {
        var id = FABRIKAM.calls()
                .contentType(JSON)
                .body(body)
                .post(customer.transfersPath())
                .then()
                .statusCode(201)
                .extract()
                .<String>path("id");
        return customer.transfersPath() + "/" + id;
    }

    /** The body that accepts with these subscriptions, all of them licences. */
    public static Map<String, Object> acceptance(TestCustomer customer, String... names) {
        var lines = new ArrayList<Map<String, Object>>();
        for (var name : names) {
            lines.add(line(customer.subscription(name), "OnlineServicesNCE"));
        }
        return Map.of("lineItems", lines);
    }

    public static Map<String, Object> line(UUID subscription, Object productType) {
        return Map.of("subscriptionId", subscription, "productType", productType);
    }

    public static Map<String, Object> acceptance(List<Map<String, Object>> lines) {
        return Map.of("lineItems", lines);
    }

    /** The partner changes the transfer. */
    public static Response patch(DemoPartner partner, String path, Object body) {
        return partner.calls().contentType(JSON).body(body).patch(path);
    }

    /** Waits until the transfer is in the state, as the source sees it. */
    public static void await(String path, String status) {
        var deadline = System.nanoTime() + 20_000_000_000L;
        String seen;
        do {
            seen = CONTOSO.calls().get(path).then().statusCode(200).extract().path("status");
        } while (!seen.equals(status) && System.nanoTime() < deadline);
        assertEquals(status, seen);
    }
}
