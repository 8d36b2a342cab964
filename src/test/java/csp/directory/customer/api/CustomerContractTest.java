package csp.directory.customer.api;

import static org.hamcrest.Matchers.is;

import csp.testsupport.DemoPartner;
import csp.testsupport.PostgresTestResource;
import csp.testsupport.RecordedShape;
import csp.testsupport.TestCustomer;
import csp.testsupport.TestPartner;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The recorded exchanges about customers (storefront.md §1). */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class CustomerContractTest {

    private static final String WITH_CHARSET = "application/json; charset=utf-8";

    private final TestPartner provider = new TestPartner();

    @BeforeEach
    void a_provider_with_two_customers_through_Contoso() {
        provider.load();
        for (var name : new String[] {"Alpine Ski House", "Blue Yonder Airlines"}) {
            var domain = "d" + UUID.randomUUID().toString().replace("-", "") + ".example";
            TestCustomer.unrelated()
                    .with("companyName", name)
                    .with("domain", domain)
                    .related(Map.of(
                            "partner",
                            provider.tenantId,
                            "kind",
                            "indirectProvider",
                            "delegatedAdmin",
                            false,
                            "reseller",
                            DemoPartner.CONTOSO.tenantId))
                    .load();
        }
    }

    @Test
    void get_a_list_of_customers() {
        var answer = provider.calls()
                .queryParam("size", 40)
                .get("/v1/customers")
                .then()
                .statusCode(200)
                .body("links.self.uri", is("/customers?size=40"))
                .extract();
        RecordedShape.file("get-a-list-of-customers.json").assertFits(answer.asString());
    }

    @Test
    void get_a_customer_by_name() {
        var query = "size=0&filter="
                + "%7B%22Field%22%3A%22CompanyName%22%2C%22Value%22%3A%22blue%22%2C%22Operator%22%3A%22starts_with%22%7D";
        var answer = provider.calls()
                .urlEncodingEnabled(false)
                .get("/v1/customers?" + query)
                .then()
                .statusCode(200)
                .header("Content-Type", WITH_CHARSET)
                .body(
                        "totalCount",
                        is(1),
                        "items[0].companyProfile.companyName",
                        is("Blue Yonder Airlines"),
                        "links.self.uri",
                        is("/customers?" + query))
                .extract();
        RecordedShape.file("get-a-customer-by-name.json").assertFits(answer.asString());
    }

    @Test
    void get_customers_of_an_indirect_reseller() {
        var answer = provider.adminCalls()
                .queryParam("size", 0)
                .queryParam(
                        "filter",
                        "{\"Field\":\"IndirectReseller\",\"Value\":\"%s\",\"Operator\":\"starts_with\"}"
                                .formatted(DemoPartner.CONTOSO.tenantId))
                .get("/v1/customers")
                .then()
                .statusCode(200)
                .header("Content-Type", WITH_CHARSET)
                .extract();
        RecordedShape.file("get-customers-of-an-indirect-reseller.json").assertFits(answer.asString());
    }

    @Test
    void get_a_customer_by_id() {
        var answer = DemoPartner.CONTOSO
                .calls()
                .get("/v1/customers/c0000000-0000-4000-8000-000000000001")
                .then()
                .statusCode(200)
                .header("Content-Type", WITH_CHARSET)
                .extract();
        RecordedShape.file("get-a-customer-by-id.json").assertFits(answer.asString());
    }
}
