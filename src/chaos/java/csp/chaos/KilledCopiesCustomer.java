package csp.chaos;

import csp.testsupport.Sql;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A customer of one writer, and what everybody must believe of its transfers: nobody else touches them. */
final class KilledCopiesCustomer {

    private static final int LICENCES = 6;
    private static final int NEW_LICENCES = 4;
    static final int SUBSCRIPTIONS = LICENCES + NEW_LICENCES;
    private static final int QUANTITY = 7;
    private static final Pattern ENTRY = Pattern.compile("\"id\":\"([0-9a-f-]{36})\",\"status\":\"(\\w+)\"");

    /** A transfer as it must be, and what must have been written down and told of it. */
    private static final class Known {
        private final boolean isLegacy;
        private final List<Integer> members = new ArrayList<>();
        private final List<String> recorded = new ArrayList<>();
        private final List<String> announced = new ArrayList<>();
        private String status;

        Known(boolean isLegacy, String status) {
            this.isLegacy = isLegacy;
            becomes(status, isLegacy ? "create_transfer" : "createtransfer", "create-transfer");
        }

        void becomes(String other, String record, String event) {
            status = other;
            recorded.add(record);
            announced.add(event);
        }
    }

    private final int number;
    private final Random random;
    private final Map<String, Known> transfers = new LinkedHashMap<>();
    private final Set<Integer> taken = new java.util.HashSet<>();
    private final List<String> complaints = new ArrayList<>();
    private int interruptions;
    private volatile boolean begun;

    KilledCopiesCustomer(int number, Random random) {
        this.number = number;
        this.random = random;
    }

    UUID id() {
        return UUID.fromString("c5000000-0000-4000-8000-%012x".formatted(number));
    }

    private String subscription(int member) {
        return "55000000-0000-4000-8000-%012x".formatted(number * SUBSCRIPTIONS + member);
    }

    Random random() {
        return random;
    }

    boolean hasBegun() {
        return begun;
    }

    int transfers() {
        return transfers.size();
    }

    List<String> complaints() {
        return complaints;
    }

    void interrupted(int count) {
        interruptions = count;
    }

    int interruptions() {
        return interruptions;
    }

    String scenario() {
        return """
                {"tenantId": "%s", "companyName": "Killed %d", "relationships": [
                  {"partner": "%s", "kind": "directReseller"},
                  {"partner": "%s", "kind": "indirectProvider", "via": "extension", "reseller": "%3$s"}],
                 "agreements": [{"type": "MicrosoftCustomerAgreement", "method": "direct"}], "subscriptions": [%s]}""".formatted(
                id(),
                number,
                Demo.CONTOSO,
                Demo.FABRIKAM,
                IntStream.range(0, SUBSCRIPTIONS).mapToObj(this::licence).collect(Collectors.joining(",")));
    }

    private String licence(int member) {
        return """
                {"id": "%s", "partner": "%s", "product": "%s", "offerId": "%s", "quantity": %d, "friendlyName": "Licence %d"}""".formatted(
                        subscription(member),
                        Demo.CONTOSO,
                        member < LICENCES ? "license" : "newCommerceLicense",
                        member < LICENCES ? "796B6B5F-613C-4E24-A17C-EBA730D49C02" : "CFQ7TTC0LH18:0001:CFQ7TTC0K971",
                        QUANTITY,
                        member);
    }

    /** One write. Answers whether there is anything left to do. */
    boolean step(KilledCopiesWires wires, String contoso, String fabrikam) throws InterruptedException {
        var open = transfers.entrySet().stream()
                .filter(entry -> Set.of("Active", "Pending").contains(entry.getValue().status))
                .map(Map.Entry::getKey)
                .toList();
        if (open.size() < 3 && random.nextBoolean()) {
            if (random.nextInt(3) > 0) {
                create(wires, contoso);
            } else {
                ask(wires, fabrikam);
            }
        } else if (!open.isEmpty()) {
            var id = open.get(random.nextInt(open.size()));
            if (transfers.get(id).isLegacy) {
                close(wires, id, contoso, fabrikam);
            } else {
                answer(wires, id, contoso, fabrikam);
            }
        }
        return true;
    }

    private List<Integer> free(int from, int to) {
        return IntStream.range(from, to)
                .filter(member -> !taken.contains(member))
                .boxed()
                .toList();
    }

    private void create(KilledCopiesWires wires, String contoso) throws InterruptedException {
        var free = free(0, LICENCES);
        if (free.isEmpty()) {
            return;
        }
        var members = free.subList(0, 1 + random.nextInt(Math.min(2, free.size())));
        var lines = members.stream()
                .map(member -> "{\"subscriptionId\":\"" + subscription(member) + "\"}")
                .collect(Collectors.joining(","));
        var answer = ask(
                wires, Request.of("POST", path()).as(contoso).json("""
                {"sourcePartnerTenantId":"%s","targetPartnerTenantId":"%s","lineItems":[%s]}""".formatted(Demo.CONTOSO, Demo.FABRIKAM, lines)));
        if (expect(201, answer)) {
            var known = new Known(true, "Active");
            known.members.addAll(members);
            taken.addAll(members);
            transfers.put(answer.text("id"), known);
        }
        begun = true;
    }

    private void close(KilledCopiesWires wires, String id, String contoso, String fabrikam)
            throws InterruptedException {
        var known = transfers.get(id);
        switch (random.nextInt(3)) {
            case 0 -> {
                if (expect(
                        200, ask(wires, Request.of("POST", path(id) + "/accept").as(fabrikam)))) {
                    known.becomes("Complete", "accept_transfer", "complete-transfer");
                }
            }
            case 1 -> {
                var body = "{\"id\":\"" + id + "\",\"status\":\"reject\"}";
                if (expect(
                        200,
                        ask(wires, Request.of("PATCH", path(id)).as(fabrikam).json(body)))) {
                    known.becomes("Reject", "reject_transfer", "update-transfer");
                    taken.removeAll(known.members);
                }
            }
            default -> {
                // What is withdrawn is not there any more, for a repeat either.
                var repeated = new boolean[1];
                var answer = wires.ask(Request.of("DELETE", path(id)).as(contoso), repeated);
                if (repeated[0] && answer.status() == 404 || expect(204, answer)) {
                    known.becomes("Withdrawn", "withdraw_transfer", "update-transfer");
                    taken.removeAll(known.members);
                }
            }
        }
    }

    private void ask(KilledCopiesWires wires, String fabrikam) throws InterruptedException {
        var answer = ask(wires, Request.of("POST", path()).as(fabrikam).json("""
                {"transferType":5,"sourcePartnerTenantId":"%s","customerEmailId":"owner@customer.example","partnerOnRecord":"4800001"}""".formatted(Demo.CONTOSO)));
        if (expect(201, answer)) {
            transfers.put(answer.text("id"), new Known(false, "Pending"));
        }
        begun = true;
    }

    private void answer(KilledCopiesWires wires, String id, String contoso, String fabrikam)
            throws InterruptedException {
        var known = transfers.get(id);
        var free = free(LICENCES, SUBSCRIPTIONS);
        var patch = Request.of("PATCH", path(id));
        if (!free.isEmpty() && random.nextInt(3) > 0) {
            var lines = "{\"lineItems\":[{\"subscriptionId\":\"" + subscription(free.get(0))
                    + "\",\"productType\":\"OnlineServicesNCE\"}]}";
            if (expect(200, ask(wires, patch.as(contoso).json(lines)))) {
                known.becomes("InProgress", "updatetransfer", "update-transfer");
                known.members.add(free.get(0));
                taken.add(free.get(0));
            }
        } else {
            var bySource = random.nextBoolean();
            var status = bySource ? "Reject" : "Cancel";
            var body = "{\"id\":\"" + id + "\",\"status\":\"" + status + "\"}";
            if (expect(200, ask(wires, patch.as(bySource ? contoso : fabrikam).json(body)))) {
                known.becomes(status, "updatetransfer", "update-transfer");
            }
        }
    }

    private static Answer ask(KilledCopiesWires wires, Request request) throws InterruptedException {
        return wires.ask(request.with("MS-RequestId", UUID.randomUUID().toString()), new boolean[1]);
    }

    private boolean expect(int status, Answer answer) {
        if (answer.status() != status) {
            complaints.add("%d instead of %d: %s".formatted(answer.status(), status, answer.body()));
        }
        return answer.status() == status;
    }

    private String path() {
        return Transfers.path(id().toString());
    }

    private String path(String transfer) {
        return path() + "/" + transfer;
    }

    /** From now on what was in progress must be complete. */
    void complete() {
        transfers.values().stream()
                .filter(known -> known.status.equals("InProgress"))
                .forEach(known -> known.becomes("Complete", "completetransfer", "complete-transfer"));
    }

    /** What a reader sees otherwise than everybody was told. */
    List<String> untrueOver(int port, String contoso, String fabrikam) throws InterruptedException {
        var untrue = new ArrayList<String>();
        try (var wire = new Wire(port, Duration.ofSeconds(30))) {
            for (var token : List.of(contoso, fabrikam)) {
                var seen = new HashMap<String, String>();
                var entries =
                        ENTRY.matcher(wire.ask(Request.get(path()).as(token)).body());
                while (entries.find()) {
                    seen.put(entries.group(1), entries.group(2));
                }
                transfers.forEach((id, known) -> {
                    var status = seen.remove(id);
                    var isAsTold = known.status.equals("Withdrawn")
                            ? status == null
                            : known.status.equals(status)
                                    || known.status.equals("InProgress") && "Complete".equals(status);
                    if (!isAsTold) {
                        untrue.add(id + " is " + status + ", not " + known.status);
                    }
                });
                seen.forEach((id, status) -> untrue.add(id + " is " + status + ", of which nobody was told"));
            }
            untrue.addAll(subscriptions(wire, contoso, fabrikam));
        } catch (IOException e) {
            untrue.add("no answer: " + e);
        }
        return untrue;
    }

    /** Asked again as often as one may be completed between the question to the source and that to the target. */
    private List<String> subscriptions(Wire wire, String contoso, String fabrikam) throws IOException {
        var untrue = subscriptionsOnce(wire, contoso, fabrikam);
        for (var completions = 0; completions < NEW_LICENCES && !untrue.isEmpty(); completions++) {
            untrue = subscriptionsOnce(wire, contoso, fabrikam);
        }
        return untrue;
    }

    /** Each is active with one partner, and what moved is with the target, in its quantity. */
    private List<String> subscriptionsOnce(Wire wire, String contoso, String fabrikam) throws IOException {
        var untrue = new ArrayList<String>();
        var list = Request.get("/v1/customers/" + id() + "/subscriptions");
        var atSource = active(wire.ask(list.as(contoso)).body());
        var atTarget = active(wire.ask(list.as(fabrikam)).body());
        for (var member = 0; member < SUBSCRIPTIONS; member++) {
            var name = "Licence " + member;
            var statuses = new ArrayList<String>();
            for (var known : transfers.values()) {
                if (known.members.contains(member)) {
                    statuses.add(known.status);
                }
            }
            var mayHaveMoved = statuses.contains("Complete") || statuses.contains("InProgress");
            var mustHaveMoved = statuses.contains("Complete");
            var there = atTarget.getOrDefault(name, List.of());
            var here = atSource.getOrDefault(name, List.of());
            if (here.size() + there.size() != 1
                    || !there.isEmpty() && !mayHaveMoved
                    || there.isEmpty() && mustHaveMoved) {
                untrue.add("%s of %s: %s at the source, %s at the target, transfers %s"
                        .formatted(name, id(), here, there, statuses));
            }
            if (here.stream().anyMatch(quantity -> quantity != QUANTITY)
                    || there.stream().anyMatch(quantity -> quantity != QUANTITY)) {
                untrue.add("%s of %s: %s, %s".formatted(name, id(), here, there));
            }
        }
        return untrue;
    }

    /** The quantities of what is active, by name. */
    private static Map<String, List<Integer>> active(String body) throws IOException {
        var active = new HashMap<String, List<Integer>>();
        for (var entry : new com.fasterxml.jackson.databind.json.JsonMapper()
                .readTree(body)
                .path("items")) {
            if (entry.path("status").asText().equals("active")) {
                active.computeIfAbsent(entry.path("friendlyName").asText(), name -> new ArrayList<>())
                        .add(entry.path("quantity").asInt());
            }
        }
        return active;
    }

    /** Each change in the audit once, in its order. */
    List<String> untrueInAudit(Sql database) {
        var untrue = new ArrayList<String>();
        var recorded = new HashMap<String, List<String>>();
        for (var row : database.column(
                "select resource_id || ' ' || event from audit_record where customer_id = ? and resource_type = 'transfer' order by id",
                id())) {
            recorded.computeIfAbsent(row.split(" ")[0], key -> new ArrayList<>())
                    .add(row.split(" ")[1]);
        }
        transfers.forEach((id, known) -> {
            var found = recorded.remove(id);
            if (!known.recorded.equals(found)) {
                untrue.add(id + ": " + found + " instead of " + known.recorded);
            }
        });
        recorded.forEach((id, found) -> untrue.add(id + ": " + found + " of a transfer that nobody was told of"));
        return untrue;
    }

    /** What a partner was not told, or not in its order. */
    List<String> untold(Notified notified) {
        var untold = new ArrayList<String>();
        transfers.forEach((id, known) -> {
            for (var partner : List.of("contoso", "fabrikam")) {
                var events = notified.events(partner, id);
                if (!events.equals(known.announced)) {
                    untold.add(partner + " of " + id + ": " + events + " instead of " + known.announced);
                }
            }
        });
        return untold;
    }
}
