package csp.transfer.newcommerce;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static csp.testsupport.NewCommerceWorld.acceptance;
import static csp.testsupport.NewCommerceWorld.customerWith;
import static csp.testsupport.NewCommerceWorld.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.testsupport.CountingProxy;
import csp.testsupport.DemoPartner;
import csp.testsupport.MeasuredDatabase;
import csp.testsupport.PartnerClient;
import csp.testsupport.Sql;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * How often the acceptance and the completion of a new-commerce transfer wait for the database, commits included. The jobs look at the
 * database after a commit, so the least of a few tries counts.
 */
@QuarkusTest
@WithTestResource(MeasuredDatabase.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class NewCommerceStatementCountTest {

    private static final int TRIES = 3;
    private static final long ACCEPTANCE = 24;
    private static final long COMPLETION = 16;

    @Inject
    AgroalDataSource dataSource;

    @Inject
    NewCommerceCompletion completion;

    CountingProxy proxy;

    @Test
    void accepting_25_lines_takes_as_many_round_trips_as_one() {
        var source = PartnerClient.of(CONTOSO, DemoPartner.serviceUnderTest());
        var target = PartnerClient.of(FABRIKAM, DemoPartner.serviceUnderTest());
        assertTheSame(ACCEPTANCE, lines -> () -> {
            var customer = customerWith(names(lines)).load();
            var created = target.post(customer.transfersPath(), request());
            assertEquals(201, created.status(), created.body());
            var path =
                    customer.transfersPath() + "/" + created.json().path("id").asText();
            var body = acceptance(customer, names(lines));
            return roundTrips(() -> assertTrue(source.patch(path, body).succeeded()));
        });
    }

    @Test
    void completing_25_lines_takes_as_many_round_trips_as_one() {
        assertTheSame(COMPLETION, lines -> () -> {
            var id = UUID.randomUUID();
            customerWith(names(lines))
                    .newCommerceTransfer(id, "InProgress", names(lines))
                    .load();
            try (var sql = Sql.on(dataSource)) {
                sql.update("update transfer set last_modified_time = '2026-01-01' where id = ?", id);
            }
            return roundTrips(() -> assertTrue(completion.run(id.toString()).isEmpty()));
        });
    }

    private interface Measurement {
        LongSupplier of(int lines);
    }

    private static void assertTheSame(long most, Measurement measurement) {
        var one = least(measurement.of(1));
        var many = least(measurement.of(25));
        assertEquals(one, many);
        assertTrue(one <= most, "Round trips: " + one);
    }

    private static long least(LongSupplier measurement) {
        return LongStream.generate(measurement).limit(TRIES).min().orElseThrow();
    }

    private long roundTrips(Runnable work) {
        var before = proxy.roundTrips();
        work.run();
        return proxy.roundTrips() - before;
    }

    private static String[] names(int count) {
        return IntStream.range(0, count).mapToObj(n -> "licence " + n).toArray(String[]::new);
    }
}
