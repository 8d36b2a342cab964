package csp.transfer.newcommerce.api;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static csp.testsupport.NewCommerceWorld.customerWith;
import static io.restassured.http.ContentType.JSON;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import csp.testsupport.PostgresTestResource;
import csp.testsupport.TestCustomer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.LinkedHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every field of a request for a new-commerce transfer, one at a time. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class RequestTransferInputTest {

    private TestCustomer customer;

    @BeforeEach
    void loadCustomer() {
        customer = customerWith().load();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            transferType            | 0
            transferType            | 4
            transferType            | -3
            transferType            | 3.0
            transferType            | 5e400
            transferType            | true
            transferType            | {}
            transferType            | [3]
            transferType            | "7"
            transferType            | " "
            transferType            | "NewCommerce"
            transferType            | "ModernAzure"
            transferType            | 99999999999999999999
            sourcePartnerTenantId   | null
            sourcePartnerTenantId   | ""
            sourcePartnerTenantId   | 17
            sourcePartnerTenantId   | {"a":1}
            sourcePartnerTenantId   | "contoso"
            sourcePartnerTenantId   | "a\\u0007b"
            targetPartnerTenantId   | ""
            targetPartnerTenantId   | "fabrikam"
            targetPartnerTenantId   | []
            targetPartnerTenantId   | 5
            customerEmailId         | null
            customerEmailId         | ""
            customerEmailId         | " "
            customerEmailId         | "owner"
            customerEmailId         | "a b@c.example"
            customerEmailId         | 7
            customerEmailId         | ["owner@customer.example"]
            customerEmailId         | "a\\u0000@c.example"
            targetPartnerEmailId    | 7
            targetPartnerEmailId    | {}
            targetPartnerEmailId    | "a\\u0000"
            targetProductTypes      | "OnlineServicesNCE"
            targetProductTypes      | {}
            targetProductTypes      | 5
            targetProductTypes      | [null]
            targetProductTypes      | [true]
            targetProductTypes      | [""]
            targetProductTypes      | [5.5]
            targetProductTypes      | [[]]
            partnerOnRecord         | 4800001
            partnerOnRecord         | {}
            partnerOnRecord         | "4\\u0000"
            """)
    void each_bad_field_is_refused_by_name_800002_and_nothing_is_created(String field, String value) {
        refused(field, value, 800002, field);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "Hardware" | Hardware
            6          | 6
            -1         | -1
            "☃"        | ☃
            """)
    void an_unknown_product_type_is_refused_900126(String word, String named) {
        refused("targetProductTypes", "[5," + word + "]", 900126, named);
    }

    @ParameterizedTest
    @CsvSource({"256, customerEmailId", "1025, targetPartnerEmailId", "33, partnerOnRecord"})
    void what_is_too_long_is_refused_800002(int length, String field) {
        refused(field, "\"" + "4".repeat(length) + "\"", 800002, field);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"transferType":5,"lineItems":{}}
            {"transferType":5,"lineItems":"all"}
            {"transferType":null}
            {"transferType":""}
            {"lineItems":[]}
            {"transferType":5,"TransferType":5}
            {}
            [5]
            """)
    void a_body_that_is_neither_flavour_is_refused_800002(String body) {
        FABRIKAM.sendsAnything()
                .contentType(JSON)
                .body(body)
                .post(customer.transfersPath())
                .then()
                .statusCode(400)
                .body("code", is(800002));
        CONTOSO.calls().get(customer.transfersPath()).then().body("", empty());
    }

    private void refused(String field, String value, int code, String named) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("transferType", "5");
        fields.put("sourcePartnerTenantId", "\"" + CONTOSO.tenantId + "\"");
        fields.put("customerEmailId", "\"owner@customer.example\"");
        fields.put("partnerOnRecord", "\"" + CONTOSO.mpnId + "\"");
        fields.put(field, value);
        FABRIKAM.sendsAnything()
                .contentType(JSON)
                .body(fields.entrySet().stream()
                        .map(entry -> "\"" + entry.getKey() + "\":" + entry.getValue())
                        .collect(Collectors.joining(",", "{", "}")))
                .post(customer.transfersPath())
                .then()
                .statusCode(400)
                .body(
                        "code",
                        is(code),
                        "description",
                        containsString(named),
                        "data",
                        empty(),
                        "source",
                        is("PartnerFD"));
        CONTOSO.calls().get(customer.transfersPath()).then().body("", empty());
    }
}
