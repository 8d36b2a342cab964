package csp.transfer;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.NORTHWIND;
import static org.junit.jupiter.api.Assertions.assertEquals;

import csp.testsupport.PartnerClient;
import csp.testsupport.Sql;
import csp.testsupport.TwoCopies;
import csp.transfer.TransferWalk.Deed;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * A source and two providers, strangers to each other's transfers, do whatever comes to their minds with one customer, in both flavours
 * and through two copies of the service, of which one is killed in the middle of things, while days pass and receivers of notifications
 * refuse them. After every step nothing is lost or doubled, and every answer is the one that the state of the transfer asks for; at
 * the end everybody was told everything.
 */
class TransferWalkIT {

    private static final int STEPS = 30;

    /** As often as it stands here. */
    private static final List<Deed> DEEDS = Stream.of(Deed.values())
            .flatMap(deed -> IntStream.range(0, weight(deed)).mapToObj(ignored -> deed))
            .toList();

    private static TwoCopies copies;
    private static EventReceiver receiver;
    private static Sql database;

    private static int weight(Deed deed) {
        return switch (deed) {
            case KILL, REFUSE_NOTIFICATIONS, TAKE_NOTIFICATIONS, PURCHASE -> 1;
            case CREATE, AGREE -> 5;
            case PASS_TIME -> 4;
            case ACCEPT, ASK, ASK_BOTH -> 3;
            default -> 2;
        };
    }

    @BeforeContainer
    static void start() {
        receiver = new EventReceiver();
        copies = TwoCopies.start(Map.of(
                "csp.scenario",
                "demo",
                "csp.sandbox",
                "true",
                "csp.transfer.completion-delay",
                "PT1H",
                "csp.webhooks.legacy-transfers",
                "true",
                // What a killed copy had begun is soon for the other one.
                "csp.webhooks.answer-timeout",
                "2s",
                "csp.jobs.heartbeat",
                "1s"));
        database = copies.connect();
        var secondProvider =
                Map.of("partnerships", List.of(Map.of("provider", NORTHWIND.tenantId, "reseller", CONTOSO.tenantId)));
        assertEquals(
                201,
                PartnerClient.operator(copies.steady())
                        .post("/sandbox/scenarios", secondProvider)
                        .status());
    }

    @AfterContainer
    static void stop() {
        if (database != null) {
            database.close();
        }
        if (copies != null) {
            copies.close();
        }
        receiver.close();
    }

    /** Evenly spread: the numbers that are tried first otherwise would all mean the same deed. */
    @Provide
    Arbitrary<List<Integer>> choices() {
        return Arbitraries.integers()
                .between(0, 99_999)
                .withDistribution(RandomDistribution.uniform())
                .withoutEdgeCases()
                .list()
                .ofSize(STEPS);
    }

    @Property(seed = "20260131")
    void nothing_is_lost_or_doubled_whatever_the_partners_do(@ForAll("choices") List<Integer> choices) {
        var walk = new TransferWalk(copies, receiver, database, choices.get(0));
        for (var choice : choices) {
            walk.take(DEEDS.get(choice % DEEDS.size()), choice / DEEDS.size());
            walk.checkEverything();
        }
        walk.checkAtTheEnd();
    }
}
