package csp.testsupport;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;

import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * A customer of a test's own, with fresh ids, loaded as a scenario on top of the demo world. Its subscriptions have
 * names that a test can say.
 */
public final class TestCustomer {

    /** No test gets there unless it sets the clock. */
    public static final String FAR = "2090-01-01T00:00:00Z";

    public final UUID id = UUID.randomUUID();
    private final Map<String, Object> customer = new LinkedHashMap<>();
    private final List<Object> relationships = new ArrayList<>();
    private final List<Object> agreements = new ArrayList<>();
    private final List<Object> subscriptions = new ArrayList<>();
    private final List<Object> transfers = new ArrayList<>();
    private final Map<String, UUID> ids = new LinkedHashMap<>();

    private TestCustomer() {
        customer.put("tenantId", id);
        customer.put("companyName", "Customer " + id);
        customer.put("relationships", relationships);
        customer.put("agreements", agreements);
        customer.put("subscriptions", subscriptions);
        customer.put("transfers", transfers);
    }

    /** Nobody's customer yet. */
    public static TestCustomer unrelated() {
        return new TestCustomer();
    }

    /** Contoso's customer, moved to Fabrikam, agreement accepted by the customer itself. */
    public static TestCustomer readyToTransfer() {
        return unrelated()
                .directlyWith(CONTOSO)
                .throughProvider(FABRIKAM, CONTOSO)
                .agreedItself();
    }

    /** Sets a property of the customer in the scenario document, e.g. {@code companyName}. */
    public TestCustomer with(String property, Object value) {
        customer.put(property, value);
        return this;
    }

    public TestCustomer directlyWith(DemoPartner partner) {
        relationships.add(Map.of("partner", partner.tenantId, "kind", "directReseller", "delegatedAdmin", true));
        return this;
    }

    /** A relationship as the scenario document writes it. */
    public TestCustomer related(Map<String, Object> relationship) {
        relationships.add(relationship);
        return this;
    }

    public TestCustomer throughProvider(DemoPartner provider, DemoPartner reseller) {
        relationships.add(Map.of(
                "partner",
                provider.tenantId,
                "kind",
                "indirectProvider",
                "delegatedAdmin",
                false,
                "reseller",
                reseller.tenantId,
                "via",
                "extension"));
        return this;
    }

    public TestCustomer agreedItself() {
        agreements.add(Map.of("type", "MicrosoftCustomerAgreement", "method", "direct"));
        return this;
    }

    public TestCustomer agreedByAttestationOf(DemoPartner partner) {
        agreements.add(
                Map.of("type", "MicrosoftCustomerAgreement", "method", "attestation", "partner", partner.tenantId));
        return this;
    }

    /** A licence-based subscription of Contoso's. */
    public TestCustomer license(String name, int quantity) {
        return subscription(name, Map.of("quantity", quantity));
    }

    /** An add-on of {@code base}, which is of Contoso's too. */
    public TestCustomer addon(String name, String base, int quantity) {
        return subscription(name, Map.of("quantity", quantity, "parentSubscriptionId", subscription(base)));
    }

    /** An Azure pay-as-you-go subscription of Contoso's. */
    public TestCustomer azure(String name) {
        return subscription(
                name,
                Map.of("product", "azurePayg", "offerId", "MS-AZR-0145P", "azureSubscriptionId", UUID.randomUUID()));
    }

    /** A subscription of Contoso's, a plain active licence but for {@code properties}. */
    public TestCustomer subscription(String name, Map<String, Object> properties) {
        var subscription = new LinkedHashMap<String, Object>();
        subscription.put("id", ids.computeIfAbsent(name, ignored -> UUID.randomUUID()));
        subscription.put("partner", CONTOSO.tenantId);
        subscription.put("product", "license");
        subscription.put("offerId", UUID.randomUUID().toString().toUpperCase(Locale.ROOT));
        subscription.put("friendlyName", name);
        subscription.putAll(properties);
        subscriptions.add(subscription);
        return this;
    }

    /**
     * An existing transfer from Contoso to Fabrikam with one line per name; the line's own {@code line} properties apply to
     * all.
     */
    public TestCustomer transfer(UUID transferId, String status, Map<String, Object> line, String... names) {
        var lines = new ArrayList<>();
        for (var name : names) {
            var item = new LinkedHashMap<String, Object>(line);
            item.put("subscriptionId", subscription(name));
            lines.add(item);
        }
        transfers.add(Map.of(
                "id",
                transferId,
                "source",
                CONTOSO.tenantId,
                "target",
                FABRIKAM.tenantId,
                "status",
                status,
                "lineItems",
                lines));
        return this;
    }

    /**
     * An existing new-commerce transfer from Contoso to Fabrikam with one line per name. One that is in progress is due when the clock
     * comes to {@link #FAR}, so that a test can look at it.
     */
    public TestCustomer newCommerceTransfer(UUID transferId, String status, String... names) {
        return newCommerceTransfer(Map.of("partnerOnRecord", CONTOSO.mpnId), transferId, status, names);
    }

    /** As {@link #newCommerceTransfer}, with nothing that may be left out. */
    public TestCustomer bareNewCommerceTransfer(UUID transferId, String status, String... names) {
        return newCommerceTransfer(Map.of(), transferId, status, names);
    }

    private TestCustomer newCommerceTransfer(
            Map<String, Object> more, UUID transferId, String status, String... names) {
        var lines = new ArrayList<>();
        for (var name : names) {
            lines.add(Map.of("subscriptionId", subscription(name)));
        }
        var transfer = new LinkedHashMap<String, Object>(Map.of(
                "id",
                transferId,
                "type",
                "newCommerce",
                "source",
                CONTOSO.tenantId,
                "target",
                FABRIKAM.tenantId,
                "status",
                status,
                "lineItems",
                lines));
        transfer.putAll(more);
        if (status.equals("InProgress")) {
            transfer.put("lastModifiedTime", FAR);
        }
        transfers.add(transfer);
        return this;
    }

    /** The same customer without what is already loaded: the next load adds what is said from here on. */
    public TestCustomer later() {
        relationships.clear();
        agreements.clear();
        subscriptions.clear();
        transfers.clear();
        return this;
    }

    /** Puts the customer into the service. */
    public TestCustomer load() {
        DemoPartner.operatorCalls()
                .body(document())
                .post("/sandbox/scenarios")
                .then()
                .statusCode(201);
        return this;
    }

    /** The customer as a scenario document. */
    public Map<String, Object> document() {
        return Map.of("customers", List.of(customer));
    }

    /** The id of the subscription called {@code name}. */
    public UUID subscription(String name) {
        var known = ids.get(name);
        if (known == null) {
            throw new IllegalArgumentException("The test customer has no subscription " + name);
        }
        return known;
    }

    /** The id of the subscription called {@code name}, in the upper case of the transfer API. */
    public String upper(String name) {
        return subscription(name).toString().toUpperCase(Locale.ROOT);
    }

    public String path() {
        return "/v1/customers/" + id;
    }

    public String transfersPath() {
        return path() + "/transfers";
    }

    public String eligibilityPath() {
        return path() + "/transferseligibility?transferType=directtoindirect";
    }

    /** The body that asks for a transfer of these subscriptions from Contoso to Fabrikam. */
    public Map<String, Object> transferRequest(String... names) {
        var lines = new ArrayList<Map<String, Object>>();
        for (var name : names) {
            lines.add(Map.of("subscriptionId", upper(name), "partnerIdOnRecord", CONTOSO.mpnId));
        }
        return Map.of(
                "sourcePartnerTenantId",
                CONTOSO.tenantId,
                "targetPartnerTenantId",
                FABRIKAM.tenantId,
                "lineItems",
                lines);
    }

    /** Has Contoso create a transfer to Fabrikam; returns its id. */
    public String openTransfer(String... names) {
        return json(CONTOSO.calls())
                .body(transferRequest(names))
                .post(transfersPath())
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static RequestSpecification json(RequestSpecification request) {
        return request.contentType("application/json");
    }
}
