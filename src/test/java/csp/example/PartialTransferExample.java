package csp.example;

import static csp.junit.DemoPartner.FABRIKAM;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.junit.PartnerCenterSandbox;
import csp.junit.Sandbox;
import csp.junit.Token;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

@PartnerCenterSandbox
class PartialTransferExample {

    static final String TRANSFER =
            "/v1/customers/c0000000-0000-4000-8000-0000000000aa/transfers/70000000-0000-4000-8000-0000000000aa";
    static final String WORLD = """
            {"customers": [{
              "tenantId": "c0000000-0000-4000-8000-0000000000aa", "companyName": "Trey Research",
              "relationships": [
                {"partner": "a0000000-0000-4000-8000-000000000001", "kind": "directReseller"},
                {"partner": "a0000000-0000-4000-8000-000000000002", "kind": "indirectProvider", "via": "extension",
                 "reseller": "a0000000-0000-4000-8000-000000000001"}],
              "agreements": [{"type": "MicrosoftCustomerAgreement", "method": "direct"}],
              "subscriptions": [
                {"id": "50000000-0000-4000-8000-0000000000aa", "partner": "a0000000-0000-4000-8000-000000000001",
                 "product": "license", "offerId": "796B6B5F-613C-4E24-A17C-EBA730D49C02", "quantity": 10},
                {"id": "50000000-0000-4000-8000-0000000000ab", "partner": "a0000000-0000-4000-8000-000000000001",
                 "product": "license", "offerId": "91FD106F-4B2C-4938-95AC-F54F74E9A239", "syncState": "none"}],
              "transfers": [{
                "id": "70000000-0000-4000-8000-0000000000aa", "status": "Active",
                "source": "a0000000-0000-4000-8000-000000000001", "target": "a0000000-0000-4000-8000-000000000002",
                "lineItems": [{"subscriptionId": "50000000-0000-4000-8000-0000000000aa"},
                              {"subscriptionId": "50000000-0000-4000-8000-0000000000ab"}]}]}]}
            """;

    @Test
    void a_line_that_is_not_provisioned_fails_and_its_sibling_moves(Sandbox sandbox, @Token(FABRIKAM) String provider)
            throws Exception {
        sandbox.load(WORLD);

        // In your project, the code of your storefront does this.
        var result = call(sandbox, "POST", TRANSFER + "/accept", provider);

        assertTrue(result.contains("\"quantity\":10"), result);
        assertTrue(result.contains("\"code\":900103"), result);
        var transfer = call(sandbox, "GET", TRANSFER, provider);
        assertTrue(transfer.contains("\"status\":\"PartiallyComplete\""), transfer);
    }

    String call(Sandbox sandbox, String method, String path, String token) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + path))
                .header("Authorization", "Bearer " + token)
                .method(method, BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }
}
