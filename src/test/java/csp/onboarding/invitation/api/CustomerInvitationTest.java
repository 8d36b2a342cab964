package csp.onboarding.invitation.api;

import static csp.testsupport.TestCustomer.unrelated;
import static io.restassured.http.ContentType.JSON;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.testsupport.CustomerUser;
import csp.testsupport.OwnPartner;
import csp.testsupport.PostgresTestResource;
import csp.testsupport.RecordedShape;
import csp.testsupport.Sandbox;
import csp.testsupport.Simultaneously;
import csp.testsupport.TestCustomer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How customers come to partners (lifecycle.md R38-R42, R63, R64, R69, R70, R77). */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CustomerInvitationTest {

    private static final String PATH = "/portal/v1/customerInvitations";
    private static final String REQUESTS = "/v1/customers/relationshiprequests";

    private OwnPartner provider;
    private OwnPartner reseller;

    @BeforeEach // only now the port of the service is known
    void loadPartners() {
        if (provider != null) {
            return;
        }
        provider = OwnPartner.provider().load();
        reseller = OwnPartner.inTransition().partneredWith(provider.tenantId).load();
    }

    @AfterEach
    void releaseTheClock() {
        Sandbox.releaseClock();
    }

    @Test
    void one_link_names_the_reseller_and_its_provider_R38() {
        var invitation = invited(reseller, "agent", indirect());
        assertEquals(
                List.of("indirectReseller", "pending", reseller.tenantId.toString(), provider.tenantId.toString()),
                List.of(
                        invitation.get("kind"),
                        invitation.get("status"),
                        invitation.get("reseller.tenantId"),
                        invitation.get("provider.tenantId")));
        var link = invitation.getString("link");
        for (var part : List.of(
                "/portal/v1/customerInvitations/" + invitation.get("token"),
                "partnerId=" + reseller.tenantId,
                "indirectCSPId=" + provider.tenantId,
                "DAP=true")) {
            assertTrue(link.contains(part), link);
        }
        assertEquals(
                Duration.ofDays(30),
                Duration.between(
                        Instant.parse(invitation.getString("createdTime")),
                        Instant.parse(invitation.getString("expirationTime"))));
    }

    @Test
    void the_draft_names_both_partners_and_holds_the_link_R39() {
        var invitation = invited(reseller, "agent", indirect());
        for (var part : List.of(reseller.name(), provider.name(), invitation.getString("link"))) {
            assertTrue(invitation.getString("mailText").contains(part), part);
        }
    }

    @Test
    void the_mail_may_be_edited_and_is_sent_with_the_link_R39() {
        var address = UUID.randomUUID() + "@mail.example";
        var invitation = invited(
                reseller,
                "agent",
                with(indirect(), "customerEmail", address, "mailText", "Dear <Ana>,\nplease come: {link}\n\tBye"));
        assertEquals(
                "Dear <Ana>,\nplease come: " + invitation.get("link") + "\n\tBye", invitation.getString("mailText"));
        mailbox(address)
                .body(
                        "items",
                        hasSize(1),
                        "items[0].subject",
                        is(reseller.name() + " invites you"),
                        "items[0].text",
                        containsString(invitation.getString("link")),
                        "items[0].html",
                        containsString("Dear &lt;Ana&gt;"));
    }

    @Test
    void an_edited_mail_must_keep_the_link_800002_R39() {
        var address = UUID.randomUUID() + "@mail.example";
        refused(
                invite(reseller, "agent", with(indirect(), "customerEmail", address, "mailText", "Please come.")),
                400,
                800002,
                "mailText must keep the link");
        mailbox(address).body("items", empty());
    }

    @Test
    void the_draft_comes_back_edited_and_its_invitation_goes_out_R39() {
        var address = UUID.randomUUID() + "@mail.example";
        var draft = invited(reseller, "agent", indirect());
        var edited = "Dear Ana,\n" + draft.getString("mailText");
        var sent = invited(reseller, "agent", with(indirect(), "customerEmail", address, "mailText", edited));
        assertEquals(
                List.of(draft.getString("token"), edited, address),
                List.of(sent.getString("token"), sent.getString("mailText"), sent.getString("customerEmail")));
        mailbox(address)
                .body(
                        "items",
                        hasSize(1),
                        "items[0].text",
                        containsString("Dear Ana,"),
                        "items[0].text",
                        containsString(draft.getString("link")));
        refused(
                invite(reseller, "agent", with(indirect(), "customerEmail", address, "mailText", edited)),
                400,
                800002,
                "nobody was sent");
        mailbox(address).body("items", hasSize(1));
    }

    @Test
    void only_the_inviter_sends_a_draft_and_for_the_same_offer_800002_R39() {
        var draft = invited(reseller, "agent", indirect());
        var text = draft.getString("mailText");
        for (var body : List.of(
                with(indirect(), "mailText", text.replace("DAP=true", "DAP=false")),
                with(indirect(), "mailText", text.replace(draft.getString("token"), "0f")),
                with(new HashMap<>(Map.of("kind", "reseller")), "mailText", text))) {
            refused(invite(reseller, "agent", body), 400, 800002, "must keep the link");
        }
        var other = OwnPartner.inTransition().partneredWith(provider.tenantId).load();
        refused(invite(other, "agent", with(indirect(), "mailText", text)), 400, 800002, "must keep the link");
        read(reseller, draft).body("status", is("pending"), "mailText", is(text));
    }

    @Test
    void without_an_address_no_mail_goes_out_and_the_inviter_copies_the_draft_R39() {
        var invitation = invited(reseller, "agent", indirect());
        assertNull(invitation.getString("customerEmail"));
    }

    @Test
    void an_existing_direct_customer_may_be_invited_and_stays_direct_R40() {
        var customer = CustomerUser.addTo(unrelated()
                        .related(
                                Map.of("partner", reseller.tenantId, "kind", "directReseller", "delegatedAdmin", true)))
                .load();
        accepted(invited(reseller, "agent", indirect()), customer);
        assertEquals("""
                directReseller %1$s null true direct
                indirectProvider %2$s %1$s true invitation
                indirectReseller %1$s %2$s true invitation""".formatted(reseller.tenantId, provider.tenantId), relationships(customer));
        reseller.calls("admin").get(customer.path() + "/subscriptions").then().statusCode(200);
    }

    @Test
    void one_acceptance_covers_both_partners_with_delegated_administration_R41() {
        var customer = CustomerUser.addTo(unrelated()).load();
        var invitation = invited(reseller, "agent", indirect());
        accepted(invitation, customer);
        assertEquals("""
                indirectProvider %2$s %1$s true invitation
                indirectReseller %1$s %2$s true invitation""".formatted(reseller.tenantId, provider.tenantId), relationships(customer));
        for (var partner : List.of(reseller, provider)) {
            partner.calls("admin")
                    .get("/v1/customers?size=500")
                    .then()
                    .body("items.id", hasItem(customer.id.toString()));
        }
        read(reseller, invitation)
                .body(
                        "status",
                        is("accepted"),
                        "customerId",
                        is(customer.id.toString()),
                        "answeredTime",
                        matchesPattern("\\d{4}-.*Z"));
    }

    @Test
    void an_invitation_gives_a_provider_of_an_extension_the_delegated_administration_it_lacks_R35_R41() {
        var customer = CustomerUser.addTo(unrelated()
                        .related(Map.of(
                                "partner",
                                provider.tenantId,
                                "kind",
                                "indirectProvider",
                                "reseller",
                                reseller.tenantId,
                                "delegatedAdmin",
                                false,
                                "via",
                                "extension")))
                .load();
        accepted(invited(reseller, "agent", indirect()), customer);
        assertTrue(relationships(customer)
                .contains("indirectProvider %s %s true invitation".formatted(provider.tenantId, reseller.tenantId)));
    }

    @Test
    void a_provider_that_serves_the_customer_with_another_reseller_serves_it_with_both() {
        var other = OwnPartner.reseller().partneredWith(provider.tenantId).load();
        var customer = CustomerUser.addTo(unrelated()).load();
        accepted(invited(other, "agent", indirect()), customer);
        accepted(invited(reseller, "agent", indirect()), customer);
        provider.calls("admin")
                .get(customer.path() + "/relationships")
                .then()
                .body(
                        "totalCount",
                        is(2),
                        "items.id",
                        hasItem(other.tenantId.toString()),
                        "items.id",
                        hasItem(reseller.tenantId.toString()));
    }

    @Test
    void a_reseller_has_no_direct_customers_of_its_own_800039_R42_R43() {
        var plain = OwnPartner.reseller().partneredWith(provider.tenantId).load();
        refused(invite(plain, "agent", Map.of("kind", "reseller")), 403, 800039, plain.tenantId.toString());
        invited(plain, "agent", indirect());
    }

    @Test
    void restricted_direct_bill_capabilities_exclude_direct_invitations_800039_R63() {
        var restricted =
                OwnPartner.restricted().partneredWith(provider.tenantId).load();
        refused(invite(restricted, "admin", Map.of("kind", "reseller")), 403, 800039, "restricted");
        refused(restricted.calls("admin").get(REQUESTS).then(), 403, 800039, "restricted");
    }

    @Test
    void a_restricted_reseller_still_sends_indirect_invitations_R64() {
        var restricted =
                OwnPartner.restricted().partneredWith(provider.tenantId).load();
        invited(restricted, "admin", indirect());
    }

    @Test
    void a_reseller_relationship_starts_with_an_invitation_and_brings_the_customer_R69_R70() {
        var customer = CustomerUser.addTo(unrelated()).load();
        accepted(invited(reseller, "sales", Map.of("kind", "reseller")), customer);
        assertEquals("directReseller %s null false invitation".formatted(reseller.tenantId), relationships(customer));
        reseller.calls("admin").get(customer.path() + "/subscriptions").then().statusCode(200);
    }

    @Test
    void partners_that_do_not_work_together_any_more_are_not_accepted_20002() {
        var leaving = OwnPartner.inTransition().partneredWith(provider.tenantId).load();
        var customer = CustomerUser.addTo(unrelated()).load();
        var invitation = invited(leaving, "agent", indirect());
        leaving.calls("owner")
                .delete("/portal/v1/partnerships/" + provider.tenantId)
                .then()
                .statusCode(204);
        refused(accept(invitation, customer), 403, 20002, "has no partnership");
        assertEquals("", relationships(customer));
    }

    @Test
    void partners_and_customer_must_be_in_the_same_region_2030_R77() {
        var french = CustomerUser.addTo(unrelated().with("country", "FR")).load();
        var invitation = invited(reseller, "agent", indirect());
        refused(accept(invitation, french), 403, 2030, "EU/EFTA/UK");
        read(reseller, invitation).body("status", is("pending"));
        var swiss = OwnPartner.directBill().with("country", "CH").load();
        accepted(invited(swiss, "agent", Map.of("kind", "reseller")), french);
    }

    @Test
    void the_provider_must_be_of_the_customers_region_too_R77() {
        var european = OwnPartner.provider().with("country", "DE").load();
        var mixed = OwnPartner.inTransition().partneredWith(european.tenantId).load();
        var customer = CustomerUser.addTo(unrelated()).load();
        refused(
                accept(invited(mixed, "agent", with(indirect(), "indirectProviderId", european.tenantId)), customer),
                403,
                2030,
                european.tenantId.toString());
        assertEquals("", relationships(customer));
    }

    @Test
    void only_a_global_admin_of_a_customer_accepts() {
        var customer = CustomerUser.addTo(unrelated()).load();
        var invitation = invited(reseller, "agent", indirect());
        refused(
                CustomerUser.clerkOf(customer)
                        .calls()
                        .post(PATH + "/" + invitation.get("token") + "/accept")
                        .then(),
                403,
                900150,
                "acceptCustomerInvitation");
        refused(
                reseller.calls("admin")
                        .post(PATH + "/" + invitation.get("token") + "/accept")
                        .then(),
                403,
                2032,
                "only a user of the customer");
        assertEquals("", relationships(customer));
    }

    @Test
    void an_accepted_invitation_is_spent_800040_and_nobody_elses_business_1000() {
        var customer = CustomerUser.addTo(unrelated()).load();
        var other = CustomerUser.addTo(unrelated()).load();
        var invitation = invited(reseller, "agent", indirect());
        accepted(invitation, customer);
        refused(accept(invitation, customer), 400, 800040, "accepted");
        refused(accept(invitation, other), 404, 1000, invitation.getString("token"));
        refused(withdraw(reseller, "agent", invitation), 400, 800040, "accepted to withdrawn");
        assertEquals("", relationships(other));
    }

    @Test
    void of_two_customers_that_accept_at_the_same_time_one_gets_the_partners() {
        var customers = List.of(
                CustomerUser.addTo(unrelated()).load(),
                CustomerUser.addTo(unrelated()).load());
        var invitation = invited(reseller, "agent", indirect());
        var statuses = Simultaneously.run(
                () -> accept(invitation, customers.get(0)).extract().statusCode(),
                () -> accept(invitation, customers.get(1)).extract().statusCode());
        assertEquals(List.of(200, 404), statuses.stream().sorted().toList());
        for (var i = 0; i < 2; i++) {
            assertEquals(
                    statuses.get(i) == 200 ? 2 : 0,
                    relationships(customers.get(i)).lines().count());
        }
    }

    @Test
    void of_an_acceptance_and_a_withdrawal_at_the_same_time_one_happens() {
        var customer = CustomerUser.addTo(unrelated()).load();
        var invitation = invited(reseller, "agent", indirect());
        var statuses = Simultaneously.run(
                () -> accept(invitation, customer).extract().statusCode(),
                () -> withdraw(reseller, "agent", invitation).extract().statusCode());
        assertEquals(List.of(200, 400), statuses.stream().sorted().toList());
        assertEquals(
                statuses.get(0) == 200 ? 2 : 0, relationships(customer).lines().count());
        read(reseller, invitation).body("status", is(statuses.get(0) == 200 ? "accepted" : "withdrawn"));
    }

    @Test
    void a_withdrawn_invitation_cannot_be_accepted_800040() {
        var customer = CustomerUser.addTo(unrelated()).load();
        var invitation = invited(reseller, "agent", indirect());
        withdraw(reseller, "sales", invitation).statusCode(200).body("status", is("withdrawn"));
        refused(accept(invitation, customer), 400, 800040, "withdrawn to accepted");
        refused(withdraw(reseller, "sales", invitation), 400, 800040, "withdrawn to withdrawn");
        assertEquals("", relationships(customer));
    }

    @Test
    void an_invitation_expires_after_30_days_800040() {
        var customer = CustomerUser.addTo(unrelated()).load();
        var invitation = invited(reseller, "agent", indirect());
        Sandbox.advanceClock("P29DT23H");
        read(reseller, invitation).body("status", is("pending"));
        Sandbox.advanceClock("PT1H");
        refused(accept(invitation, customer), 400, 800040, "expired to accepted");
        refused(withdraw(reseller, "agent", invitation), 400, 800040, "expired to withdrawn");
        read(reseller, invitation).body("status", is("expired"));
        assertEquals("", relationships(customer));
    }

    @Test
    void an_invitation_is_part_of_the_exported_world() {
        var customer = CustomerUser.addTo(unrelated()).load();
        var open = invited(
                reseller,
                "agent",
                with(indirect(), "customerEmail", "ana@mail.example", "mailText", "Dear Ana,\n\t{link}"));
        var closed = invited(reseller, "agent", indirect());
        accepted(closed, customer);
        var exported = JsonPath.from(Sandbox.export());
        var of = "partners.find { it.tenantId == '%s' }.customerInvitations.find { it.token == '%s' }.";
        assertEquals(
                List.of(
                        "pending",
                        "ana@mail.example",
                        provider.tenantId.toString(),
                        "Dear Ana,\n\t" + open.getString("link")),
                List.of("state", "customerEmail", "provider", "mailText").stream()
                        .map(key -> exported.getString(of.formatted(reseller.tenantId, open.get("token")) + key))
                        .toList());
        assertEquals(
                List.of("accepted", customer.id.toString()),
                List.of("state", "customer").stream()
                        .map(key -> exported.getString(of.formatted(reseller.tenantId, closed.get("token")) + key))
                        .toList());
        Sandbox.load(Sandbox.export()).then().log().ifValidationFails().statusCode(201);
    }

    @Test
    void only_the_inviter_withdraws() {
        var invitation = invited(reseller, "agent", indirect());
        refused(withdraw(provider, "admin", invitation), 403, 900150, provider.tenantId.toString());
        refused(
                withdraw(OwnPartner.directBill().load(), "admin", invitation),
                404,
                1000,
                invitation.getString("token"));
        refused(withdraw(reseller, "help", invitation), 403, 900150, "HelpdeskAgent");
        read(reseller, invitation).body("status", is("pending"));
    }

    @Test
    void its_partners_and_whoever_of_a_customer_has_the_link_read_an_invitation_and_nobody_else_1000() {
        var customer = CustomerUser.addTo(unrelated()).load();
        var invitation = invited(reseller, "agent", indirect());
        var link = URI_PATH.apply(invitation.getString("link"));
        CustomerUser.clerkOf(customer)
                .calls()
                .get(link)
                .then()
                .statusCode(200)
                .body("reseller.name", is(reseller.name()));
        read(provider, invitation).body("kind", is("indirectReseller"));
        var stranger = OwnPartner.directBill().load();
        refused(
                stranger.calls("admin")
                        .get(PATH + "/" + invitation.get("token"))
                        .then(),
                404,
                1000,
                invitation.getString("token"));
        refused(reseller.calls("admin").get(PATH + "/nothing").then(), 404, 1000, "nothing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%00", "a%20b", "%2e%2e", "%F0%9F%98%80", "-1"})
    void what_is_no_token_is_not_found_1000(String token) {
        var customer = CustomerUser.addTo(unrelated()).load();
        for (var caller : List.of(
                reseller.sendsAnythingAs("agent"),
                CustomerUser.globalAdminOf(customer).calls())) {
            var path = PATH + "/" + token;
            caller.urlEncodingEnabled(false);
            refused(caller.get(path).then(), 404, 1000, "");
            refused(caller.post(path + "/accept").then(), 404, 1000, "");
            caller.post(path + "/withdraw").then().statusCode(in(List.of(403, 404)));
        }
    }

    @Test
    void the_combined_invitation_is_for_admin_agents_and_the_direct_one_for_sales_agents_too_900150() {
        refused(invite(reseller, "sales", indirect()), 403, 900150, "SalesAgent");
        invited(reseller, "sales", Map.of("kind", "reseller"));
        for (var user : List.of("help", "owner")) {
            refused(invite(reseller, user, Map.of("kind", "reseller")), 403, 900150, "createCustomerInvitation");
            refused(reseller.calls(user).get(REQUESTS).then(), 403, 900150, "getRelationshipRequest");
        }
    }

    @Test
    void invitations_are_for_users_of_partners_alone() {
        var customer = CustomerUser.addTo(unrelated()).load();
        var owner = CustomerUser.globalAdminOf(customer);
        refused(
                reseller.applicationSends()
                        .contentType(JSON)
                        .body(indirect())
                        .post(PATH)
                        .then(),
                403,
                900329,
                "");
        refused(reseller.applicationSends().get(REQUESTS).then(), 403, 900329, "");
        refused(owner.calls().contentType(JSON).body(indirect()).post(PATH).then(), 403, 2032, "");
        var invitation = invited(reseller, "agent", indirect());
        refused(
                reseller.applicationSends()
                        .post(PATH + "/" + invitation.get("token") + "/withdraw")
                        .then(),
                403,
                900329,
                "");
        refused(
                owner.calls()
                        .post(PATH + "/" + invitation.get("token") + "/withdraw")
                        .then(),
                403,
                2032,
                "");
    }

    @Test
    void the_reseller_must_be_enrolled_900137_and_work_with_an_active_provider_20002_R38() {
        var plain = OwnPartner.directBill().partneredWith(provider.tenantId).load();
        refused(invite(plain, "agent", indirect()), 403, 900137, plain.tenantId.toString());
        refused(
                plain.calls("agent")
                        .get(REQUESTS + "?indirectCloudSolutionProviderId={provider}", provider.tenantId)
                        .then(),
                403,
                900137,
                plain.tenantId.toString());
        refused(
                invite(reseller, "agent", with(indirect(), "indirectProviderId", UUID.randomUUID())),
                403,
                20002,
                "is not an active indirect provider");
        var stranger = OwnPartner.provider().load();
        refused(
                invite(reseller, "agent", with(indirect(), "indirectProviderId", stranger.tenantId)),
                403,
                20002,
                "has no partnership");
    }

    @Test
    void a_malformed_field_is_refused_and_named() {
        refused(invite(reseller, "agent", with(indirect(), "kind", null)), 400, 800002, "kind is required");
        refused(invite(reseller, "agent", with(indirect(), "kind", "friend")), 400, 900126, "'friend'");
        refused(invite(reseller, "agent", with(indirect(), "kind", 1)), 400, 800002, "kind must be a string");
        refused(
                invite(reseller, "agent", with(indirect(), "indirectProviderId", null)),
                400,
                800002,
                "indirectProviderId is required");
        refused(
                invite(reseller, "agent", with(indirect(), "indirectProviderId", "fabrikam")),
                400,
                800002,
                "indirectProviderId must be a GUID");
        refused(
                invite(reseller, "agent", with(indirect(), "kind", "reseller")),
                400,
                800002,
                "indirectProviderId does not go with the kind");
        refused(invite(reseller, "agent", with(indirect(), "customerEmail", "nobody")), 400, 800002, "customerEmail");
        refused(
                invite(reseller, "agent", with(indirect(), "mailText", "{link}" + "x".repeat(10_000))),
                400,
                800002,
                "mailText must be at most 10000");
        refused(invite(reseller, "agent", with(indirect(), "mailText", "{link}\u0007")), 400, 800002, "mailText");
    }

    @Test
    void the_relationship_request_is_as_recorded_and_gives_the_personalised_link() {
        var answer = reseller.calls("sales")
                .get(REQUESTS)
                .then()
                .statusCode(200)
                .header("Content-Type", "application/json; charset=utf-8")
                .extract();
        RecordedShape.file("request-reseller-relationship.json").assertFits(answer.asString());
        var customer = CustomerUser.addTo(unrelated()).load();
        CustomerUser.globalAdminOf(customer)
                .calls()
                .post(token(answer.path("url")) + "/accept")
                .then()
                .statusCode(200);
        assertEquals("directReseller %s null false invitation".formatted(reseller.tenantId), relationships(customer));
    }

    @Test
    void the_link_stays_the_same_until_it_is_accepted_or_over() {
        var own = OwnPartner.directBill().load();
        var first = url(own, "");
        assertEquals(
                first, url(own, "?indirectCloudSolutionProviderId=&indirectResellerId=&dualRoleIndirectRelationship="));
        var customer = CustomerUser.addTo(unrelated()).load();
        CustomerUser.globalAdminOf(customer)
                .calls()
                .post(token(first) + "/accept")
                .then()
                .statusCode(200);
        var second = url(own, "");
        assertNotEquals(first, second);
        Sandbox.advanceClock("P30D");
        assertNotEquals(second, url(own, ""));
    }

    @Test
    void a_reseller_names_its_provider_and_a_provider_its_reseller_in_the_combined_link_R38() {
        var byReseller = url(
                reseller,
                "?indirectCloudSolutionProviderId=" + provider.tenantId + "&dualRoleIndirectRelationship=true");
        var byProvider = url(provider, "?indirectResellerId=" + reseller.tenantId);
        assertNotEquals(byReseller, byProvider);
        for (var url : List.of(byReseller, byProvider)) {
            assertTrue(url.contains("invType=IndirectResellerRelationship&partnerId=" + reseller.tenantId), url);
            assertTrue(url.contains("indirectCSPId=" + provider.tenantId), url);
        }
        assertTrue(url(reseller, "").contains("invType=ResellerRelationship&partnerId=" + reseller.tenantId));
    }

    @Test
    void a_malformed_parameter_of_the_relationship_request_is_refused_800002() {
        var refusals = Map.of(
                "?indirectCloudSolutionProviderId=fabrikam",
                "'fabrikam'",
                "?indirectResellerId=contoso",
                "'contoso'",
                "?dualRoleIndirectRelationship=perhaps",
                "'perhaps'",
                "?dualRoleIndirectRelationship=true",
                "indirectCloudSolutionProviderId is required",
                "?indirectCloudSolutionProviderId=" + provider.tenantId + "&indirectResellerId=" + UUID.randomUUID(),
                "indirectResellerId must be the calling partner");
        refusals.forEach((query, words) ->
                refused(reseller.sendsAnythingAs("admin").get(REQUESTS + query).then(), 400, 800002, words));
        refused(
                reseller.calls("admin")
                        .get(REQUESTS + "?indirectCloudSolutionProviderId=" + UUID.randomUUID())
                        .then(),
                403,
                20002,
                "is not an active indirect provider");
    }

    @Test
    void a_repeat_gets_the_first_answer_and_makes_no_second_invitation_ST5() {
        var requestId = UUID.randomUUID().toString();
        var tokens = List.of(1, 2).stream()
                .map(n -> reseller.calls("agent")
                        .header("MS-RequestId", requestId)
                        .contentType(JSON)
                        .body(indirect())
                        .post(PATH)
                        .then()
                        .statusCode(201)
                        .extract()
                        .<String>path("token"))
                .toList();
        assertEquals(tokens.get(0), tokens.get(1));
    }

    private static final UnaryOperator<String> URI_PATH = link -> link.substring(link.indexOf("/portal/v1"));

    private Map<String, Object> indirect() {
        return new HashMap<>(Map.of("kind", "indirectReseller", "indirectProviderId", provider.tenantId));
    }

    private static Map<String, Object> with(Map<String, Object> body, Object... fields) {
        for (var i = 0; i < fields.length; i += 2) {
            body.put((String) fields[i], fields[i + 1]);
        }
        return body;
    }

    private static ValidatableResponse invite(OwnPartner partner, String user, Map<String, ?> body) {
        return partner.sendsAnythingAs(user)
                .contentType(JSON)
                .body(body)
                .post(PATH)
                .then();
    }

    private static JsonPath invited(OwnPartner partner, String user, Map<String, ?> body) {
        return partner.calls(user)
                .contentType(JSON)
                .body(body)
                .post(PATH)
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
    }

    private static ValidatableResponse accept(JsonPath invitation, TestCustomer customer) {
        return CustomerUser.globalAdminOf(customer)
                .calls()
                .post(PATH + "/" + invitation.get("token") + "/accept")
                .then();
    }

    private static void accepted(JsonPath invitation, TestCustomer customer) {
        accept(invitation, customer)
                .statusCode(200)
                .body("status", is("accepted"), "customerId", is(customer.id.toString()));
    }

    private static ValidatableResponse withdraw(OwnPartner partner, String user, JsonPath invitation) {
        return partner.calls(user)
                .post(PATH + "/" + invitation.get("token") + "/withdraw")
                .then();
    }

    private static ValidatableResponse read(OwnPartner partner, JsonPath invitation) {
        return partner.calls("help")
                .get(PATH + "/" + invitation.get("token"))
                .then()
                .statusCode(200);
    }

    private static String url(OwnPartner partner, String query) {
        return partner.calls("admin")
                .get(REQUESTS + query)
                .then()
                .statusCode(200)
                .extract()
                .path("url");
    }

    private static String token(String url) {
        return URI_PATH.apply(url).replaceFirst("\\?.*", "");
    }

    private static ValidatableResponse mailbox(String address) {
        return Sandbox.operator().get("/sandbox/mailbox?to=" + address).then().statusCode(200);
    }

    private static void refused(ValidatableResponse answer, int status, int code, String words) {
        answer.statusCode(status).body("code", is(code), "description", containsString(words));
    }

    /** Kind, partner, counterpart, delegated administration and origin, a line each, as the customer sees them. */
    private static String relationships(TestCustomer customer) {
        var items = CustomerUser.clerkOf(customer)
                .calls()
                .get("/portal/v1/customers/" + customer.id + "/partnerRelationships")
                .then()
                .statusCode(200)
                .extract()
                .<List<Map<String, Object>>>path("items");
        return String.join(
                "\n",
                items.stream()
                        .map(item -> "%s %s %s %s %s"
                                .formatted(
                                        item.get("kind"),
                                        item.get("partnerId"),
                                        item.getOrDefault("reseller", item.get("provider")),
                                        item.get("delegatedAdmin"),
                                        item.get("via")))
                        .sorted()
                        .toList());
    }
}
