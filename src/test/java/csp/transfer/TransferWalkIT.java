package csp.transfer;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static csp.testsupport.DemoPartner.NORTHWIND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import csp.platform.database.EmbeddedDatabase;
import csp.testsupport.DemoPartner;
import csp.testsupport.PackagedService;
import csp.testsupport.PartnerClient;
import csp.testsupport.PartnerClient.Answer;
import csp.testsupport.Sql;
import csp.testsupport.TestCustomer;
import csp.testsupport.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.commons.io.FileUtils;

/**
 * A source and two providers, strangers to each other's transfers, do whatever comes to their minds with one
 * customer. After every step nothing is lost or doubled, and every answer is the one that the state of the transfer
 * asks for.
 */
class TransferWalkIT {

    private static final List<String> BASES = List.of("E1", "E3", "E5", "Visio", "Azure");
    private static final List<String> ALL =
            List.of("E1", "E3", "E5", "Visio", "Azure", "E3 Calling", "E3 Audio", "E5 Calling");

    private static Path directory;
    private static EmbeddedDatabase server;
    private static PackagedService service;
    private static Sql database;

    @BeforeContainer
    static void start() throws IOException, SQLException {
        directory = Files.createTempDirectory("walk");
        server = TestDatabase.start(directory.resolve("database"));
        service = PackagedService.start(
                directory.resolve("service"),
                TestDatabase.settingsFor(server, Map.of("csp.scenario", "demo", "csp.sandbox", "true")));
        database = new Sql(DriverManager.getConnection(server.jdbcUrl(), server.username(), server.password()));
        var secondProvider =
                Map.of("partnerships", List.of(Map.of("provider", NORTHWIND.tenantId, "reseller", CONTOSO.tenantId)));
        assertEquals(
                201,
                PartnerClient.operator(service.baseUrl())
                        .post("/sandbox/scenarios", secondProvider)
                        .status());
    }

    @AfterContainer
    static void stop() {
        if (database != null) {
            database.close();
        }
        if (service != null) {
            service.close();
        }
        server.close();
        FileUtils.deleteQuietly(directory.toFile());
    }

    enum Deed {
        CREATE,
        CREATE_AGAIN,
        ACCEPT,
        REJECT,
        WITHDRAW,
        MEDDLE,
        CHANGE_QUANTITY,
        SUSPEND_OR_REACTIVATE,
        COMPARE_ELIGIBILITY,
        REPEAT
    }

    /** What to do; the numbers choose among whatever there is at that moment. */
    record Step(Deed deed, int one, int another) {}

    @Property(seed = "20260131")
    void nothing_is_lost_or_doubled_whatever_the_partners_do(
            @ForAll @Size(30) List<@IntRange(max = 9_999) Integer> choices) {
        var walk = new Walk();
        for (var choice : choices) {
            walk.take(new Step(Deed.values()[choice % 10], choice / 10 % 32, choice / 320));
            walk.checkEverything();
        }
    }

    private static class Walk {

        private final TestCustomer customer = TestCustomer.readyToTransfer()
                .throughProvider(NORTHWIND, CONTOSO)
                .license("E1", 5)
                .license("E3", 10)
                .addon("E3 Calling", "E3", 4)
                .addon("E3 Audio", "E3", 2)
                .license("E5", 7)
                .addon("E5 Calling", "E5", 3)
                .license("Visio", 1)
                .azure("Azure");
        private final PartnerClient contoso = PartnerClient.of(CONTOSO, service.baseUrl());
        private final Map<DemoPartner, PartnerClient> providers = Map.of(
                FABRIKAM,
                PartnerClient.of(FABRIKAM, service.baseUrl()),
                NORTHWIND,
                PartnerClient.of(NORTHWIND, service.baseUrl()));
        private final Map<String, Known> transfers = new LinkedHashMap<>();
        private final List<Sent> sent = new ArrayList<>();
        private final List<String> story = new ArrayList<>();

        /** What the partners must believe of a transfer. */
        private record Known(DemoPartner target, String status) {}

        private record Sent(
                PartnerClient client, String method, String path, UUID requestId, Object body, Answer answer) {}

        Walk() {
            assertEquals(
                    201,
                    PartnerClient.operator(service.baseUrl())
                            .post("/sandbox/scenarios", customer.document())
                            .status());
        }

        void take(Step step) {
            story.add(step.toString());
            switch (step.deed) {
                case CREATE, CREATE_AGAIN -> create(step.one, step.another % 2 == 0 ? FABRIKAM : NORTHWIND);
                case ACCEPT -> end(step, "accept");
                case REJECT -> end(step, "reject");
                case WITHDRAW -> end(step, "withdraw");
                case MEDDLE -> meddle(step);
                case CHANGE_QUANTITY -> change(step.one, Map.of("quantity", step.another + 1));
                case SUSPEND_OR_REACTIVATE ->
                    change(step.one, Map.of("status", step.another % 3 == 0 ? "suspended" : "active"));
                case COMPARE_ELIGIBILITY -> compareEligibility(BASES.get(step.one % BASES.size()));
                case REPEAT -> repeat(step.one);
            }
        }

        private void create(int choice, DemoPartner target) {
            var lines = IntStream.range(0, BASES.size())
                    .filter(bit -> (choice >> bit & 1) == 1)
                    .mapToObj(BASES::get)
                    .toList();
            if (!lines.isEmpty()) {
                var answer = send(contoso, "POST", customer.transfersPath(), request(target, lines));
                if (answer.status() == 201) {
                    transfers.put(answer.json().path("id").asText(), new Known(target, "Active"));
                } else {
                    assertTrue(
                            answer.outcome().equals("400 800078")
                                    || answer.outcome().equals("409 900101"),
                            () -> tell(answer));
                }
            }
        }

        private void end(Step step, String how) {
            if (transfers.isEmpty()) {
                return;
            }
            var id = List.copyOf(transfers.keySet()).get(step.one % transfers.size());
            var transfer = transfers.get(id);
            var answer = perform(how, id, how.equals("withdraw") ? contoso : providers.get(transfer.target));
            switch (transfer.status) {
                case "Active" -> transfers.put(id, new Known(transfer.target, statusAfter(how, answer)));
                case "Withdrawn" -> expect("404 900100", answer);
                default -> expect("400 900102", answer);
            }
        }

        private String statusAfter(String how, Answer answer) {
            return switch (how) {
                case "accept" -> {
                    expect("200", answer);
                    yield answer.json().path("transferErrors").isEmpty() ? "Complete" : "PartiallyComplete";
                }
                case "reject" -> {
                    expect("200", answer);
                    yield "Reject";
                }
                default -> {
                    expect("204", answer);
                    yield "Withdrawn";
                }
            };
        }

        /** Somebody else than the right party tries: the other provider does not even see the transfer. */
        private void meddle(Step step) {
            if (transfers.isEmpty()) {
                return;
            }
            var id = List.copyOf(transfers.keySet()).get(step.one % transfers.size());
            var transfer = transfers.get(id);
            var stranger = providers.get(transfer.target == FABRIKAM ? NORTHWIND : FABRIKAM);
            var how = List.of("accept", "reject", "withdraw").get(step.another % 3);
            expect("404 900100", perform(how, id, stranger));
            var wrongParty = how.equals("withdraw") ? providers.get(transfer.target) : contoso;
            expect(transfer.status.equals("Withdrawn") ? "404 900100" : "403 900150", perform(how, id, wrongParty));
        }

        private Answer perform(String how, String id, PartnerClient by) {
            var path = customer.transfersPath() + "/" + id;
            return switch (how) {
                case "accept" -> send(by, "POST", path + "/accept", null);
                case "reject" -> send(by, "PATCH", path, Map.of("id", id, "status", "reject"));
                default -> send(by, "DELETE", path, null);
            };
        }

        private void change(int choice, Map<String, Object> properties) {
            var name = ALL.get(choice % ALL.size());
            var answer = send(
                    contoso, "PATCH", customer.path() + "/subscriptions/" + customer.subscription(name), properties);
            // Whether a subscription takes the change is another test's business; here it must not upset the transfers.
            assertTrue(answer.status() < 500, () -> tell(answer));
        }

        /** What eligibility says of a subscription is what happens when one tries. */
        private void compareEligibility(String name) {
            var entries = contoso.get(customer.eligibilityPath()).json();
            var entry = StreamSupport.stream(entries.spliterator(), false)
                    .filter(each -> each.path("id").asText().equals(customer.upper(name)))
                    .findFirst();
            var created = send(contoso, "POST", customer.transfersPath(), request(FABRIKAM, List.of(name)));
            assertEquals(
                    entry.isPresent() && entry.get().path("isEligible").asBoolean(),
                    created.succeeded(),
                    () -> entry + "\n" + tell(created));
            if (created.succeeded()) {
                transfers.put(created.json().path("id").asText(), new Known(FABRIKAM, "Active"));
            }
        }

        private void repeat(int choice) {
            var repeatable = sent.stream()
                    .filter(each -> !each.method.equals("DELETE") && each.answer.succeeded())
                    .toList();
            if (!repeatable.isEmpty()) {
                var first = repeatable.get(choice % repeatable.size());
                assertEquals(
                        first.answer,
                        first.client.send(first.method, first.path, first.requestId, first.body),
                        () -> tell(first.answer));
            }
        }

        void checkEverything() {
            for (var provider : providers.keySet()) {
                checkList(providers.get(provider), provider);
            }
            checkList(contoso, null);
            check(
                    "every subscription is held once, where it was or where it went",
                    ALL.size(),
                    "select count(*) from subscription where customer_id = ? and not moved_away",
                    customer.id);
            check("every moved subscription has one successor", 0, """
                    select count(*) from subscription old where customer_id = ? and moved_away <> exists
                    (select from subscription new where new.moved_from = old.id)""", customer.id);
            check("an add-on is with its base", 0, """
                            select count(*) from subscription addon join subscription base on base.id = addon.parent_subscription_id
                            where addon.customer_id = ? and (addon.partner_id <> base.partner_id or addon.moved_away <> base.moved_away)""", customer.id);
            check("the target has the quantity of the snapshot", 0, MEMBERS + """
                            select count(*) from member join subscription on moved_from = (item ->> 'subscriptionId')::uuid
                            where item ->> 'status' = 'Complete' and (quantity <> (item ->> 'quantity')::int or order_id <> item ->> 'orderId')""", customer.id);
            check("one order per completed line", 0, """
                            select (select count(*) from customer_order where transfer_id is not null and customer_id = ?) - (select count(*) from transfer, jsonb_array_elements(line_items) line
                                where customer_tenant_id = ? and line ->> 'status' = 'Complete')""", customer.id, customer.id);
            check("open transfers, and no others, hold what they name", 0, MEMBERS + """
                            select count(*) from (select id, (item ->> 'subscriptionId')::uuid as held from member where status = 'ACTIVE') named
                            full join (select transfer_id, subscription_id from transfer_claim join subscription on id = subscription_id
                                where customer_id = (select customer_tenant_id from member limit 1)) claimed
                            on transfer_id = id and subscription_id = held where id is null or transfer_id is null""", customer.id);
        }

        /** Every line and add-on of the customer's transfers. */
        private static final String MEMBERS = """
                with member as (select transfer.id, transfer.status, customer_tenant_id, item from transfer, jsonb_array_elements(line_items) line,
                    lateral (select line as item union all select jsonb_array_elements(line -> 'addonItems')) items
                    where customer_tenant_id = ?)
                """;

        /** @param target whose transfers are to be seen; null for all, as the source sees them */
        private void checkList(PartnerClient viewer, DemoPartner target) {
            var expected = new LinkedHashMap<String, String>();
            transfers.forEach((id, transfer) -> {
                if (!transfer.status.equals("Withdrawn") && (target == null || transfer.target == target)) {
                    expected.put(id, transfer.status);
                }
            });
            var seen = new LinkedHashMap<String, String>();
            for (JsonNode transfer : viewer.get(customer.transfersPath()).json()) {
                seen.put(transfer.path("id").asText(), transfer.path("status").asText());
            }
            assertEquals(expected, seen, this::tell);
        }

        private void check(String rule, long expected, String query, Object... arguments) {
            assertEquals(expected, database.number(query, arguments), () -> "Broken: " + rule + "\n" + tell());
        }

        private void expect(String outcome, Answer answer) {
            assertEquals(outcome, answer.status() == 204 ? "204" : answer.outcome(), () -> tell(answer));
        }

        private Answer send(PartnerClient client, String method, String path, Object body) {
            var requestId = UUID.randomUUID();
            var answer = client.send(method, path, requestId, body);
            sent.add(new Sent(client, method, path, requestId, body, answer));
            story.add("    " + method + " " + path + " " + body + " -> " + answer.status());
            return answer;
        }

        private Map<String, Object> request(DemoPartner target, List<String> lines) {
            var request = new LinkedHashMap<>(customer.transferRequest(lines.toArray(String[]::new)));
            request.put("targetPartnerTenantId", target.tenantId);
            return request;
        }

        private String tell(Answer answer) {
            return answer + "\n" + tell();
        }

        private String tell() {
            return String.join("\n", story);
        }
    }
}
