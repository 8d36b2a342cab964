package csp.sandbox.scenario.api;

import static csp.sandbox.scenario.World.everything;
import static csp.sandbox.scenario.World.with;
import static csp.sandbox.scenario.World.without;
import static csp.testsupport.Sandbox.export;
import static csp.testsupport.Sandbox.load;
import static csp.testsupport.Sandbox.operator;
import static csp.testsupport.Sandbox.reset;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import csp.sandbox.scenario.World;
import csp.testsupport.ContractFilter;
import csp.testsupport.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class ScenarioMergeTest {

    private static final String CONTOSO = "a0000000-0000-4000-8000-000000000001";
    private static final String ALPINE = "c0000000-0000-4000-8000-000000000001";
    private static final String OFFICE = "50000000-0000-4000-8000-000000000001";

    @BeforeEach
    void demoWorld() {
        reset();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /partnerships/0/provider                  | "a1000000-0000-4000-8000-0000000000ff" | partnerships[0].provider: there is no partner a1000000-0000-4000-8000-0000000000ff.
            /partnerships/0/reseller                  | "a1000000-0000-4000-8000-000000000002" | partnerships[0].reseller: a1000000-0000-4000-8000-000000000002 is the provider itself.
            /customers/0/relationships/0/partner      | "a1000000-0000-4000-8000-0000000000ff" | customers[0].relationships[0].partner: there is no partner a1000000-0000-4000-8000-0000000000ff.
            /customers/0/relationships/1/reseller     | "a1000000-0000-4000-8000-0000000000ff" | customers[0].relationships[1].reseller: there is no partner a1000000-0000-4000-8000-0000000000ff.
            /customers/0/relationships/1/reseller     | "a1000000-0000-4000-8000-000000000002" | customers[0].relationships[1].reseller: a1000000-0000-4000-8000-000000000002 is the partner itself.
            /customers/0/relationships/0/reseller     | "a1000000-0000-4000-8000-000000000002" | customers[0].relationships[0].reseller: a1000000-0000-4000-8000-000000000002 can be given for the kind indirectProvider only.
            /customers/0/relationships/1/provider     | "a1000000-0000-4000-8000-000000000001" | customers[0].relationships[1].provider: a1000000-0000-4000-8000-000000000001 can be given for the kind indirectReseller only.
            /customers/0/agreements/0/partner         | "a1000000-0000-4000-8000-0000000000ff" | customers[0].agreements[0].partner: there is no partner a1000000-0000-4000-8000-0000000000ff.
            /customers/0/agreements/0/partner         | null | customers[0].agreements[0].partner: is required for the method attestation.
            /customers/0/subscriptions/0/partner      | "a1000000-0000-4000-8000-0000000000ff" | customers[0].subscriptions[0].partner: there is no partner a1000000-0000-4000-8000-0000000000ff.
            /customers/0/subscriptions/1/parentSubscriptionId | "51000000-0000-4000-8000-0000000000ff" | customers[0].subscriptions[1].parentSubscriptionId: customer c1000000-0000-4000-8000-000000000001 has no subscription 51000000-0000-4000-8000-0000000000ff.
            /customers/0/subscriptions/1/parentSubscriptionId | "50000000-0000-4000-8000-000000000001" | customers[0].subscriptions[1].parentSubscriptionId: customer c1000000-0000-4000-8000-000000000001 has no subscription 50000000-0000-4000-8000-000000000001.
            /customers/0/subscriptions/1/parentSubscriptionId | "51000000-0000-4000-8000-000000000002" | customers[0].subscriptions[1].parentSubscriptionId: 51000000-0000-4000-8000-000000000002 is the subscription itself.
            /customers/0/subscriptions/2/movedFrom    | "51000000-0000-4000-8000-0000000000ff" | customers[0].subscriptions[2].movedFrom: customer c1000000-0000-4000-8000-000000000001 has no subscription 51000000-0000-4000-8000-0000000000ff.
            /customers/0/subscriptions/4/movedFrom    | "51000000-0000-4000-8000-000000000001" | customers[0].subscriptions[4].movedFrom: the origin 51000000-0000-4000-8000-000000000001 is at customers[0].subscriptions[2].movedFrom already.
            /customers/0/transfers/0/source           | "a1000000-0000-4000-8000-0000000000ff" | customers[0].transfers[0].source: there is no partner a1000000-0000-4000-8000-0000000000ff.
            /customers/0/transfers/0/target           | "a1000000-0000-4000-8000-000000000001" | customers[0].transfers[0].target: a1000000-0000-4000-8000-000000000001 is the source itself.
            /customers/0/transfers/0/lineItems        | [] | customers[0].transfers[0].lineItems: must have 1 to 500 entries, not 0.
            /customers/0/transfers/0/lineItems        | null | customers[0].transfers[0].lineItems: is required.
            /customers/0/transfers/0/status           | "Pending" | customers[0].transfers[0].status: a legacy transfer cannot be 'Pending'.
            /customers/0/transfers/0/lineItems/1/status | "InProgress" | customers[0].transfers[0].lineItems[1].status: must be one of: Complete, Failed, not 'InProgress'.
            /customers/0/transfers/0/lineItems/0/productType | "SaaS" | customers[0].transfers[0].lineItems[0].productType: cannot be 'SaaS', only a line of a newCommerce transfer has it.
            /customers/0/transfers/0/transferType     | 5 | customers[0].transfers[0].transferType: cannot be 5, only a newCommerce transfer has it.
            /customers/0/transfers/1/lineItems/0/subscriptionId | "50000000-0000-4000-8000-000000000001" | customers[0].transfers[1].lineItems[0].subscriptionId: customer c1000000-0000-4000-8000-000000000001 has no subscription 50000000-0000-4000-8000-000000000001.
            /customers/0/transfers/0/lineItems/0/addonItems/0/subscriptionId | "51000000-0000-4000-8000-000000000001" | customers[0].transfers[0].lineItems[0]: subscription 51000000-0000-4000-8000-000000000001 is in the transfer twice.
            /customers/0/transfers/0/lineItems/0/addonItems/0/addonItems | [] | customers[0].transfers[0].lineItems[0].addonItems[0].addonItems: cannot be [], an add-on has no add-ons.
            /customers/0/transfers/1/lineItems/0/status | "Complete" | customers[0].transfers[1].lineItems[0].status: cannot be 'Complete', only a Complete or PartiallyComplete transfer has it.
            /customers/0/transfers/1/lineItems/0/orderId | "o-1" | customers[0].transfers[1].lineItems[0].orderId: cannot be 'o-1', only a Complete line has it.
            /customers/0/transfers/1/lineItems/0/transferError | "no" | customers[0].transfers[1].lineItems[0].transferError: cannot be 'no', only a Failed line has it.
            /customers/0/transfers/0/lineItems/1/orderId | "o-1" | customers[0].transfers[0].lineItems[1].orderId: cannot be 'o-1', only a Complete line has it.
            /customers/0/transfers/0/status           | "Complete" | customers[0].transfers[0].lineItems[1].status: cannot be 'Failed', the transfer is Complete.
            /customers/0/transfers/0/status           | "Reject"   | customers[0].transfers[0].lineItems[0].status: cannot be 'Complete', only a Complete or PartiallyComplete transfer has it.
            /customers/0/orders/0/partner             | "a1000000-0000-4000-8000-0000000000ff" | customers[0].orders[0].partner: there is no partner a1000000-0000-4000-8000-0000000000ff.
            /customers/0/orders/0/transferId          | "71000000-0000-4000-8000-0000000000ff" | customers[0].orders[0].transferId: customer c1000000-0000-4000-8000-000000000001 has no transfer 71000000-0000-4000-8000-0000000000ff.
            /customers/0/orders/0/transferId          | null | customers[0].orders[0].transferGroupId: cannot be 0, there is no transferId.
            /customers/0/orders/0/transferGroupId     | null | customers[0].orders[0].transferGroupId: is required with transferId.
            /customers/0/orders/0/lineItems           | [] | customers[0].orders[0].lineItems: must not be empty.
            /customers/0/orders/0/lineItems/0/subscriptionId | "51000000-0000-4000-8000-0000000000ff" | customers[0].orders[0].lineItems[0].subscriptionId: customer c1000000-0000-4000-8000-000000000001 has no subscription 51000000-0000-4000-8000-0000000000ff.
            /partners/0/users/0/passwordHash          | "$2a$04$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy" | partners[0].users[0].passwordHash: cannot be given together with password.
            /partners/0/users/0/roles/1               | "GlobalAdmin" | partners[0].users[0].roles: names a role twice.
            /partners/0/applications/0/clientId       | "e0000000-0000-4000-8000-0000000000ff" | partners[0].applications[0].clientId: e0000000-0000-4000-8000-0000000000ff is reserved.
            /partners/0/applications/0/clientId       | "e0000000-0000-4000-8000-0000000000fe" | partners[0].applications[0].clientId: e0000000-0000-4000-8000-0000000000fe is reserved.
            /partners/1/tenantId                      | "A1000000-0000-4000-8000-000000000001" | partners[1].tenantId: the partner a1000000-0000-4000-8000-000000000001 is at partners[0].tenantId already.
            /partners/1/domain                        | "Tailspin.example" | partners[1].domain: the domain tailspin.example is at partners[0].domain already.
            /partners/1/mpnId                         | "5900001" | partners[1].mpnId: the MPN id 5900001 is at partners[0].mpnId already.
            /customers/0/users/0/objectId             | "b1000000-0000-4000-8000-000000000001" | customers[0].users[0].objectId: the user b1000000-0000-4000-8000-000000000001 is at partners[0].users[0].objectId already.
            /customers/0/users/0/userPrincipalName    | "ADMIN@tailspin.example" | customers[0].users[0].userPrincipalName: the user principal name admin@tailspin.example is at partners[0].users[0].userPrincipalName already.
            /customers/0/subscriptions/4/id           | "51000000-0000-4000-8000-000000000004" | customers[0].subscriptions[4].id: the subscription 51000000-0000-4000-8000-000000000004 is at customers[0].subscriptions[3].id already.
            /customers/0/transfers/1/id               | "71000000-0000-4000-8000-000000000001" | customers[0].transfers[1].id: the transfer 71000000-0000-4000-8000-000000000001 is at customers[0].transfers[0].id already.
            """)
    void a_document_that_does_not_hold_together_is_refused_and_nothing_changes_800002(
            String pointer, String value, String sentence) {
        refused(400, with(everything(), pointer, value), sentence);
    }

    @Test
    void entries_of_a_list_that_say_the_same_twice_are_refused() {
        for (var list : new String[] {
            "/partnerships", "/customers/0/relationships", "/customers/0/agreements", "/customers/0/orders"
        }) {
            var document = everything();
            document.withArray(list).add(document.at(list + "/0").deepCopy());
            var before = export();
            load(document.toString())
                    .then()
                    .statusCode(400)
                    .body("description", startsWith("Invalid input: " + World.path(list) + "["));
            assertEquals(before, export());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /partners/0/name                    | "Contoso Indirect" | partners[0].name: partner a0000000-0000-4000-8000-000000000001 is stored with 'Contoso Direct', not with 'Contoso Indirect'.
            /partners/0/programs/directBill     | "none" | partners[0].programs.directBill: partner a0000000-0000-4000-8000-000000000001 is stored with 'active', not with 'none'.
            /partners/0/primaryContact/phoneNumber | "1" | partners[0].primaryContact.phoneNumber: partner a0000000-0000-4000-8000-000000000001 is stored with '4255550100', not with '1'.
            /partners/0/users/0/mfa             | false | partners[0].users[0].mfa: user b0000000-0000-4000-8000-000000000011 is stored with true, not with false.
            /partners/0/users/0/roles           | ["AdminAgent"] | partners[0].users[0].roles: user b0000000-0000-4000-8000-000000000011 is stored with ["GlobalAdmin","AdminAgent"], not with ["AdminAgent"].
            /partners/0/users/0/password        | "other-password" | partners[0].users[0]: user b0000000-0000-4000-8000-000000000011 is stored with another secret.
            /partners/0/applications/0/clientSecret | "other-secret" | partners[0].applications[0]: application e0000000-0000-4000-8000-000000000001 is stored with another secret.
            /partners/1/users/0/objectId        | "b0000000-0000-4000-8000-0000000000ff" | partners[1].users[0].userPrincipalName: 'admin@fabrikam.example' belongs to user b0000000-0000-4000-8000-000000000021 already.
            /partners/1/applications/0/clientId | "e0000000-0000-4000-8000-000000000003" | partners[1].applications[0].clientId: 'e0000000-0000-4000-8000-000000000003' belongs to a0000000-0000-4000-8000-000000000003 already.
            /partners/1/tenantId                | "a0000000-0000-4000-8000-0000000000ff" | partners[1].domain: 'fabrikam.example' belongs to a0000000-0000-4000-8000-000000000002 already.
            /customers/0/companyName            | "Alpine" | customers[0].companyName: customer c0000000-0000-4000-8000-000000000001 is stored with 'Alpine Ski House', not with 'Alpine'.
            /customers/0/billTo/address/city    | "Kent" | customers[0].billTo.address.city: customer c0000000-0000-4000-8000-000000000001 is stored with 'Leavenworth', not with 'Kent'.
            /customers/0/relationships/0/delegatedAdmin | false | customers[0].relationships[0].delegatedAdmin: the relationship directReseller of a0000000-0000-4000-8000-000000000001 for customer c0000000-0000-4000-8000-000000000001 is stored with true, not with false.
            /customers/0/agreements/0/dateAgreed | "2020-01-31" | customers[0].agreements[0].dateAgreed: the agreement MicrosoftCustomerAgreement (direct) of customer c0000000-0000-4000-8000-000000000001 is stored with '2025-11-15T00:00:00Z', not with '2020-01-31T00:00:00Z'.
            /customers/0/subscriptions/0/quantity | 26 | customers[0].subscriptions[0].quantity: subscription 50000000-0000-4000-8000-000000000001 is stored with 25, not with 26.
            /customers/0/subscriptions/1/parentSubscriptionId | "50000000-0000-4000-8000-000000000004" | customers[0].subscriptions[1].parentSubscriptionId: subscription 50000000-0000-4000-8000-000000000002 is stored with '50000000-0000-4000-8000-000000000001', not with '50000000-0000-4000-8000-000000000004'.
            /customers/1/subscriptions/0/id     | "50000000-0000-4000-8000-000000000021" | customers[1].subscriptions[0].id: subscription 50000000-0000-4000-8000-000000000021 belongs to customer c0000000-0000-4000-8000-000000000003 already.
            /customers/3/transfers/0/status     | "Reject" | customers[3].transfers[0].status: transfer 70000000-0000-4000-8000-000000000001 is stored with 'Active', not with 'Reject'.
            /customers/3/transfers/0/lineItems/0/quantity | 61 | customers[3].transfers[0].lineItems[0].quantity: transfer 70000000-0000-4000-8000-000000000001 is stored with 60, not with 61.
            /customers/3/transfers/0/id         | "70000000-0000-4000-8000-000000000002" | customers[3].transfers[0].lineItems: subscription 50000000-0000-4000-8000-000000000023 is part of the open transfer 70000000-0000-4000-8000-000000000001 already.
            """)
    void a_document_that_differs_from_what_is_stored_is_refused_and_nothing_changes_800002(
            String pointer, String value, String sentence) {
        var document = World.demo();
        if (pointer.equals("/customers/1/subscriptions/0/id")) {
            document.withArray("/customers").remove(2);
        }
        if (pointer.equals("/partners/1/applications/0/clientId")) {
            document.withArray("/partners").remove(2);
        }
        refused(409, with(document, pointer, value), sentence);
    }

    @Test
    void what_is_new_comes_in_beside_what_is_equal() {
        load("""
                {"customers": [{"tenantId": "%s", "companyName": "Alpine Ski House",
                  "users": [{"objectId": "d4000000-0000-4000-8000-000000000001"}],
                  "subscriptions": [{"id": "%s", "partner": "%s", "product": "license", "quantity": 25,
                                     "offerId": "796b6b5f-613c-4e24-a17c-eba730d49c02"},
                                    {"id": "54000000-0000-4000-8000-000000000001", "partner": "%s", "product": "license",
                                     "offerId": "X1", "parentSubscriptionId": "%s"}]}]}""".formatted(ALPINE, OFFICE.toUpperCase(), CONTOSO, CONTOSO, OFFICE))
                .then()
                .statusCode(201)
                .body("customers", is(0), "users", is(1), "subscriptions", is(1), "orders", is(1));
        operator()
                .get("/sandbox/scenario")
                .then()
                .body(
                        "customers[0].subscriptions.id",
                        hasItem("54000000-0000-4000-8000-000000000001"),
                        "customers[0].users.userPrincipalName",
                        hasItem("d4000000-0000-4000-8000-000000000001@alpine.example"));
    }

    @Test
    void what_an_entry_leaves_out_is_not_compared() {
        var before = export();
        load("{\"partners\":[{\"tenantId\":\"" + CONTOSO + "\",\"name\":\"Contoso Direct\"}]}")
                .then()
                .statusCode(201);
        assertEquals(before, export());
    }

    @Test
    void a_document_is_loaded_as_a_whole_or_not_at_all() {
        var document = everything();
        document.withArray("/customers").add(World.parse("""
                {"tenantId": "c0000000-0000-4000-8000-000000000001", "companyName": "Somebody else"}"""));
        refused(
                409,
                document,
                "customers[1].companyName: customer " + ALPINE
                        + " is stored with 'Alpine Ski House', not with 'Somebody else'.");
    }

    @Test
    void a_hash_that_equals_the_stored_one_and_a_password_that_verifies_are_both_equal() {
        load(everything().toString()).then().statusCode(201);
        var before = export();
        load(World.parse(before).toString()).then().statusCode(201).body("users", is(0));
        load(with(everything(), "/partners/0/users/0/password", "\"tailspin-password\"")
                        .toString())
                .then()
                .statusCode(201);
        var hash = "\"$2a$04$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWz\"";
        refused(
                409,
                with(everything(), "/customers/0/users/0/passwordHash", hash),
                "customers[0].users[0]: user d1000000-0000-4000-8000-000000000001 is stored with another secret.");
        assertEquals(before, export());
    }

    @Test
    void a_subscription_in_two_open_transfers_is_refused() {
        var document = without(everything(), "/customers/0/orders");
        World.set(
                document,
                "/customers/0/transfers/0",
                document.at("/customers/0/transfers/1").deepCopy());
        refused(
                409,
                with(document, "/customers/0/transfers/0/id", "\"71000000-0000-4000-8000-000000000009\""),
                "customers[0].transfers[1].lineItems: subscription 51000000-0000-4000-8000-000000000004 is part of the open transfer "
                        + "71000000-0000-4000-8000-000000000009 already.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "multipart/mixed"})
    void a_document_that_is_said_to_be_something_else_than_json_is_refused_415(String contentType) {
        var before = export();
        operator()
                .filter(ContractFilter.ofAnswers())
                .header("Content-Type", contentType)
                .body(everything().toString().getBytes())
                .post("/sandbox/scenarios")
                .then()
                .statusCode(415)
                .body("code", is(800002));
        assertEquals(before, export());
    }

    @Test
    void a_content_type_that_cannot_be_read_is_refused_800002() {
        operator()
                .filter(ContractFilter.ofAnswers())
                .header("Content-Type", "nonsense")
                .body("{}".getBytes())
                .post("/sandbox/scenarios")
                .then()
                .statusCode(400)
                .body("code", is(800002));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "", "[]", "{\"partners\":[{}]}", "{\"partner\":[]}"})
    void a_document_of_the_wrong_shape_is_refused_and_nothing_changes(String document) {
        var before = export();
        operator()
                .filter(ContractFilter.ofAnswers())
                .contentType("application/json")
                .body(document)
                .post("/sandbox/scenarios")
                .then()
                .statusCode(400)
                .body("code", is(800002), "description", startsWith("Invalid input: "));
        assertEquals(before, export());
    }

    @Test
    void an_empty_document_adds_nothing() {
        var before = export();
        load("{}").then().statusCode(201).body("customers", is(0));
        assertEquals(before, export());
    }

    @Test
    void only_the_operator_reaches_the_scenario() {
        for (var path : new String[] {"/sandbox/scenarios", "/sandbox/reset"}) {
            given().contentType("application/json")
                    .body("{}")
                    .post(path)
                    .then()
                    .statusCode(401)
                    .body("code", is(800001));
        }
        given().get("/sandbox/scenario").then().statusCode(401).body("code", is(800001));
    }

    @Test
    void a_document_of_more_than_32_mebibytes_is_refused_413() {
        var before = export();
        operator()
                .contentType("application/json")
                .body(" ".repeat((32 << 20) + 1))
                .post("/sandbox/scenarios")
                .then()
                .statusCode(413)
                .body("code", is(800002));
        assertEquals(before, export());
    }

    @Test
    void a_document_of_several_mebibytes_is_read() {
        load(" ".repeat(5 << 20) + "{}").then().statusCode(201);
    }

    private static void refused(int status, JsonNode document, String sentence) {
        var before = export();
        operator()
                .filter(ContractFilter.ofAnswers())
                .contentType("application/json")
                .body(document.toString())
                .post("/sandbox/scenarios")
                .then()
                .statusCode(status)
                .body("code", is(800002), "description", is("Invalid input: " + sentence));
        assertEquals(before, export());
    }
}
