package csp.shared.http;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import csp.testsupport.PostgresTestResource;
import csp.testsupport.TestCustomer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What makes no difference in the request of any operation (wire-sessions.md W28, W30, W31). */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class RequestFormTest {

    private static final String ALPINE = "/v1/customers/c0000000-0000-4000-8000-000000000001";
    private static final Pattern NAME = Pattern.compile("(?<=[?&])\\w+(?==)");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/agreements?agreementType=MicrosoftCustomerAgreement",
                ALPINE + "/agreements?agreementType=Handshake",
                "/v1/agreementtemplates/117a77b0-9360-443b-8795-c6dedc750cf9/document?language=de-DE&country=DE",
                ALPINE + "/subscriptions?order_id=1&mpn_id=2",
                ALPINE + "/subscriptions?mpn_id=2",
                ALPINE + "/orders?billingType=weekly",
                ALPINE + "/transferseligibility?transferType=sideways",
                "/v1/customers?size=x",
                "/v1/customers?seekOperation=Sideways",
                "/v1/customers?filter=x",
                "/v1/customers?seekOperation=PageIndex&page=x",
                "/v1/auditrecords?startDate=x",
                "/v1/auditrecords?endDate=x",
                "/v1/relationships?relationship_type=IsFriendOf",
                "/v1/customers/relationshiprequests?indirectCloudSolutionProviderId=x",
                "/v1/customers/relationshiprequests?indirectResellerId=x",
                "/v1/customers/relationshiprequests?dualRoleIndirectRelationship=perhaps",
                "/v1/profiles/mpn?mpnId=0",
                "/v1/profiles/legalbusiness?vettingVersion=x",
                "/v1/compliance/csp/agreementstatus?mpnId=x",
                "/v1/compliance/csp/agreementstatus?tenantId=x",
                "/portal/v1/providers?country=x",
                "/portal/v1/providers?offering=x",
                "/portal/v1/providers?name=Fabrikam",
                "/portal/v1/transferReadiness?provider=x"
            })
    void W28_names_of_query_parameters_are_matched_ignoring_case(String target) {
        var plain = outcome(target);
        for (var other : new String[] {
            NAME.matcher(target).replaceAll(name -> name.group().toUpperCase()),
            NAME.matcher(target).replaceAll(name -> name.group().toLowerCase()),
            NAME.matcher(target)
                    .replaceAll(name -> name.group().substring(0, 1).toUpperCase()
                            + name.group().substring(1))
        }) {
            assertEquals(plain, outcome(other), other);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/agreements?AgreementType=",
                ALPINE + "/agreements?AgreementType=",
                ALPINE + "/subscriptions?Order_Id=&MPN_ID=",
                ALPINE + "/orders?BillingType=&Include_Price=",
                "/v1/customers?Size=&Filter=&SeekOperation=&Page=",
                "/v1/auditrecords?StartDate=&EndDate=&Filter=",
                "/v1/relationships?Relationship_Type=",
                "/v1/customers/relationshiprequests?IndirectResellerId=&DualRoleIndirectRelationship=",
                "/portal/v1/providers?Name=&Country=&Offering="
            })
    void W28_an_empty_value_is_absent(String target) {
        assertEquals(
                outcome(target.replaceFirst("\\?.*", "")).replaceFirst("\"links\".*", ""),
                outcome(target).replaceFirst("\"links\".*", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/json", "TEXT/JSON", "text/json;q=0.9, text/html;q=0.5", "text/xml, text/json"})
    void W31_text_json_is_answered_with_application_json(String accept) {
        for (var path : new String[] {"/v1/customers", ALPINE, "/v1/customers/x", ALPINE + "/subscriptions"}) {
            var plain = CONTOSO.sendsAnything().get(path).then().extract();
            var answer = CONTOSO.sendsAnything().accept(accept).get(path).then().extract();
            assertEquals(plain.statusCode(), answer.statusCode(), path);
            assertEquals(plain.header("Content-Type"), answer.header("Content-Type"), path);
            assertEquals(plain.asString(), answer.asString(), path);
        }
    }

    @Test
    void W31_other_types_are_still_refused() {
        for (var accept : new String[] {"text/jsonp", "text/html", "mytext/json5"}) {
            CONTOSO.sendsAnything()
                    .accept(accept)
                    .get("/v1/customers")
                    .then()
                    .statusCode(406)
                    .body("code", is(800002));
        }
    }

    @Test
    void a_type_that_cannot_be_had_is_refused_where_the_answer_has_no_body_too() {
        var customer = TestCustomer.readyToTransfer().load();
        CONTOSO.sendsAnything()
                .accept("text/html")
                .delete(customer.path())
                .then()
                .statusCode(406)
                .body("code", is(800002));
        CONTOSO.calls().get(customer.path()).then().statusCode(200);
        CONTOSO.sendsAnything()
                .accept("text/html")
                .head("/v1/domains/alpine.example")
                .then()
                .statusCode(406);
    }

    @Test
    void W30_repeats_of_a_refused_request_get_the_same_refusal_each_time() {
        var requestId = UUID.randomUUID().toString();
        String first = null;
        for (var i = 0; i < 5; i++) {
            var refusal = FABRIKAM.sendsAnything()
                    .header("MS-RequestId", requestId)
                    .contentType("application/json")
                    .body("{\"lineItems\":[{\"offerId\":\"X\",\"quantity\":1}]}")
                    .post(ALPINE + "/orders")
                    .then()
                    .statusCode(400)
                    .body("code", is(800004))
                    .extract()
                    .asString();
            assertEquals(first == null ? refusal : first, refusal);
            first = refusal;
        }
    }

    private static String outcome(String target) {
        var answer = CONTOSO.sendsAnythingAs("admin")
                .urlEncodingEnabled(false)
                .get(target)
                .then()
                .extract();
        return answer.statusCode() + " " + answer.asString().replaceAll("\"self\":\\{\"uri\":\"[^\"]*\"", "");
    }
}
