package csp.transfer.newcommerce.api;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static csp.testsupport.DemoPartner.NORTHWIND;
import static csp.testsupport.NewCommerceWorld.acceptance;
import static csp.testsupport.NewCommerceWorld.ask;
import static csp.testsupport.NewCommerceWorld.await;
import static csp.testsupport.NewCommerceWorld.customerWith;
import static csp.testsupport.NewCommerceWorld.licence;
import static csp.testsupport.NewCommerceWorld.line;
import static csp.testsupport.NewCommerceWorld.patch;
import static csp.testsupport.NewCommerceWorld.requestWith;
import static io.restassured.http.ContentType.JSON;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.testsupport.DemoPartner;
import csp.testsupport.PostgresTestResource;
import csp.testsupport.RawConnection;
import csp.testsupport.TestCustomer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What the parties do with a request: take it back, turn it down, accept it (new-commerce-transfers.md §5). */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class AnswerTransferTest {

    private static final Map<String, String> CANCEL = Map.of("status", "Cancel");
    private static final Map<String, String> REJECT = Map.of("status", "Reject");

    @Test
    void the_target_takes_its_request_back_and_both_still_see_it() {
        var customer = customerWith("basic").load();
        var path = ask(customer);
        patch(FABRIKAM, path, CANCEL)
                .then()
                .statusCode(200)
                .header("X-Locale", is("en-US"))
                .body("status", is("Cancel"), "attributes", nullValue(), "lineItems", nullValue());
        for (var partner : List.of(CONTOSO, FABRIKAM)) {
            partner.calls().get(path).then().statusCode(200).body("status", is("Cancel"), "completedTime", nullValue());
        }
    }

    @Test
    void the_recorded_body_cancels_its_slips_included() {
        var path = ask(customerWith().load());
        FABRIKAM.sendsAnything()
                .contentType(JSON)
                .body(Map.of(
                        "id",
                        path.substring(path.lastIndexOf('/') + 1).toUpperCase(),
                        "status",
                        "Cancel",
                        "targetPartnerTenantId",
                        "aaaabbbb-0000-cccc-1111-dddd2222eeee",
                        "sourcePartnerTenantId",
                        "bbbbcccc-1111-dddd-2222-eeee3333fff",
                        "customerName",
                        "ipdbtrans2"))
                .patch(path)
                .then()
                .statusCode(200)
                .body("status", is("Cancel"));
    }

    @Test
    void DELETE_by_the_target_is_the_same_W67() {
        var path = ask(customerWith().load());
        CONTOSO.calls().delete(path).then().statusCode(403).body("code", is(900150));
        FABRIKAM.calls().delete(path).then().statusCode(204);
        FABRIKAM.calls().get(path).then().statusCode(200).body("status", is("Cancel"));
        FABRIKAM.calls().delete(path).then().statusCode(400).body("code", is(900102));
    }

    @Test
    void the_source_turns_it_down_by_PATCH_or_by_POST_reject_W67() {
        var customer = customerWith().load();
        var one = ask(customer);
        patch(CONTOSO, one, REJECT).then().statusCode(200).body("status", is("Reject"), "transferDirection", is(2));
        FABRIKAM.calls().get(one).then().body("status", is("Reject"));
        var other = ask(customer);
        FABRIKAM.calls().post(other + "/reject").then().statusCode(403).body("code", is(900150));
        CONTOSO.calls().post(other + "/reject").then().statusCode(200).body("status", is("Reject"));
        CONTOSO.calls().post(other + "/reject").then().statusCode(400).body("code", is(900102));
    }

    @Test
    void a_legacy_transfer_has_no_path_to_reject_1000() {
        var customer = TestCustomer.readyToTransfer().license("e3", 1).load();
        var path = customer.transfersPath() + "/" + customer.openTransfer("e3");
        FABRIKAM.calls()
                .post(path + "/reject")
                .then()
                .statusCode(404)
                .body("code", is(1000), "description", containsString(path + "/reject"));
        CONTOSO.calls().get(path).then().body("status", is("Active"));
    }

    @Test
    void nor_has_it_with_a_query_that_no_address_may_have() {
        var customer = TestCustomer.readyToTransfer().license("e3", 1).load();
        var path = customer.transfersPath() + "/" + customer.openTransfer("e3") + "/reject";
        try (var connection = new RawConnection(RestAssured.port)) {
            var answer = connection
                    .send("POST " + path
                            + "?filter={id} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nAuthorization: Bearer "
                            + FABRIKAM.appToken(DemoPartner.serviceUnderTest()) + "\r\n\r\n")
                    .answer();
            assertTrue(
                    answer.startsWith("HTTP/1.1 404 ") && answer.contains("There is no resource at " + path + "."),
                    answer);
        }
    }

    @Test
    void it_is_accepted_by_PATCH_and_not_by_POST_accept_900141() {
        var customer = customerWith("basic").load();
        var path = ask(customer);
        CONTOSO.calls().post(path + "/accept").then().statusCode(400).body("code", is(900141));
        CONTOSO.calls().get(path).then().body("status", is("Pending"));
    }

    @Test
    void the_source_accepts_with_lines_and_sees_them_in_progress_W62() {
        var customer = customerWith("basic", "premium").load();
        var path = ask(customer);
        patch(CONTOSO, path, acceptance(customer, "basic", "premium"))
                .then()
                .statusCode(200)
                .body(
                        "status",
                        is("InProgress"),
                        "expirationTime",
                        nullValue(),
                        "lineItems.id",
                        is(List.of(0, 0)),
                        "lineItems.subscriptionId",
                        is(List.of(
                                customer.subscription("basic").toString(),
                                customer.subscription("premium").toString())),
                        "lineItems.billingCycle",
                        is(List.of("unknown", "unknown")),
                        "lineItems.quantity",
                        is(List.of(0, 0)),
                        "lineItems.productType",
                        is(List.of(5, 5)),
                        "lineItems.status",
                        is(List.of("InProgress", "InProgress")));
        await(path, "Complete");
    }

    @Test
    void accept_and_InProgress_say_the_same_as_nothing_and_a_number_the_same_as_a_name_D21() {
        for (var status : List.of("Accept", "inprogress", "")) {
            var customer = customerWith("basic").load();
            var path = ask(customer);
            CONTOSO.sendsAnything()
                    .contentType(JSON)
                    .body(Map.of(
                            "Status",
                            status,
                            "LineItems",
                            List.of(Map.of(
                                    "SubscriptionID",
                                    customer.upper("basic"),
                                    "ProductType",
                                    status.isEmpty() ? 5 : "5",
                                    "id",
                                    7))))
                    .patch(path)
                    .then()
                    .statusCode(200)
                    .body("status", is("InProgress"));
        }
    }

    @Test
    void only_the_rightful_party_and_its_admin_agents_answer_900150() {
        var customer = customerWith("basic").throughProvider(NORTHWIND, CONTOSO).load();
        var path = ask(customer);
        var accept = acceptance(customer, "basic");
        refused(CONTOSO, path, CANCEL, 403, 900150);
        refused(FABRIKAM, path, REJECT, 403, 900150);
        refused(FABRIKAM, path, accept, 403, 900150);
        refused(NORTHWIND, path, CANCEL, 404, 900100);
        for (var user : List.of("sales", "help")) {
            CONTOSO.calls(user)
                    .contentType(JSON)
                    .body(accept)
                    .patch(path)
                    .then()
                    .statusCode(403)
                    .body("code", is(900150));
            FABRIKAM.calls(user)
                    .contentType(JSON)
                    .body(CANCEL)
                    .patch(path)
                    .then()
                    .statusCode(403)
                    .body("code", is(900150));
        }
        CONTOSO.calls().get(path).then().body("status", is("Pending"));
        CONTOSO.calls("admin").contentType(JSON).body(REJECT).patch(path).then().statusCode(200);
    }

    @Test
    void what_is_answered_is_answered_for_good_900102() {
        var customer = customerWith("basic").load();
        var canceled = ask(customer);
        patch(FABRIKAM, canceled, CANCEL).then().statusCode(200);
        var accepted = ask(customer);
        patch(CONTOSO, accepted, acceptance(customer, "basic")).then().statusCode(200);
        await(accepted, "Complete");
        for (var path : List.of(canceled, accepted)) {
            refused(FABRIKAM, path, CANCEL, 400, 900102);
            refused(CONTOSO, path, REJECT, 400, 900102);
            refused(CONTOSO, path, acceptance(customer, "basic"), 400, 900102);
        }
    }

    @Test
    void every_bad_line_refuses_the_whole_and_names_itself_800078() {
        var customer = customerWith("good", "base");
        licence(customer, "suspended", Map.of("status", "suspended"));
        licence(customer, "unsynced", Map.of("syncState", "none"));
        licence(customer, "add-on", Map.of("parentSubscriptionId", customer.subscription("base")));
        licence(customer, "target's", Map.of("partner", FABRIKAM.tenantId));
        customer.license("legacy", 3)
                .subscription("software", Map.of("product", "termBased", "offerId", "A:B:C"))
                .load();
        var path = ask(customer, requestWith("targetProductTypes", List.of("OnlineServicesNCE")));
        for (var name : List.of("suspended", "unsynced", "add-on", "target's", "legacy")) {
            bad(path, customer, line(customer.subscription(name), "OnlineServicesNCE"));
        }
        bad(path, customer, line(UUID.randomUUID(), "OnlineServicesNCE"));
        bad(path, customer, line(customer.subscription("software"), "Software"));
        bad(path, customer, line(customer.subscription("software"), "OnlineServicesNCE"));
        CONTOSO.calls().get(path).then().body("status", is("Pending"), "lineItems", nullValue());
        patch(CONTOSO, path, acceptance(customer, "good")).then().statusCode(200);
    }

    private static void bad(String path, TestCustomer customer, Map<String, Object> line) {
        patch(CONTOSO, path, acceptance(List.of(line(customer.subscription("good"), "OnlineServicesNCE"), line)))
                .then()
                .statusCode(400)
                .body(
                        "code",
                        is(800078),
                        "description",
                        containsString("lineItems[1]"),
                        "description",
                        containsString(line.get("subscriptionId").toString()));
    }

    @Test
    void a_base_brings_its_add_ons_along_and_waits_for_those_that_cannot_move_TR7() {
        var customer = customerWith("base", "held");
        licence(customer, "add-on", Map.of("parentSubscriptionId", customer.subscription("base")));
        licence(customer, "gone", Map.of("parentSubscriptionId", customer.subscription("base"), "status", "deleted"));
        licence(
                customer,
                "asleep",
                Map.of("parentSubscriptionId", customer.subscription("held"), "status", "suspended"));
        customer.load();
        var path = ask(customer);
        patch(CONTOSO, path, acceptance(customer, "held"))
                .then()
                .statusCode(400)
                .body(
                        "code",
                        is(800078),
                        "description",
                        containsString(customer.subscription("asleep").toString()));
        patch(CONTOSO, path, acceptance(customer, "base"))
                .then()
                .statusCode(200)
                .body(
                        "lineItems.subscriptionId",
                        is(List.of(
                                customer.subscription("base").toString(),
                                customer.subscription("add-on").toString())));
    }

    @Test
    void at_most_25_lines_move_at_once_their_add_ons_counted_800002() {
        var names = IntStream.rangeClosed(1, 26).mapToObj(n -> "licence " + n).toArray(String[]::new);
        var customer = customerWith(names).load();
        var path = ask(customer);
        CONTOSO.sendsAnything()
                .contentType(JSON)
                .body(acceptance(customer, names))
                .patch(path)
                .then()
                .statusCode(400)
                .body("code", is(800002), "description", containsString("26"));
        licence(customer.later(), "add-on", Map.of("parentSubscriptionId", customer.subscription("licence 1")));
        customer.load();
        var first25 = IntStream.rangeClosed(1, 25).mapToObj(n -> "licence " + n).toArray(String[]::new);
        patch(CONTOSO, path, acceptance(customer, first25))
                .then()
                .statusCode(400)
                .body("code", is(800002), "description", containsString("26"));
        var last25 = IntStream.rangeClosed(2, 26).mapToObj(n -> "licence " + n).toArray(String[]::new);
        patch(CONTOSO, path, acceptance(customer, last25)).then().statusCode(200);
        await(path, "Complete");
    }

    @Test
    void a_subscription_in_another_open_transfer_is_refused_900101() {
        var customer = customerWith("basic");
        var held = UUID.randomUUID();
        customer.newCommerceTransfer(held, "InProgress", "basic").load();
        var path = ask(customer);
        refused(CONTOSO, path, acceptance(customer, "basic"), 409, 900101);
        CONTOSO.calls().get(path).then().body("status", is("Pending"));
    }

    @Test
    void azure_moves_to_an_active_azure_plan_alone_900133() {
        var customer = customerWith()
                .subscription(
                        "reserved",
                        Map.of("product", "azureReservation", "offerId", "R:1:2", "billingCycle", "one_time"))
                .load();
        var path = ask(customer);
        var lines = acceptance(List.of(line(customer.subscription("reserved"), "AzureReservation")));
        refused(CONTOSO, path, lines, 400, 900133);
        customer.later()
                .subscription("plan", Map.of("partner", FABRIKAM.tenantId, "product", "azurePlan", "offerId", "P:1:2"))
                .load();
        patch(CONTOSO, path, lines).then().statusCode(200).body("lineItems.productType", is(List.of(1)));
        await(path, "Complete");
    }

    @Test
    void any_other_status_is_refused_900126_and_changes_nothing() {
        var path = ask(customerWith().load());
        for (var status : List.of("Complete", "Pending", "canceled", "Expired", "☃")) {
            FABRIKAM.sendsAnything()
                    .contentType(JSON)
                    .body(Map.of("status", status))
                    .patch(path)
                    .then()
                    .statusCode(400)
                    .body("code", is(900126), "description", containsString(status));
        }
        CONTOSO.calls().get(path).then().body("status", is("Pending"));
    }

    @Test
    void bodies_that_cannot_be_read_or_say_nothing_are_refused_800002_and_change_nothing() {
        var customer = customerWith("basic").load();
        var path = ask(customer);
        var id = customer.subscription("basic");
        for (var body : List.of(
                "",
                "{",
                "[]",
                "null",
                "{}",
                "{\"status\":null}",
                "{\"status\":\"\"}",
                "{\"status\":1}",
                "{\"status\":\"Accept\"}",
                "{\"status\":\"InProgress\",\"lineItems\":[]}",
                "{\"status\":\"InProgress\",\"lineItems\":null}",
                "{\"lineItems\":{}}",
                "{\"lineItems\":\"all\"}",
                "{\"lineItems\":[7]}",
                "{\"lineItems\":[null]}",
                "{\"lineItems\":[{}]}",
                "{\"lineItems\":[{\"productType\":5}]}",
                "{\"lineItems\":[{\"subscriptionId\":\"x\",\"productType\":5}]}",
                "{\"lineItems\":[{\"subscriptionId\":7,\"productType\":5}]}",
                "{\"lineItems\":[{\"subscriptionId\":\"%s\"}]}".formatted(id),
                "{\"lineItems\":[{\"subscriptionId\":\"%s\",\"productType\":null}]}".formatted(id),
                "{\"lineItems\":[{\"subscriptionId\":\"%s\",\"productType\":true}]}".formatted(id),
                "{\"lineItems\":[{\"subscriptionId\":\"%s\",\"productType\":\"\"}]}".formatted(id),
                "{\"lineItems\":[{\"subscriptionId\":\"%1$s\",\"productType\":5},{\"subscriptionId\":\"%1$s\",\"productType\":5}]}"
                        .formatted(id),
                "{\"status\":\"Cancel\",\"id\":\"x\"}",
                "{\"status\":\"Cancel\",\"id\":\"%s\"}".formatted(UUID.randomUUID()),
                "{\"status\":\"Cancel\",\"Status\":\"Cancel\"}")) {
            CONTOSO.sendsAnything()
                    .contentType(JSON)
                    .body(body)
                    .patch(path)
                    .then()
                    .statusCode(400)
                    .body("code", is(800002), "data", empty());
        }
        for (var type : List.of("Hardware", 6, -1, "☃")) {
            CONTOSO.sendsAnything()
                    .contentType(JSON)
                    .body(acceptance(List.of(line(id, type))))
                    .patch(path)
                    .then()
                    .statusCode(400)
                    .body("code", is(900126), "description", containsString(type.toString()));
        }
        CONTOSO.calls().get(path).then().body("status", is("Pending"));
    }

    @Test
    void while_it_is_open_nobody_else_changes_its_subscriptions_900278_W71() {
        var customer = customerWith("basic", "free");
        var id = UUID.randomUUID();
        customer.newCommerceTransfer(id, "InProgress", "basic").load();
        var path = customer.path() + "/subscriptions/";
        for (var change : List.<Map<String, Object>>of(
                Map.of("quantity", 7),
                Map.of("status", "suspended"),
                Map.of("status", "deleted"),
                Map.of("friendlyName", "other"),
                Map.of("autoRenewEnabled", false),
                Map.of("billingCycle", "monthly"))) {
            CONTOSO.calls()
                    .contentType(JSON)
                    .body(change)
                    .patch(path + customer.subscription("basic"))
                    .then()
                    .statusCode(409)
                    .body("code", is(900278), "description", containsString(id.toString()));
        }
        CONTOSO.calls()
                .contentType(JSON)
                .body(Map.of("quantity", 7))
                .patch(path + customer.subscription("free"))
                .then()
                .statusCode(200);
        CONTOSO.calls()
                .get(path + customer.subscription("basic"))
                .then()
                .body("quantity", is(1), "status", is("active"));
    }

    private static void refused(DemoPartner partner, String path, Map<String, ?> body, int status, int code) {
        patch(partner, path, new HashMap<>(body)).then().statusCode(status).body("code", is(code), "data", empty());
    }
}
