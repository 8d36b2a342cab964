package csp.onboarding;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static csp.testsupport.PortalPartner.inTransition;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import csp.testsupport.DemoPartner;
import csp.testsupport.PortalPartner;
import csp.testsupport.PostgresTestResource;
import csp.testsupport.Simultaneously;
import csp.testsupport.Sql;
import csp.testsupport.TestCustomer;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * A partner leaves a customer, or direct-bill, at the moment in which it gets something to look after there: one of the two is
 * refused, so that nobody ends with an active subscription that it cannot reach. Each request is stopped just before it writes
 * its audit record, which is the last thing it does; the second one then has to wait for the first.
 */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class LeaveRaceTest {

    private static final String GLOBAL = "GlobalAdmin";
    private static final String ORDER = """
            {"lineItems":[{"offerId":"796B6B5F-613C-4E24-A17C-EBA730D49C02","quantity":1}]}""";

    @Inject
    AgroalDataSource dataSource;

    private Sql database;

    @BeforeEach
    void connect() {
        database = Sql.on(dataSource);
    }

    @AfterEach
    void disconnect() {
        database.close();
    }

    @Test
    void a_purchase_under_way_keeps_the_partner_with_the_customer() {
        var customer = suspended();
        oneAfterTheOther(() -> buy(CONTOSO.calls(), customer), 201, () -> leave(CONTOSO, customer), 400, 800002);
        assertReachable(customer);
    }

    @Test
    void nothing_is_bought_for_a_customer_that_is_being_left() {
        var customer = suspended();
        oneAfterTheOther(() -> leave(CONTOSO, customer), 200, () -> buy(CONTOSO.calls(), customer), 403, 20002);
        assertReachable(customer);
    }

    @Test
    void a_reactivation_under_way_keeps_the_partner_with_the_customer() {
        var customer = suspended();
        oneAfterTheOther(() -> reactivate(CONTOSO.calls(), customer), 200, () -> leave(CONTOSO, customer), 400, 800002);
        assertReachable(customer);
    }

    @Test
    void nothing_is_reactivated_at_a_customer_that_is_being_left() {
        var customer = suspended();
        oneAfterTheOther(() -> leave(CONTOSO, customer), 200, () -> reactivate(CONTOSO.calls(), customer), 403, 20002);
        assertReachable(customer);
    }

    @Test
    void an_acceptance_under_way_keeps_the_provider_with_the_customer() {
        var customer = TestCustomer.readyToTransfer().license("e3", 5).load();
        var transfer = customer.openTransfer("e3");
        oneAfterTheOther(() -> accept(customer, transfer), 200, () -> leave(FABRIKAM, customer), 400, 800002);
        assertReachable(customer);
    }

    @Test
    void no_transfer_of_a_customer_that_is_being_left_is_accepted() {
        var customer = TestCustomer.readyToTransfer().license("e3", 5).load();
        var transfer = customer.openTransfer("e3");
        oneAfterTheOther(() -> leave(FABRIKAM, customer), 200, () -> accept(customer, transfer), 403, 20002);
        assertEquals(
                1,
                database.number(
                        "select count(*) from transfer where customer_tenant_id = ? and status = 'ACTIVE'",
                        customer.id));
        assertReachable(customer);
    }

    @Test
    void a_purchase_under_way_keeps_the_partner_in_direct_bill() {
        var partner = inTransition().load();
        var customer = customerOf(partner);
        oneAfterTheOther(() -> buy(partner.calls(GLOBAL), customer), 201, () -> leaveDirectBill(partner), 417, 800036);
    }

    @Test
    void nothing_is_bought_by_a_partner_that_is_leaving_direct_bill() {
        var partner = inTransition().load();
        var customer = customerOf(partner);
        oneAfterTheOther(() -> leaveDirectBill(partner), 200, () -> buy(partner.calls(GLOBAL), customer), 403, 900149);
    }

    @Test
    void a_reactivation_under_way_keeps_the_partner_in_direct_bill() {
        var partner = inTransition().load();
        var customer = customerOf(partner);
        oneAfterTheOther(
                () -> reactivate(partner.calls(GLOBAL), customer), 200, () -> leaveDirectBill(partner), 417, 800036);
    }

    @Test
    void nothing_is_reactivated_by_a_partner_that_is_leaving_direct_bill() {
        var partner = inTransition().load();
        var customer = customerOf(partner);
        oneAfterTheOther(
                () -> leaveDirectBill(partner), 200, () -> reactivate(partner.calls(GLOBAL), customer), 403, 900149);
    }

    private void oneAfterTheOther(
            Supplier<Response> first, int status, Supplier<Response> second, int refused, int code) {
        CompletableFuture<Response> winner;
        CompletableFuture<Response> loser;
        try (var gate = Sql.on(dataSource).hold()) {
            gate.update("lock table audit_record in share mode");
            winner = Simultaneously.inBackground(first);
            database.awaitWaiting(1);
            loser = Simultaneously.inBackground(second);
            database.awaitWaiting(2);
            gate.letGo();
        }
        winner.join().then().statusCode(status);
        loser.join().then().statusCode(refused).body("code", is(code));
    }

    private void assertReachable(TestCustomer customer) {
        assertEquals(0, database.number("""
                select count(*) from subscription s where customer_id = ? and status = 'ACTIVE' and not exists (
                select from customer_relationship r where r.customer_id = s.customer_id and r.partner_id = s.partner_id)""", customer.id));
    }

    private static TestCustomer suspended() {
        return TestCustomer.readyToTransfer()
                .subscription("e3", Map.of("status", "suspended"))
                .load();
    }

    private static TestCustomer customerOf(PortalPartner partner) {
        return TestCustomer.unrelated()
                .related(Map.of("partner", partner.tenantId, "kind", "directReseller"))
                .agreedItself()
                .subscription("e3", Map.of("partner", partner.tenantId, "status", "suspended"))
                .load();
    }

    private static Response buy(RequestSpecification caller, TestCustomer customer) {
        return caller.contentType("application/json").body(ORDER).post(customer.path() + "/orders");
    }

    private static Response reactivate(RequestSpecification caller, TestCustomer customer) {
        return caller.contentType("application/json")
                .body("{\"status\":\"active\"}")
                .patch(customer.path() + "/subscriptions/" + customer.subscription("e3"));
    }

    private static Response accept(TestCustomer customer, String transfer) {
        return FABRIKAM.calls().post(customer.transfersPath() + "/" + transfer + "/accept");
    }

    private static Response leave(DemoPartner partner, TestCustomer customer) {
        return partner.calls("admin")
                .contentType("application/json")
                .body("{\"relationshipToPartner\":\"none\"}")
                .patch(customer.path());
    }

    private static Response leaveDirectBill(PortalPartner partner) {
        return partner.calls(GLOBAL).post("/portal/v1/programInfo/leaveDirectBill");
    }
}
