package csp.transfer.legacy.readiness.api;

import static csp.testsupport.TestCustomer.unrelated;
import static io.restassured.http.ContentType.JSON;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.testsupport.CustomerUser;
import csp.testsupport.OwnPartner;
import csp.testsupport.PostgresTestResource;
import csp.testsupport.TestCustomer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Each step left out on purpose makes the transfer fail with the very reason that readiness announced. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TransferReadinessTest {

    private OwnPartner provider;
    private OwnPartner source;

    @BeforeEach // only now the port of the service is known
    void loadPartners() {
        if (provider != null) {
            return;
        }
        provider = OwnPartner.provider().load();
        source = OwnPartner.inTransition().partneredWith(provider.tenantId).load();
    }

    @Test
    void with_every_prerequisite_met_the_customer_is_ready_and_the_transfer_is_created() {
        var customer = complete(source, provider).load();
        var answer = readiness(source, customer, provider.tenantId);
        assertTrue(answer.getBoolean("ready"), answer::prettify);
        assertEquals(
                List.of(
                        "directCustomer",
                        "resellerEnrolment",
                        "partnerAgreement",
                        "anotherPartner",
                        "providerActive",
                        "partnership",
                        "providerOfCustomer",
                        "customerAgreement",
                        "eligibleSubscription",
                        "noOpenTransfer"),
                answer.getList("prerequisites.name"));
        create(source, customer, provider.tenantId, 201);
    }

    @Test
    void without_the_enrolment_R12() {
        var plain = OwnPartner.directBill().partneredWith(provider.tenantId).load();
        leftOut(plain, complete(plain, provider).load(), provider.tenantId, "resellerEnrolment", "R12", 900137);
    }

    @Test
    void without_the_own_partner_agreement_TR1() {
        var unsigned = OwnPartner.inTransition()
                .with("partnerAgreementSigned", false)
                .partneredWith(provider.tenantId)
                .load();
        leftOut(unsigned, complete(unsigned, provider).load(), provider.tenantId, "partnerAgreement", "TR1", 900124);
    }

    @Test
    void with_the_source_as_its_own_provider_TR5() {
        var customer = complete(source, provider).load();
        leftOut(source, customer, source.tenantId, "anotherPartner", "TR5", 900148);
    }

    @Test
    void without_an_active_provider_TR5() {
        var customer = complete(source, provider).load();
        leftOut(source, customer, UUID.randomUUID(), "providerActive", "TR5", 20002);
        var restricted = OwnPartner.provider()
                .with("programs", Map.of("indirectProvider", "restricted"))
                .load();
        var other = OwnPartner.inTransition().partneredWith(restricted.tenantId).load();
        leftOut(other, complete(other, restricted).load(), restricted.tenantId, "providerActive", "TR5", 20002);
    }

    @Test
    void without_the_partnership_R24() {
        var alone = OwnPartner.inTransition().load();
        leftOut(alone, complete(alone, provider).load(), provider.tenantId, "partnership", "R24", 20002);
    }

    @Test
    void without_the_providers_relationship_with_the_customer_R27() {
        var customer = directly(unrelated(), source).agreedItself();
        leftOut(source, license(customer, source).load(), provider.tenantId, "providerOfCustomer", "R27", 20002);
    }

    @Test
    void without_the_customer_agreement_R51() {
        var customer = through(directly(unrelated(), source), provider, source);
        leftOut(source, license(customer, source).load(), provider.tenantId, "customerAgreement", "R51", 13605);
    }

    @Test
    void without_an_eligible_subscription_TR11() {
        var customer = through(directly(unrelated(), source), provider, source)
                .agreedItself()
                .subscription("e3", Map.of("partner", source.tenantId, "status", "suspended"));
        leftOut(source, customer.load(), provider.tenantId, "eligibleSubscription", "TR11", 800078);
    }

    @Test
    void with_the_subscription_in_an_open_transfer_TR6() {
        var customer = complete(source, provider).load();
        create(source, customer, provider.tenantId, 201);
        leftOut(source, customer, provider.tenantId, "noOpenTransfer", "TR6", 900101);
    }

    @Test
    void for_an_indirect_customer_R46() {
        var customer = through(unrelated(), provider, source)
                .agreedItself()
                .related(Map.of("partner", source.tenantId, "kind", "indirectReseller", "provider", provider.tenantId));
        leftOut(source, license(customer, source).load(), provider.tenantId, "directCustomer", "R46", 2032);
    }

    @Test
    void several_unmet_prerequisites_are_all_told_and_the_first_is_what_the_transfer_is_refused_for() {
        var plain = OwnPartner.directBill().load();
        var customer = directly(unrelated(), plain).load();
        var answer = readiness(plain, customer, provider.tenantId);
        assertEquals(
                List.of(
                        "resellerEnrolment",
                        "partnership",
                        "providerOfCustomer",
                        "customerAgreement",
                        "eligibleSubscription"),
                answer.getList("prerequisites.findAll { !it.met }.name"));
        plain.calls("admin")
                .contentType(JSON)
                .body(request(plain, provider.tenantId, UUID.randomUUID()))
                .post(customer.transfersPath())
                .then()
                .statusCode(403)
                .body("code", is(answer.getInt("prerequisites.find { !it.met }.code")));
    }

    @Test
    void each_unmet_prerequisite_names_the_next_step_and_a_met_one_does_not() {
        var answer =
                readiness(source, license(directly(unrelated(), source), source).load(), provider.tenantId);
        assertTrue(answer.getString("prerequisites.find { it.name == 'providerOfCustomer' }.nextStep")
                .contains("invitation"));
        assertNull(answer.<Object>get("prerequisites.find { it.name == 'partnership' }.nextStep"));
        assertNull(answer.<Object>get("prerequisites.find { it.name == 'partnership' }.code"));
    }

    @Test
    void a_customer_with_subscriptions_gets_no_guidance_of_other_channels() {
        assertNull(readiness(source, complete(source, provider).load(), provider.tenantId)
                .<Object>get("guidance"));
    }

    @Test
    void a_customer_from_another_channel_gets_the_guidance_R69_to_R78() {
        var answer = readiness(source, directly(unrelated(), source).load(), provider.tenantId);
        assertEquals(
                List.of("R69", "R70", "R71", "R72", "R73", "R74", "R75", "R76", "R77", "R78", "R78"),
                answer.getList("guidance.rule"));
        var texts = String.join("\n", answer.<String>getList("guidance.text"));
        for (var words : List.of("not refunded", "equivalent offers", "within 30 days", "150 active")) {
            assertTrue(texts.contains(words), words);
        }
    }

    @Test
    void the_region_of_a_customer_from_another_channel_is_compared_R77() {
        var american = readiness(source, directly(unrelated(), source).load(), provider.tenantId);
        assertTrue(american.getBoolean("guidance.find { it.rule == 'R77' }.met"));
        var french = readiness(
                source, directly(unrelated().with("country", "FR"), source).load(), provider.tenantId);
        assertFalse(french.getBoolean("guidance.find { it.rule == 'R77' }.met"));
    }

    @Test
    void more_than_150_active_subscriptions_are_too_many_for_a_customer_from_another_channel_R78() {
        for (var active : List.of(150, 151)) {
            var customer = directly(unrelated(), source);
            IntStream.range(0, active)
                    .forEach(n -> customer.subscription("s" + n, Map.of("partner", provider.tenantId)));
            customer.subscription("gone", Map.of("partner", provider.tenantId, "status", "expired"));
            var answer = readiness(source, customer.load(), provider.tenantId);
            assertEquals(active <= 150, answer.getBoolean("guidance[10].met"));
            assertTrue(answer.getString("guidance[10].text").contains("which has " + active), answer::prettify);
        }
    }

    @Test
    void all_customers_of_a_partner_are_answered_at_once_each_as_alone() {
        var own = OwnPartner.inTransition().partneredWith(provider.tenantId).load();
        var customers = new ArrayList<TestCustomer>();
        customers.add(
                complete(own, provider).with("companyName", "b " + own.tenantId).load());
        customers.add(license(directly(unrelated(), own), own)
                .with("companyName", "A " + own.tenantId)
                .load());
        customers.add(directly(unrelated(), own)
                .with("companyName", "c " + own.tenantId)
                .load());
        var taken =
                complete(own, provider).with("companyName", "D " + own.tenantId).load();
        create(own, taken, provider.tenantId, 201);
        customers.add(taken);
        var all = own.calls("sales")
                .get("/portal/v1/transferReadiness?provider=" + provider.tenantId)
                .then()
                .statusCode(200)
                .body("totalCount", is(4), "items.companyName.collect { it[0] }", is(List.of("A", "b", "c", "D")))
                .extract()
                .jsonPath();
        for (var customer : customers) {
            assertEquals(
                    readiness(own, customer, provider.tenantId).getMap(""),
                    all.getMap("items.find { it.customerId == '%s' }".formatted(customer.id)));
        }
    }

    @Test
    void a_partner_without_customers_gets_an_empty_list() {
        OwnPartner.directBill()
                .load()
                .calls("admin")
                .get("/portal/v1/transferReadiness?provider=" + provider.tenantId)
                .then()
                .statusCode(200)
                .body("totalCount", is(0), "items", hasSize(0));
    }

    @Test
    void the_provider_must_be_named_800002() {
        var customer = complete(source, provider).load();
        for (var path :
                List.of("/portal/v1/customers/" + customer.id + "/transferReadiness", "/portal/v1/transferReadiness")) {
            for (var query : Map.of("", "is required", "?provider=", "is required", "?provider=fabrikam", "'fabrikam'")
                    .entrySet()) {
                source.sendsAnythingAs("admin")
                        .get(path + query.getKey())
                        .then()
                        .statusCode(400)
                        .body("code", is(800002), "description", containsString(query.getValue()));
            }
        }
    }

    @Test
    void strangers_helpdesk_agents_and_customers_learn_nothing() {
        var customer = CustomerUser.addTo(complete(source, provider)).load();
        var path = "/portal/v1/customers/" + customer.id + "/transferReadiness?provider=" + provider.tenantId;
        OwnPartner.inTransition()
                .load()
                .calls("admin")
                .get(path)
                .then()
                .statusCode(403)
                .body("code", is(20002));
        source.calls("help").get(path).then().statusCode(403).body("code", is(900150));
        CustomerUser.globalAdminOf(customer)
                .calls()
                .get(path)
                .then()
                .statusCode(403)
                .body("code", is(2032));
        source.calls("help")
                .get("/portal/v1/transferReadiness?provider=" + provider.tenantId)
                .then()
                .statusCode(403)
                .body("code", is(900150));
        CustomerUser.globalAdminOf(customer)
                .calls()
                .get("/portal/v1/transferReadiness?provider=" + provider.tenantId)
                .then()
                .statusCode(403)
                .body("code", is(2032));
        source.sendsAnythingAs("admin")
                .get("/portal/v1/customers/alpine/transferReadiness?provider=" + provider.tenantId)
                .then()
                .statusCode(400)
                .body("code", is(900118));
    }

    /** Readiness names this prerequisite, among the unmet ones the first, and the transfer is refused with the same words. */
    private static void leftOut(
            OwnPartner source, TestCustomer customer, UUID target, String name, String rule, int code) {
        var answer = readiness(source, customer, target);
        var unmet = "prerequisites.find { !it.met }.";
        assertEquals(
                List.of(false, name, rule, code),
                List.of(
                        answer.get("ready"),
                        answer.get(unmet + "name"),
                        answer.get(unmet + "rule"),
                        answer.get(unmet + "code")));
        var refusal = create(source, customer, target, null);
        assertEquals(
                List.of(code, answer.getString(unmet + "reason")),
                List.of(refusal.get("code"), refusal.get("description")));
    }

    private static JsonPath readiness(OwnPartner source, TestCustomer customer, UUID target) {
        return source.calls("admin")
                .get("/portal/v1/customers/%s/transferReadiness?provider=%s".formatted(customer.id, target))
                .then()
                .statusCode(200)
                .body(
                        "customerId",
                        is(customer.id.toString()),
                        "providerId",
                        is(target.toString()),
                        "prerequisites.description",
                        everyItem(notNullValue()))
                .extract()
                .jsonPath();
    }

    private static JsonPath create(OwnPartner source, TestCustomer customer, UUID target, Integer status) {
        var answer = source.calls("admin")
                .contentType(JSON)
                .body(request(source, target, customer.subscription("e3")))
                .post(customer.transfersPath())
                .then();
        return (status == null ? answer.statusCode(not(201)) : answer.statusCode(status))
                .extract()
                .jsonPath();
    }

    @Test
    void the_other_flavour_says_what_is_missing_and_what_no_transfer_moves() {
        var source = OwnPartner.directBill().load();
        var provider = OwnPartner.provider().load();
        var path = "/transferReadiness?provider=" + provider.tenantId;
        var bare = directly(unrelated(), source).load();
        source.calls("agent")
                .get("/portal/v1/customers/" + bare.id + path)
                .then()
                .statusCode(200)
                .rootPath("newCommerce")
                .body(
                        "met",
                        is(false),
                        "missing.condition",
                        is(List.of("targetOfCustomer", "customerAgreementWithTarget", "movableSubscription")),
                        "missing.code",
                        is(List.of(20002, 13605, 800078)),
                        "staysBehind.what",
                        is(List.of("delegatedAdministration", "prices", "credits")));
        var ready = through(directly(unrelated(), source), provider, source)
                .agreedItself()
                .subscription(
                        "basic",
                        Map.of(
                                "partner",
                                source.tenantId,
                                "product",
                                "newCommerceLicense",
                                "offerId",
                                "CFQ7TTC0LH18:0001:CFQ7TTC0K971"))
                .load();
        source.calls("agent")
                .get("/portal/v1/customers/" + ready.id + path)
                .then()
                .body("ready", is(false), "newCommerce.met", is(true), "newCommerce.missing", is(List.of()));
    }

    private static Map<String, Object> request(OwnPartner source, UUID target, UUID subscription) {
        return new HashMap<>(Map.of(
                "sourcePartnerTenantId",
                source.tenantId,
                "targetPartnerTenantId",
                target,
                "lineItems",
                List.of(Map.of("subscriptionId", subscription))));
    }

    private static TestCustomer complete(OwnPartner source, OwnPartner provider) {
        return license(through(directly(unrelated(), source), provider, source).agreedItself(), source);
    }

    private static TestCustomer license(TestCustomer customer, OwnPartner source) {
        return customer.subscription("e3", Map.of("partner", source.tenantId));
    }

    private static TestCustomer directly(TestCustomer customer, OwnPartner partner) {
        return customer.related(Map.of("partner", partner.tenantId, "kind", "directReseller"));
    }

    private static TestCustomer through(TestCustomer customer, OwnPartner provider, OwnPartner reseller) {
        return customer.related(Map.of(
                "partner",
                provider.tenantId,
                "kind",
                "indirectProvider",
                "reseller",
                reseller.tenantId,
                "via",
                "extension"));
    }
}
