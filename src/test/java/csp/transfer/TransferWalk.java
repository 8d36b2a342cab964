package csp.transfer;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static csp.testsupport.DemoPartner.NORTHWIND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import csp.testsupport.DemoPartner;
import csp.testsupport.NewCommerceWorld;
import csp.testsupport.PartnerClient;
import csp.testsupport.PartnerClient.Answer;
import csp.testsupport.Simultaneously;
import csp.testsupport.Sql;
import csp.testsupport.TestCustomer;
import csp.testsupport.TransferInvariants;
import csp.testsupport.TwoCopies;
import csp.transfer.EventReceiver.Told;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One walk with a customer of its own: what is done, what the partners must believe afterwards, and what must hold whatever is done. */
final class TransferWalk {

    private static final List<DemoPartner> PARTNERS = List.of(CONTOSO, FABRIKAM, NORTHWIND);
    private static final List<String> EVENTS =
            List.of("create-transfer", "update-transfer", "complete-transfer", "fail-transfer", "expire-transfer");
    private static final List<String> NEW_COMMERCE = List.of("N1", "N2", "N3", "SaaS", "Azure");
    private static final Map<String, List<String>> ADDONS =
            Map.of("E3", List.of("E3 Calling", "E3 Audio"), "E5", List.of("E5 Calling"), "N1", List.of("N1 Calling"));
    private static final String E3_OFFER = "796B6B5F-613C-4E24-A17C-EBA730D49C02";
    private static final List<Duration> JUMPS = List.of(
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            Duration.ofHours(23),
            Duration.ofDays(3),
            Duration.ofDays(29),
            Duration.ofDays(31));
    /** The list of audit records goes back 90 days. */
    private static final Duration LONGEST = Duration.ofDays(75);

    private static final Duration TO_COMPLETE = Duration.ofHours(1);
    private static final int STEPS_OF_A_REFUSING_RECEIVER = 3;
    private static final int MOST_DAYS_OF_DELIVERY = 30;

    private final TwoCopies copies;
    private final EventReceiver receiver;
    private final Sql database;
    private final Random chance;
    private final TestCustomer customer = TestCustomer.readyToTransfer()
            .throughProvider(NORTHWIND, CONTOSO)
            .license("E1", 5)
            .license("E3", 10)
            .addon("E3 Calling", "E3", 4)
            .addon("E3 Audio", "E3", 2)
            .license("E5", 7)
            .addon("E5 Calling", "E5", 3)
            .license("Visio", 1)
            .azure("Azure")
            .subscription("Plan", Map.of("partner", FABRIKAM.tenantId, "product", "azurePlan", "offerId", "P:1:2"))
            .subscription("SaaS", Map.of("product", "marketplaceSaas", "offerId", "S:1:2", "quantity", 6));
    private final Map<String, UUID> ids = new LinkedHashMap<>();
    private final List<String> legacy = new ArrayList<>(List.of("E1", "E3", "E5", "Visio", "Azure"));
    private final Map<String, Integer> quantities = new HashMap<>();
    private final Map<String, DemoPartner> movedTo = new HashMap<>();
    private final Map<String, Known> transfers = new LinkedHashMap<>();
    private final List<Sent> sent = new ArrayList<>();
    private final List<String> story = new ArrayList<>();
    private Map<String, JsonNode> ofContoso = Map.of();
    private Instant now;
    private final Instant began;
    private int refusing;
    private boolean killed;
    private boolean someTimedOut;

    enum Deed {
        CREATE,
        ACCEPT,
        REJECT,
        WITHDRAW,
        ASK,
        ASK_BOTH,
        CANCEL,
        TURN_DOWN,
        AGREE,
        MEDDLE,
        CHANGE_QUANTITY,
        SUSPEND_OR_REACTIVATE,
        COMPARE_ELIGIBILITY,
        PURCHASE,
        REPEAT,
        PASS_TIME,
        REFUSE_NOTIFICATIONS,
        TAKE_NOTIFICATIONS,
        KILL
    }

    /** What the partners must believe of a transfer. */
    private static final class Known {
        private final boolean isLegacy;
        private final DemoPartner target;
        private final List<String> names;
        private final Map<String, Integer> snapshot;
        private final Instant deadline;
        private final List<String> recorded = new ArrayList<>();
        private final List<String> announced = new ArrayList<>();
        private List<String> wanted = List.of();
        private String status;
        private Instant completion;

        Known(
                boolean isLegacy,
                DemoPartner target,
                List<String> names,
                Map<String, Integer> snapshot,
                Instant deadline) {
            this.isLegacy = isLegacy;
            this.target = target;
            this.names = new ArrayList<>(names);
            this.snapshot = snapshot;
            this.deadline = deadline;
            status = isLegacy ? "Active" : "Pending";
            happened(isLegacy ? "create_transfer" : "createtransfer", "create-transfer");
        }

        void becomes(String other, String record, String event) {
            status = other;
            happened(record, event);
        }

        private void happened(String record, String event) {
            recorded.add(record);
            announced.add(event);
        }

        boolean isOpen() {
            return status.equals("Active") || status.equals("InProgress");
        }
    }

    private record Sent(DemoPartner by, String method, String path, UUID requestId, Object body, Answer answer) {}

    TransferWalk(TwoCopies copies, EventReceiver receiver, Sql database, long seed) {
        this.copies = copies;
        this.receiver = receiver;
        this.database = database;
        chance = new Random(seed);
        for (var name : List.of("N1", "N2", "N3")) {
            NewCommerceWorld.licence(customer, name, Map.of("quantity", 8));
        }
        NewCommerceWorld.licence(
                customer, "N1 Calling", Map.of("parentSubscriptionId", customer.subscription("N1"), "quantity", 3));
        Map.of("E1", 5, "E3", 10, "E3 Calling", 4, "E3 Audio", 2, "E5", 7, "E5 Calling", 3, "Visio", 1)
                .forEach(quantities::put);
        Map.of("Azure", 1, "Plan", 1, "SaaS", 6, "N1", 8, "N2", 8, "N3", 8, "N1 Calling", 3)
                .forEach(quantities::put);
        quantities.keySet().forEach(name -> ids.put(name, customer.subscription(name)));
        var operator = PartnerClient.operator(copies.steady());
        succeed(operator.post("/sandbox/scenarios", customer.document()));
        PARTNERS.forEach(this::register);
        // At no moment of the walk but by a jump does the clock come to a midnight, where requests expire.
        var tomorrow = OffsetDateTime.parse(
                        operator.get("/sandbox/clock").json().path("now").asText())
                .withOffsetSameInstant(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.DAYS)
                .plusDays(1)
                .plusHours(9)
                .plusMinutes(5);
        now = timeOf(send(operator, "PUT", "/sandbox/clock", Map.of("now", tomorrow.toString())));
        began = now;
    }

    private void register(DemoPartner partner) {
        var client = PartnerClient.of(partner, copies.steady());
        var body = Map.of("WebhookUrl", receiver.url(pathOf(partner)), "WebhookEvents", EVENTS);
        var first = client.post("/webhooks/v1/registration", body);
        if (!first.succeeded()) {
            succeed(send(client, "PUT", "/webhooks/v1/registration", body));
        }
    }

    private String pathOf(DemoPartner partner) {
        return "/" + customer.id + "/" + partner.name();
    }

    void take(Deed deed, int choice) {
        story.add(deed + " " + choice);
        switch (deed) {
            case CREATE -> create(choice);
            case ACCEPT -> endLegacy(choice, "accept");
            case REJECT -> endLegacy(choice, "reject");
            case WITHDRAW -> endLegacy(choice, "withdraw");
            case ASK -> ask(choice, choice % 2 == 0 ? FABRIKAM : NORTHWIND);
            case ASK_BOTH -> List.of(FABRIKAM, NORTHWIND).forEach(target -> ask(choice, target));
            case CANCEL -> cancel(choice);
            case TURN_DOWN -> turnDown(choice);
            case AGREE -> agree(choice);
            case MEDDLE -> meddle(choice);
            case CHANGE_QUANTITY -> change(choice, "quantity", choice / 20 + 1);
            case SUSPEND_OR_REACTIVATE -> change(choice, "status", choice % 3 == 0 ? "suspended" : "active");
            case COMPARE_ELIGIBILITY -> compareEligibility(legacy.get(choice % legacy.size()));
            case PURCHASE -> purchase(choice);
            case REPEAT -> repeat(choice);
            case PASS_TIME -> passTime(choice);
            case REFUSE_NOTIFICATIONS -> refuse(choice);
            case TAKE_NOTIFICATIONS -> takeNotifications();
            case KILL -> kill(choice);
        }
        if (refusing > 0 && --refusing == 0) {
            takeNotifications();
        }
    }

    // What the partners do with legacy transfers

    private void create(int choice) {
        var lines = subset(legacy, choice);
        if (!lines.isEmpty()) {
            createWith(lines, choice % 7 < 4 ? FABRIKAM : NORTHWIND);
        }
    }

    private Answer createWith(List<String> lines, DemoPartner target) {
        var answer = send(CONTOSO, "POST", customer.transfersPath(), legacyRequest(target, lines));
        if (answer.status() == 201) {
            var names = withAddons(lines);
            transfers.put(
                    answer.json().path("id").asText(), new Known(true, target, names, new HashMap<>(quantities), null));
        } else {
            assertTrue(Set.of("400 800078", "409 900101").contains(answer.outcome()), () -> tell(answer));
        }
        return answer;
    }

    private Map<String, Object> legacyRequest(DemoPartner target, List<String> names) {
        var lines = names.stream()
                .map(name -> Map.of("subscriptionId", ids.get(name), "partnerIdOnRecord", CONTOSO.mpnId))
                .toList();
        return Map.of(
                "sourcePartnerTenantId",
                CONTOSO.tenantId,
                "targetPartnerTenantId",
                target.tenantId,
                "lineItems",
                lines);
    }

    private void endLegacy(int choice, String how) {
        choose(true, choice).ifPresent(id -> {
            var transfer = transfers.get(id);
            var by = how.equals("withdraw") ? CONTOSO : transfer.target;
            ended(id, how, performLegacy(how, id, by));
        });
    }

    private Answer performLegacy(String how, String id, DemoPartner by) {
        var path = path(id);
        return switch (how) {
            case "accept" -> send(by, "POST", path + "/accept", null);
            case "reject" -> send(by, "PATCH", path, Map.of("id", id, "status", "reject"));
            default -> send(by, "DELETE", path, null);
        };
    }

    private void ended(String id, String how, Answer answer) {
        var transfer = transfers.get(id);
        switch (transfer.status) {
            case "Active" -> {
                expect(how.equals("withdraw") ? "204" : "200", answer);
                switch (how) {
                    case "accept" -> accepted(transfer, answer);
                    case "reject" -> transfer.becomes("Reject", "reject_transfer", "update-transfer");
                    default -> transfer.becomes("Withdrawn", "withdraw_transfer", "update-transfer");
                }
            }
            case "Withdrawn" -> expect("404 900100", answer);
            default -> expect("400 900102", answer);
        }
    }

    private void accepted(Known transfer, Answer answer) {
        var status = answer.json().path("transferErrors").isEmpty() ? "Complete" : "PartiallyComplete";
        transfer.becomes(status, "accept_transfer", "complete-transfer");
        var there = subscriptionsOf(transfer.target).keySet();
        transfer.names.stream().filter(there::contains).forEach(name -> {
            movedTo.put(name, transfer.target);
            quantities.put(name, transfer.snapshot.get(name));
        });
    }

    /** What eligibility says of a subscription is what happens when one tries. */
    private void compareEligibility(String name) {
        var entries = client(CONTOSO).get(customer.eligibilityPath()).json();
        var entry = StreamSupport.stream(entries.spliterator(), false)
                .filter(each ->
                        each.path("id").asText().equalsIgnoreCase(ids.get(name).toString()))
                .findFirst();
        var created = createWith(List.of(name), FABRIKAM);
        assertEquals(
                entry.isPresent() && entry.get().path("isEligible").asBoolean(),
                created.succeeded(),
                () -> entry + "\n" + tell(created));
    }

    // What they do with new-commerce transfers

    private void ask(int choice, DemoPartner target) {
        var body = new LinkedHashMap<>(NewCommerceWorld.request());
        var wanted = choice % 5 == 0 ? List.of("OnlineServicesNCE", "SaaS") : List.<String>of();
        if (!wanted.isEmpty()) {
            body.put("targetProductTypes", wanted);
        }
        var answer = send(target, "POST", customer.transfersPath(), body);
        expect("201", answer);
        var deadline = Instant.parse(answer.json().path("expirationTime").asText());
        assertEquals(now.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(31)), deadline, () -> tell(answer));
        var transfer = new Known(false, target, List.of(), Map.of(), deadline);
        transfer.wanted = wanted;
        transfers.put(answer.json().path("id").asText(), transfer);
    }

    private void cancel(int choice) {
        choose(false, choice).ifPresent(id -> {
            var byDelete = choice % 2 == 0;
            var target = transfers.get(id).target;
            var answer = byDelete
                    ? send(target, "DELETE", path(id), null)
                    : send(target, "PATCH", path(id), Map.of("id", id, "status", "Cancel"));
            closed(id, answer, byDelete ? "204" : "200", "Cancel");
        });
    }

    private void turnDown(int choice) {
        choose(false, choice).ifPresent(id -> {
            var answer = choice % 2 == 0
                    ? send(CONTOSO, "POST", path(id) + "/reject", null)
                    : send(CONTOSO, "PATCH", path(id), Map.of("status", "Reject"));
            closed(id, answer, "200", "Reject");
        });
    }

    private void closed(String id, Answer answer, String success, String status) {
        var transfer = transfers.get(id);
        if (transfer.status.equals("Pending")) {
            expect(success, answer);
            transfer.becomes(status, "updatetransfer", "update-transfer");
        } else {
            expect("400 900102", answer);
        }
    }

    private void agree(int choice) {
        var lines = subset(NEW_COMMERCE, choice);
        if (!lines.isEmpty()) {
            choose(false, choice)
                    .ifPresent(id -> agreed(id, lines, send(CONTOSO, "PATCH", path(id), agreement(lines))));
        }
    }

    private Map<String, Object> agreement(List<String> names) {
        return NewCommerceWorld.acceptance(names.stream()
                .map(name -> NewCommerceWorld.line(ids.get(name), typeOf(name)))
                .toList());
    }

    private static String typeOf(String name) {
        return name.equals("Azure") ? "AzureSubscription" : name.equals("SaaS") ? "SaaS" : "OnlineServicesNCE";
    }

    private void agreed(String id, List<String> lines, Answer answer) {
        var transfer = transfers.get(id);
        expect(outcomeOfAgreement(transfer, lines), answer);
        if (answer.succeeded()) {
            transfer.becomes("InProgress", "updatetransfer", "update-transfer");
            transfer.names.addAll(withAddons(lines));
            transfer.completion = now.plus(TO_COMPLETE);
        }
    }

    /** As D21 says, in the order of the checks. */
    private String outcomeOfAgreement(Known transfer, List<String> lines) {
        if (!transfer.status.equals("Pending")) {
            return "400 900102";
        }
        var all = withAddons(lines);
        if (all.stream().anyMatch(name -> !isActive(name))
                || !transfer.wanted.isEmpty()
                        && lines.stream().anyMatch(name -> !transfer.wanted.contains(typeOf(name)))) {
            return "400 800078";
        }
        if (all.stream().anyMatch(this::isHeld)) {
            return "409 900101";
        }
        return lines.contains("Azure") && transfer.target == NORTHWIND ? "400 900131" : "200";
    }

    private boolean isActive(String name) {
        var entry = ofContoso.get(name);
        return !movedTo.containsKey(name)
                && entry != null
                && entry.path("status").asText().equals("active");
    }

    private boolean isHeld(String name) {
        return transfers.values().stream().anyMatch(each -> each.isOpen() && each.names.contains(name));
    }

    // What they do besides

    /** Somebody else than the right party tries: the other provider does not even see the transfer. */
    private void meddle(int choice) {
        choose(choice % 2 == 0, choice / 2).ifPresent(id -> {
            var transfer = transfers.get(id);
            var stranger = transfer.target == FABRIKAM ? NORTHWIND : FABRIKAM;
            var how = List.of("accept", "reject", "withdraw").get(choice % 3);
            var withdrawn = transfer.status.equals("Withdrawn");
            if (transfer.isLegacy) {
                expect("404 900100", performLegacy(how, id, stranger));
                var wrongParty = how.equals("withdraw") ? transfer.target : CONTOSO;
                expect(withdrawn ? "404 900100" : "403 900150", performLegacy(how, id, wrongParty));
            } else {
                expect("404 900100", send(stranger, "DELETE", path(id), null));
                expect("403 900150", send(CONTOSO, "DELETE", path(id), null));
                expect("403 900150", send(transfer.target, "PATCH", path(id), agreement(List.of("N2"))));
            }
        });
    }

    private void change(int choice, String property, Object value) {
        var name = List.copyOf(ids.keySet()).get(choice % ids.size());
        if (name.equals("Plan")) {
            return;
        }
        var answer =
                send(CONTOSO, "PATCH", customer.path() + "/subscriptions/" + ids.get(name), Map.of(property, value));
        // Whether a subscription takes the change is another test's business; here it must not upset the transfers.
        assertTrue(answer.status() < 500, () -> tell(answer));
        var isBeingMoved = transfers.values().stream()
                .anyMatch(each -> each.status.equals("InProgress") && each.names.contains(name));
        assertFalse(isBeingMoved && answer.succeeded(), () -> "Broken: W71\n" + tell(answer));
        if (answer.succeeded() && property.equals("quantity") && !movedTo.containsKey(name)) {
            quantities.put(name, (Integer) value);
        }
    }

    private void purchase(int choice) {
        var name = "Bought " + ids.size();
        var line = Map.of("offerId", E3_OFFER, "quantity", choice % 50 + 1, "friendlyName", name);
        var answer = send(CONTOSO, "POST", customer.path() + "/orders", Map.of("lineItems", List.of(line)));
        expect("201", answer);
        ids.put(
                name,
                UUID.fromString(answer.json()
                        .path("lineItems")
                        .get(0)
                        .path("subscriptionId")
                        .asText()));
        legacy.add(name);
        quantities.put(name, choice % 50 + 1);
    }

    private void repeat(int choice) {
        var repeatable = sent.stream()
                .filter(each -> !each.method.equals("DELETE") && each.answer.succeeded())
                .toList();
        if (!repeatable.isEmpty()) {
            var first = repeatable.get(choice % repeatable.size());
            assertEquals(
                    first.answer,
                    client(first.by).send(first.method, first.path, first.requestId, first.body),
                    () -> tell(first.answer));
        }
    }

    private void passTime(int choice) {
        var jump = JUMPS.get(choice % JUMPS.size());
        var tooFar = Duration.between(began, now.plus(jump)).compareTo(LONGEST) > 0;
        advance(tooFar ? JUMPS.get(0) : jump);
    }

    private void advance(Duration by) {
        var answer = PartnerClient.operator(anyCopy()).post("/sandbox/clock/advance", Map.of("by", by.toString()));
        timePassed(timeOf(answer));
    }

    private void timePassed(Instant later) {
        story.add("    now it is " + later);
        now = later;
        sent.clear(); // answers are kept for a day
        transfers.values().forEach(transfer -> {
            if (transfer.status.equals("Pending") && !now.isBefore(transfer.deadline)) {
                transfer.becomes("Expired", "expiretransfer", "expire-transfer");
            } else if (transfer.status.equals("InProgress") && !now.isBefore(transfer.completion)) {
                transfer.becomes("Complete", "completetransfer", "complete-transfer");
                transfer.names.forEach(name -> movedTo.put(name, transfer.target));
            }
        });
        checkExpiredReadSo();
        awaitWhatIsDue();
    }

    /** Whether or not a job has written it down (D22). */
    private void checkExpiredReadSo() {
        statusesSeenBy(CONTOSO).forEach((id, status) -> {
            if (transfers.get(id).status.equals("Expired")) {
                assertEquals("Expired", status, this::tell);
            }
        });
    }

    /** What a killed copy had begun is for the other one after some heartbeats. */
    private void awaitWhatIsDue() {
        var due = OffsetDateTime.ofInstant(now, ZoneOffset.UTC);
        database.await("the end of what is due\n" + tell(), """
                select count(*) from transfer where customer_tenant_id = ? and (status = 'PENDING' and expiration_time <= ?
                    or status = 'IN_PROGRESS' and last_modified_time + interval '1 hour' <= ?)""", 0, customer.id, due, due);
    }

    private void refuse(int choice) {
        receiver.answers(choice % 2 == 0 ? 409 : 500);
        refusing = STEPS_OF_A_REFUSING_RECEIVER;
    }

    private void takeNotifications() {
        refusing = 0;
        receiver.answers(200);
    }

    // What becomes of the copy that is killed

    private void kill(int choice) {
        if (killed || !copies.isMortalThere()) {
            return;
        }
        killed = true;
        switch (choice % 3) {
            case 0 -> killWhileTimePasses(JUMPS.get(choice % JUMPS.size()));
            case 1 -> killWhileItNotifies(choice);
            default -> killWhileItAnswers(choice);
        }
    }

    /** A subscription that moves is held by us, so that the completion stops in its middle, in whichever copy. */
    private void killWhileTimePasses(Duration jump) {
        var moving = transfers.values().stream()
                .filter(each -> each.status.equals("InProgress"))
                .findFirst();
        var by = Duration.between(began, now.plus(jump)).compareTo(LONGEST) > 0 ? TO_COMPLETE : jump;
        try (var obstacle = copies.connect()) {
            obstacle.hold();
            moving.ifPresent(each ->
                    obstacle.column("select id from subscription where id = ? for update", ids.get(each.names.get(0))));
            var operator = PartnerClient.operator(copies.mortal());
            var advancing = Simultaneously.inBackground(
                    () -> operator.post("/sandbox/clock/advance", Map.of("by", by.toString())));
            if (moving.isPresent() && !now.plus(by).isBefore(moving.get().completion)) {
                database.awaitWaiting(1);
            } else {
                aMoment();
            }
            killHolding(obstacle);
            try {
                advancing.join();
            } catch (CompletionException noAnswer) {
                // As it was killed.
            }
        }
        timePassed(awaitTimeOfSurvivor());
    }

    /** The dead copy told nobody how far it came; the other one follows what the database says. */
    private Instant awaitTimeOfSurvivor() {
        var stored = database.number("select microseconds from clock_offset");
        var operator = PartnerClient.operator(copies.steady());
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (true) {
            var clock = operator.get("/sandbox/clock");
            if (Duration.parse(clock.json().path("offset").asText()).toNanos() / 1000 == stored) {
                return timeOf(clock);
            }
            assertTrue(System.nanoTime() < deadline, () -> "The clock of the survivor stays at " + clock);
        }
    }

    private void killHolding(Sql obstacle) {
        copies.killProcess();
        obstacle.letGo();
        copies.comeBack();
    }

    private void killWhileItNotifies(int choice) {
        receiver.holds();
        var before = receiver.count();
        try {
            var target = choice % 2 == 0 ? FABRIKAM : NORTHWIND;
            var client = PartnerClient.of(target, copies.mortal());
            var body = NewCommerceWorld.request();
            var answer = client.post(customer.transfersPath(), body);
            expect("201", answer);
            transfers.put(
                    answer.json().path("id").asText(),
                    new Known(
                            false,
                            target,
                            List.of(),
                            Map.of(),
                            Instant.parse(answer.json().path("expirationTime").asText())));
            receiver.awaitMoreThan(before);
            copies.kill();
        } finally {
            receiver.letGo();
        }
    }

    /** Whatever it had done by then, the same request to the other copy gets the answer, and what it asks for is done once. */
    private void killWhileItAnswers(int choice) {
        var lines = subset(NEW_COMMERCE, choice);
        var chosen = choose(false, choice);
        if (lines.isEmpty() || chosen.isEmpty()) {
            copies.kill();
            return;
        }
        var path = path(chosen.get());
        var requestId = UUID.randomUUID();
        var doomed = PartnerClient.of(CONTOSO, copies.mortal());
        var answering = Simultaneously.inBackground(() -> doomed.send("PATCH", path, requestId, agreement(lines)));
        aMoment();
        copies.kill();
        try {
            answering.join();
        } catch (CompletionException noAnswer) {
            // As it was killed.
        }
        agreed(
                chosen.get(),
                lines,
                PartnerClient.of(CONTOSO, copies.steady()).send("PATCH", path, requestId, agreement(lines)));
    }

    /** So that it is killed at any point of what it does. */
    private void aMoment() {
        try {
            TimeUnit.MILLISECONDS.sleep(chance.nextInt(40));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    // What must hold

    void checkEverything() {
        for (var viewer : PARTNERS) {
            var expected = new LinkedHashMap<String, String>();
            transfers.forEach((id, transfer) -> {
                if (!transfer.status.equals("Withdrawn") && (viewer == CONTOSO || transfer.target == viewer)) {
                    expected.put(id, transfer.status);
                }
            });
            assertEquals(expected, statusesSeenBy(viewer), this::tell);
        }
        checkSubscriptions();
        checkDatabase();
        var recorded = new HashMap<String, List<String>>();
        for (var row : database.column(
                "select resource_id || ' ' || event from audit_record where customer_id = ? and resource_type = 'transfer' order by id",
                customer.id)) {
            recorded.computeIfAbsent(row.split(" ")[0], id -> new ArrayList<>()).add(row.split(" ")[1]);
        }
        assertEquals(allOf(transfer -> transfer.recorded), recorded, this::tell);
        someTimedOut |= database.number(
                        "select count(*) from webhook_attempt a join webhook_delivery d on d.id = delivery_id join transfer t on t.id = transfer_id where customer_tenant_id = ? and a.status is null",
                        customer.id)
                > 0;
    }

    private Map<String, List<String>> allOf(Function<Known, List<String>> what) {
        var all = new HashMap<String, List<String>>();
        transfers.forEach((id, transfer) -> all.put(id, what.apply(transfer)));
        return all;
    }

    /** Each is active or not with one partner, with its add-ons and its quantity, and at most in one open transfer. */
    private void checkSubscriptions() {
        ofContoso = subscriptionsOf(CONTOSO);
        var live = new TreeMap<String, Integer>();
        ofContoso.forEach((name, entry) -> {
            if (movedTo.containsKey(name)) {
                assertEquals("suspended", entry.path("status").asText(), this::tell);
            } else {
                live.put(name, entry.path("quantity").asInt());
            }
        });
        for (var target : List.of(FABRIKAM, NORTHWIND)) {
            subscriptionsOf(target).forEach((name, entry) -> {
                if (!name.equals("Plan")) {
                    assertEquals(target, movedTo.get(name), () -> name + "\n" + tell());
                }
                assertEquals(
                        null, live.put(name, entry.path("quantity").asInt()), () -> "Doubled: " + name + "\n" + tell());
            });
        }
        assertEquals(new TreeMap<>(quantities), live, this::tell);
    }

    private Map<String, JsonNode> subscriptionsOf(DemoPartner partner) {
        var found = new HashMap<String, JsonNode>();
        for (var entry : read(partner, customer.path() + "/subscriptions").path("items")) {
            var name = entry.path("friendlyName").asText();
            assertEquals(null, found.put(name, entry), () -> "Doubled: " + name + "\n" + tell());
        }
        return found;
    }

    private JsonNode read(DemoPartner partner, String path) {
        var answer = client(partner).get(path);
        assertTrue(answer.succeeded(), () -> partner + " GET " + path + ": " + answer + "\n" + tell());
        return answer.json();
    }

    private Map<String, String> statusesSeenBy(DemoPartner viewer) {
        var seen = new LinkedHashMap<String, String>();
        var held = new HashSet<String>();
        for (var transfer : read(viewer, customer.transfersPath())) {
            var status = transfer.path("status").asText();
            seen.put(transfer.path("id").asText(), status);
            if (status.equals("Active") || status.equals("InProgress")) {
                for (var line : transfer.path("lineItems")) {
                    Stream.concat(
                                    Stream.of(line),
                                    StreamSupport.stream(line.path("addonItems").spliterator(), false))
                            .map(item -> item.path("subscriptionId").asText().toLowerCase())
                            .forEach(id ->
                                    assertTrue(held.add(id), () -> "In two open transfers: " + id + "\n" + tell()));
                }
            }
        }
        return seen;
    }

    private void checkDatabase() {
        assertEquals(
                List.of(),
                TransferInvariants.broken(database, List.of(customer.id), ids.size()),
                () -> "Broken\n" + tell());
    }

    /** Once everything is delivered that waits. */
    void checkAtTheEnd() {
        takeNotifications();
        copies.mortal();
        for (var day = 0; waiting("WAITING") > 0 && day < MOST_DAYS_OF_DELIVERY; day++) {
            advance(Duration.ofDays(1));
        }
        assertEquals(0, waiting("WAITING") + waiting("PARKED"), () -> "Not delivered\n" + tell());
        checkEverything();
        PARTNERS.forEach(this::checkWhatWasTold);
        PARTNERS.forEach(this::checkAuditRecords);
    }

    private long waiting(String state) {
        return database.number(
                "select count(*) from webhook_delivery where state = ? and transfer_id in (select id from transfer where customer_tenant_id = ?)",
                state,
                customer.id);
    }

    private void checkWhatWasTold(DemoPartner partner) {
        var told = receiver.told(pathOf(partner));
        transfers.forEach((id, transfer) -> {
            var ofIt = told.stream().filter(one -> one.transfer().equals(id)).toList();
            var expected = partner == CONTOSO || transfer.target == partner ? transfer.announced : List.of();
            assertEquals(
                    expected,
                    ofIt.stream().map(Told::event).distinct().toList(),
                    () -> partner + " of " + id + " " + ofIt + "\n" + tell());
            checkOrder(partner, ofIt);
        });
    }

    /** One follows another when that was taken, and repeats are the same to the byte. */
    private void checkOrder(DemoPartner partner, List<Told> told) {
        var first = new LinkedHashMap<String, Told>();
        var taken = new HashSet<String>();
        for (var one : told) {
            var before = first.putIfAbsent(one.event(), one);
            if (before == null) {
                assertEquals(
                        taken, setWithout(first.keySet(), one.event()), () -> partner + " " + told + "\n" + tell());
            } else {
                assertEquals(
                        List.of(before.body(), before.signature()),
                        List.of(one.body(), one.signature()),
                        () -> partner + " " + told + "\n" + tell());
                assertTrue(
                        killed || !taken.contains(one.event()) || someTimedOut,
                        () -> "Told twice: " + told + "\n" + tell());
            }
            if (one.isTaken()) {
                taken.add(one.event());
            }
        }
    }

    private static Set<String> setWithout(Set<String> all, String one) {
        var others = new HashSet<>(all);
        others.remove(one);
        return others;
    }

    /** The same over the API, from the list and one by one from where the notifications say. */
    private void checkAuditRecords(DemoPartner partner) {
        var filter = URLEncoder.encode(
                "{\"Field\":\"CustomerId\",\"Operator\":\"equals\",\"Value\":\"" + customer.id + "\"}",
                StandardCharsets.UTF_8);
        var start = began.minus(Duration.ofDays(1)).toString().substring(0, 10);
        var answer = client(partner).get("/v1/auditrecords?startDate=" + start + "&filter=" + filter);
        expect("200", answer);
        var expected = new HashMap<String, Integer>();
        transfers.forEach((id, transfer) -> {
            if (partner == CONTOSO || transfer.target == partner) {
                expected.put(id, transfer.recorded.size());
            }
        });
        var seen = new HashMap<String, Integer>();
        for (var record : answer.json().path("items")) {
            if (record.path("resourceType").asText().equalsIgnoreCase("transfer")) {
                seen.merge(idIn(record), 1, Integer::sum);
            }
        }
        assertEquals(expected, seen, () -> partner + "\n" + tell());
        for (var one : receiver.told(pathOf(partner))) {
            if (transfers.containsKey(one.transfer())) {
                var record = client(partner).get(one.auditPath());
                expect("200", record);
                assertEquals(one.transfer(), idIn(record.json()), () -> tell(record));
            }
        }
    }

    private static String idIn(JsonNode record) {
        return transferIdOf(record.path("resourceNewValue").asText());
    }

    private static String transferIdOf(String snapshot) {
        return new Answer(200, snapshot).json().path("Id").asText();
    }

    private void expect(String outcome, Answer answer) {
        assertEquals(outcome, answer.outcome(), () -> tell(answer));
    }

    // The small things

    private List<String> subset(List<String> names, int choice) {
        return IntStream.range(0, names.size())
                .filter(bit -> (choice >> bit & 1) == 1)
                .mapToObj(names::get)
                .toList();
    }

    private static List<String> withAddons(List<String> bases) {
        return bases.stream()
                .flatMap(base -> Stream.concat(Stream.of(base), ADDONS.getOrDefault(base, List.of()).stream()))
                .toList();
    }

    /** The open ones more often. */
    private Optional<String> choose(boolean isLegacy, int choice) {
        var all = transfers.keySet().stream()
                .filter(id -> transfers.get(id).isLegacy == isLegacy)
                .toList();
        var open = all.stream()
                .filter(id -> Set.of("Active", "Pending").contains(transfers.get(id).status))
                .toList();
        var from = choice % 4 > 0 && !open.isEmpty() ? open : all;
        return from.isEmpty() ? Optional.empty() : Optional.of(from.get(choice % from.size()));
    }

    private String path(String id) {
        return customer.transfersPath() + "/" + id;
    }

    private String anyCopy() {
        return chance.nextBoolean() && copies.isMortalThere() ? copies.mortal() : copies.steady();
    }

    private PartnerClient client(DemoPartner partner) {
        return PartnerClient.of(partner, anyCopy());
    }

    private Answer send(DemoPartner by, String method, String path, Object body) {
        var requestId = UUID.randomUUID();
        var answer = client(by).send(method, path, requestId, body);
        sent.add(new Sent(by, method, path, requestId, body, answer));
        story.add("    " + by + " " + method + " " + path + " " + body + " -> " + answer.outcome());
        return answer;
    }

    private static Answer send(PartnerClient client, String method, String path, Object body) {
        return client.send(method, path, UUID.randomUUID(), body);
    }

    private Instant timeOf(Answer answer) {
        succeed(answer);
        return Instant.parse(answer.json().path("now").asText());
    }

    private void succeed(Answer answer) {
        assertTrue(answer.succeeded(), () -> tell(answer));
    }

    private String tell(Answer answer) {
        return answer + "\n" + tell();
    }

    private String tell() {
        return String.join("\n", story);
    }
}
