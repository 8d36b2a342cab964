package csp.clients;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import csp.testsupport.PostgresTestResource;
import csp.testsupport.RecordedShape;
import csp.testsupport.TestCustomer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies as scripts and tools send them, and what sessions of others recorded of the answers. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class CallersBodiesTest {

    private static final String E3 = "796B6B5F-613C-4E24-A17C-EBA730D49C02";
    private static final String AGREEMENT = "117a77b0-9360-443b-8795-c6dedc750cf9";

    @Test
    void W7_an_order_with_its_numbers_in_strings_and_empty_strings_for_what_is_not_said() {
        var customer = TestCustomer.readyToTransfer().load();
        CONTOSO.sendsAnything()
                .contentType("application/json")
                .body("""
                        {"BillingCycle":"","LineItems":[{"LineItemNumber":"0","OfferId":"%s","Quantity":"26","TermDuration":"",
                         "PartnerIdOnRecord":"","ParentSubscriptionId":"","FriendlyName":""}]}""".formatted(E3))
                .post(customer.path() + "/orders")
                .then()
                .statusCode(201)
                .body("lineItems[0].quantity", is(26), "lineItems[0].lineItemNumber", is(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"LineItemNumber\":\"first\"", "\"Quantity\":\"many\""})
    void W7_a_string_that_is_no_number_is_refused_800002(String field) {
        var customer = TestCustomer.readyToTransfer().load();
        CONTOSO.sendsAnything()
                .contentType("application/json")
                .body("{\"LineItems\":[{\"OfferId\":\"%s\",\"Quantity\":1,%s}]}"
                        .formatted(E3, field)
                        .replace("\"Quantity\":1,\"Quantity\"", "\"Quantity\""))
                .post(customer.path() + "/orders")
                .then()
                .statusCode(400)
                .body("code", is(800002));
    }

    @Test
    void W9_an_agreement_is_dated_without_a_zone_or_with_an_offset_and_seven_digits() {
        for (var date : List.of("2025-11-5", "2025-11-05T00:00:00", "2025-11-05T00:00:00.0000000+00:00")) {
            var customer = TestCustomer.unrelated()
                    .directlyWith(CONTOSO)
                    .throughProvider(FABRIKAM, CONTOSO)
                    .load();
            FABRIKAM.sendsAnythingAs("admin")
                    .contentType("application/json")
                    .body("""
                            {"primaryContact":{"firstName":"Ana","lastName":"Trujillo","email":"ana@contoso.example"},
                             "templateId":"%s","type":"MicrosoftCustomerAgreement","dateAgreed":"%s"}""".formatted(AGREEMENT, date))
                    .post(customer.path() + "/agreements")
                    .then()
                    .statusCode(201)
                    .body("dateAgreed", is("2025-11-05T00:00:00.000Z"));
        }
    }

    @Test
    void W7_what_is_required_is_missing_when_it_is_an_empty_string_800002() {
        var customer = TestCustomer.unrelated()
                .directlyWith(CONTOSO)
                .throughProvider(FABRIKAM, CONTOSO)
                .load();
        FABRIKAM.sendsAnythingAs("admin")
                .contentType("application/json")
                .body("""
                        {"primaryContact":"","templateId":"%s","type":"MicrosoftCustomerAgreement","dateAgreed":""}""".formatted(AGREEMENT))
                .post(customer.path() + "/agreements")
                .then()
                .statusCode(400)
                .body("code", is(800002));
    }

    @Test
    void W6_agreement_metadata_has_a_link_to_itself_and_the_recorded_headers() {
        var answer = FABRIKAM.calls("admin")
                .queryParam("agreementType", "MicrosoftCustomerAgreement")
                .get("/v1/agreements")
                .then()
                .statusCode(200)
                .header("Content-Type", "application/json")
                .header("X-Locale", "en-US,en-US")
                .body("links.self.uri", is("/agreements"))
                .extract()
                .asString();
        RecordedShape.file("sessions/agreements.json").assertFits(answer);
    }

    @Test
    void W6_relationships_have_no_links_and_audit_records_the_recorded_one() {
        FABRIKAM.calls("admin")
                .get("/v1/relationships?relationship_type=IsIndirectCloudSolutionProviderOf")
                .then()
                .statusCode(200)
                .body("links", nullValue());
        CONTOSO.calls()
                .get("/v1/auditrecords?size=1")
                .then()
                .statusCode(200)
                .body("links.self.uri", is("/auditrecords?size=1"));
    }

    @Test
    void W12_the_audit_of_an_order_has_the_recorded_details_and_no_session() {
        var customer = TestCustomer.readyToTransfer().load();
        CONTOSO.calls()
                .contentType("application/json")
                .body(
                        "{\"billingCycle\":\"monthly\",\"lineItems\":[{\"lineItemNumber\":0,\"offerId\":\"%s\",\"quantity\":1}]}"
                                .formatted(E3))
                .post(customer.path() + "/orders")
                .then()
                .statusCode(201);
        var records = CONTOSO.calls()
                .queryParam(
                        "filter",
                        "{\"Field\":\"CustomerId\",\"Value\":\"%s\",\"Operator\":\"equals\"}".formatted(customer.id))
                .get("/v1/auditrecords")
                .then()
                .statusCode(200)
                .body("items[0].sessionId", nullValue(), "items[0].customizedData[1].value", is("Monthly"))
                .extract()
                .body();
        var details = records.asString().replaceFirst(".*\"customizedData\":(\\[[^]]*]).*", "$1");
        RecordedShape.file("sessions/GetAuditRecord.customizedData.json").assertFits(details);
    }
}
