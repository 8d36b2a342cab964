package csp.directory.customer.api;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static csp.testsupport.DemoPartner.NORTHWIND;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import csp.testsupport.PostgresTestResource;
import csp.testsupport.TestCustomer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A customer by id (storefront.md §1.1). */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class CustomerTest {

    private static final Map<String, Object> BILL_TO = Map.of(
            "email",
            "bills@tailspin.example",
            "address",
            Map.of(
                    "addressLine1",
                    "Hauptstrasse 1",
                    "city",
                    "Berlin",
                    "postalCode",
                    "10115",
                    "country",
                    "DE",
                    "firstName",
                    "Ida",
                    "lastName",
                    "Winter"));

    @Test
    void address_email_and_domains_are_for_delegated_administrators() {
        var customer = TestCustomer.readyToTransfer()
                .with("country", "DE")
                .with("billTo", BILL_TO)
                .load();
        CONTOSO.calls()
                .get(customer.path())
                .then()
                .statusCode(200)
                .body(
                        "allowDelegatedAccess",
                        is(true),
                        "companyProfile.address.city",
                        is("Berlin"),
                        "companyProfile.email",
                        is("bills@tailspin.example"),
                        "customDomains",
                        equalTo(List.of(customer.id + ".example")));
        FABRIKAM.calls()
                .get(customer.path())
                .then()
                .statusCode(200)
                .body(
                        "allowDelegatedAccess",
                        is(false),
                        "companyProfile.address",
                        nullValue(),
                        "companyProfile.email",
                        nullValue(),
                        "customDomains",
                        nullValue(),
                        "billingProfile.defaultAddress.city",
                        is("Berlin"),
                        "billingProfile.email",
                        is("bills@tailspin.example"));
    }

    @Test
    void culture_and_language_are_those_of_the_country_unless_the_bills_say_another() {
        var german = TestCustomer.readyToTransfer()
                .with("country", "DE")
                .with("billTo", BILL_TO)
                .load();
        CONTOSO.calls()
                .get(german.path())
                .then()
                .body(
                        "billingProfile.culture",
                        is("de-DE"),
                        "billingProfile.language",
                        is("de"),
                        "billingProfile.firstName",
                        is("Ida"),
                        "billingProfile.defaultAddress.country",
                        is("DE"));
        var plain = TestCustomer.readyToTransfer().load();
        CONTOSO.calls()
                .get(plain.path())
                .then()
                .statusCode(200)
                .body(
                        "billingProfile.culture",
                        is("en-US"),
                        "billingProfile.defaultAddress.country",
                        is("US"),
                        "companyProfile.address",
                        nullValue());
        var said = TestCustomer.readyToTransfer()
                .with("billTo", Map.of("culture", "es-US", "language", "es"))
                .load();
        CONTOSO.calls()
                .get(said.path())
                .then()
                .body("billingProfile.culture", is("es-US"), "billingProfile.language", is("es"));
    }

    @Test
    void the_billing_etag_is_a_signed_number_in_a_string_and_the_derived_ids_stay() {
        var customer = TestCustomer.readyToTransfer().load();
        var first = CONTOSO.calls().get(customer.path()).then().statusCode(200).extract();
        var etag = first.<String>path("billingProfile.attributes.etag");
        assertDoesNotThrow(() -> Long.parseLong(etag));
        FABRIKAM.calls()
                .get(customer.path())
                .then()
                .body(
                        "commerceId",
                        is(first.<String>path("commerceId")),
                        "billingProfile.id",
                        is(first.<String>path("billingProfile.id")),
                        "billingProfile.attributes.etag",
                        is(etag));
    }

    @Test
    void the_id_may_come_in_upper_case_and_answers_in_lower_case() {
        CONTOSO.sendsAnything()
                .get("/v1/customers/C0000000-0000-4000-8000-000000000001")
                .then()
                .statusCode(200)
                .body(
                        "id",
                        is("c0000000-0000-4000-8000-000000000001"),
                        "links.self.uri",
                        is("/customers/c0000000-0000-4000-8000-000000000001"));
    }

    @Test
    void helpdesk_agents_may_read() {
        CONTOSO.calls("help")
                .get("/v1/customers/c0000000-0000-4000-8000-000000000001")
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"alpine", "1-1-1-1-1", "c0000000-0000-4000-8000-00000000000g"})
    void a_malformed_customer_id_is_refused_900118(String id) {
        for (var path : List.of("", "/subscriptions", "/orders", "/subscriptions/" + UUID.randomUUID(), "/orders/x")) {
            CONTOSO.sendsAnything()
                    .get("/v1/customers/" + id + path)
                    .then()
                    .statusCode(400)
                    .body("code", is(900118));
        }
    }

    @Test
    void a_strangers_or_an_unknown_customer_is_refused_20002() {
        for (var id : List.of(
                "c0000000-0000-4000-8000-000000000001", UUID.randomUUID().toString())) {
            for (var path :
                    List.of("", "/subscriptions", "/orders", "/subscriptions/" + UUID.randomUUID(), "/orders/x")) {
                NORTHWIND
                        .sendsAnything()
                        .get("/v1/customers/" + id + path)
                        .then()
                        .statusCode(403)
                        .body("code", is(20002));
            }
        }
    }
}
