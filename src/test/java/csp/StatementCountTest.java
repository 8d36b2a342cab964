package csp;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

import csp.testsupport.CountingProxy;
import csp.testsupport.DemoPartner;
import csp.testsupport.MeasuredDatabase;
import csp.testsupport.PartnerClient;
import csp.testsupport.PartnerClient.Answer;
import csp.testsupport.TestCustomer;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** How often each operation waits for the database, commits included: a number that does not grow with the data. */
@QuarkusTest
@WithTestResource(MeasuredDatabase.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class StatementCountTest {

    CountingProxy proxy;

    private PartnerClient contoso;
    private PartnerClient fabrikam;

    @BeforeEach
    void signIn() {
        contoso = PartnerClient.of(CONTOSO, DemoPartner.serviceUnderTest());
        fabrikam = PartnerClient.of(FABRIKAM, DemoPartner.serviceUnderTest());
    }

    @Test
    void reading_a_transfer_is_one_round_trip() {
        var customer = customerWith(1, 0);
        var path = open(customer, 1);
        assertEquals(1, roundTrips(() -> fabrikam.get(path)));
    }

    @Test
    void listing_a_thousand_transfers_is_one_round_trip_as_for_one() {
        var one = TestCustomer.readyToTransfer().license("licence", 1)
                .transfer(UUID.randomUUID(), "Reject", Map.of(), "licence").load();
        var thousand = TestCustomer.readyToTransfer().license("licence", 1);
        IntStream.range(0, 1000).forEach(n -> thousand.transfer(UUID.randomUUID(), "Reject", Map.of(), "licence"));
        thousand.load();
        assertEquals(1, roundTrips(() -> contoso.get(one.transfersPath())));
        assertEquals(1, roundTrips(() -> contoso.get(thousand.transfersPath())));
    }

    @Test
    void creating_a_transfer_of_500_lines_takes_as_many_as_of_one() {
        var one = customerWith(1, 0);
        var many = customerWith(500, 0);
        assertEquals(13, roundTrips(() -> contoso.post(one.transfersPath(), request(one, 1))));
        assertEquals(13, roundTrips(() -> contoso.post(many.transfersPath(), request(many, 500))));
    }

    @Test
    void accepting_50_lines_with_100_add_ons_takes_as_many_as_5_lines_but_for_two_more_batches() {
        var five = customerWith(5, 2);
        var fifty = customerWith(50, 2);
        var pathOfFive = open(five, 5);
        var pathOfFifty = open(fifty, 50);
        assertEquals(14, roundTrips(() -> fabrikam.post(pathOfFive + "/accept", null)));
        assertEquals(16, roundTrips(() -> fabrikam.post(pathOfFifty + "/accept", null)));
    }

    @Test
    void rejecting_withdrawing_and_repeating_have_their_fixed_numbers() {
        var customer = customerWith(20, 2);
        var rejected = open(customer, 20);
        assertEquals(8, roundTrips(() -> fabrikam.patch(rejected, Map.of("status", "reject"))));
        var withdrawn = open(customer, 20);
        assertEquals(6, roundTrips(() -> contoso.delete(withdrawn)));
        var requestId = UUID.randomUUID();
        Supplier<Answer> create = () -> contoso.send("POST", customer.transfersPath(), requestId, request(customer, 20));
        create.get();
        assertEquals(3, roundTrips(create));
    }

    @Test
    void eligibility_of_500_subscriptions_takes_as_many_as_of_one() {
        var one = customerWith(1, 0);
        var many = customerWith(500, 0);
        assertEquals(5, roundTrips(() -> contoso.get(one.eligibilityPath())));
        assertEquals(5, roundTrips(() -> contoso.get(many.eligibilityPath())));
    }

    @Test
    void the_lists_of_the_storefront_have_their_fixed_numbers() {
        var one = customerWith(1, 0);
        var many = customerWith(200, 0);
        assertEquals(2, roundTrips(() -> contoso.get("/v1/customers")));
        assertEquals(2, roundTrips(() -> contoso.get("/v1/customers?size=1")));
        assertEquals(1, roundTrips(() -> contoso.get(many.path())));
        for (var customer : new TestCustomer[] { one, many }) {
            assertEquals(2, roundTrips(() -> contoso.get(customer.path() + "/subscriptions")));
            assertEquals(2, roundTrips(() -> contoso.get(customer.path() + "/orders")));
        }
    }

    private long roundTrips(Supplier<Answer> call) {
        var before = proxy.roundTrips();
        var answer = call.get();
        var after = proxy.roundTrips();
        assertTrue(answer.succeeded(), answer::body);
        return after - before;
    }

    private String open(TestCustomer customer, int lines) {
        var created = contoso.post(customer.transfersPath(), request(customer, lines));
        assertTrue(created.succeeded(), created::body);
        return customer.transfersPath() + "/" + created.json().path("id").asText();
    }

    private static Map<String, Object> request(TestCustomer customer, int lines) {
        return customer.transferRequest(IntStream.range(0, lines).mapToObj(StatementCountTest::line).toArray(String[]::new));
    }

    private static TestCustomer customerWith(int bases, int addons) {
        var customer = TestCustomer.readyToTransfer();
        for (var base = 0; base < bases; base++) {
            customer.license(line(base), 5);
            for (var addon = 0; addon < addons; addon++) {
                customer.addon(line(base) + " add-on " + addon, line(base), 2);
            }
        }
        return customer.load();
    }

    private static String line(int number) {
        return "licence " + number;
    }
}
