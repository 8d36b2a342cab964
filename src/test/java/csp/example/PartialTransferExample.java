package csp.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

public class PartialTransferExample {

    static final String SERVICE = System.getProperty("partner-center.url", "http://localhost:8080");
    static final String CUSTOMER = "c0000000-0000-4000-8000-0000000000aa";
    static final String TRANSFER = "70000000-0000-4000-8000-0000000000aa";
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

    final HttpClient http = HttpClient.newHttpClient();
    final ObjectMapper json = new ObjectMapper();

    @Test
    public void a_line_that_is_not_provisioned_fails_and_its_sibling_moves() throws Exception {
        var operator = token("sandbox", "e0000000-0000-4000-8000-0000000000ff", "sandbox");
        assertEquals(201, status("POST", "/sandbox/scenarios", operator, WORLD));

        // In your project, the code of your storefront makes the next call.
        var provider = token("fabrikam.example", "e0000000-0000-4000-8000-000000000002", "fabrikam-secret");
        var result = call("POST", "/v1/customers/" + CUSTOMER + "/transfers/" + TRANSFER + "/accept", provider, "");

        assertEquals(10, result.at("/orders/0/lineItems/0/quantity").intValue());
        assertEquals(900103, result.at("/transferErrors/0/code").intValue());
        var transfer = call("GET", "/v1/customers/" + CUSTOMER + "/transfers/" + TRANSFER, provider, "");
        assertEquals("PartiallyComplete", transfer.get("status").textValue());
    }

    String token(String tenant, String client, String secret) throws IOException, InterruptedException {
        var form = "grant_type=client_credentials&resource=https://api.partnercenter.microsoft.com&client_id=" + client
                + "&client_secret=" + secret;
        var request = HttpRequest.newBuilder(URI.create(SERVICE + "/" + tenant + "/oauth2/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        return json.readTree(http.send(request, BodyHandlers.ofString()).body())
                .get("access_token")
                .textValue();
    }

    JsonNode call(String method, String path, String token, String body) throws IOException, InterruptedException {
        return json.readTree(http.send(request(method, path, token, body), BodyHandlers.ofString())
                .body());
    }

    int status(String method, String path, String token, String body) throws IOException, InterruptedException {
        return http.send(request(method, path, token, body), BodyHandlers.discarding())
                .statusCode();
    }

    static HttpRequest request(String method, String path, String token, String body) {
        return HttpRequest.newBuilder(URI.create(SERVICE + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build();
    }
}
