package csp.console.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import csp.console.frame.Call;
import csp.console.frame.Identity;
import csp.console.frame.Tenant;
import csp.console.frame.Visit;
import jakarta.enterprise.context.RequestScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Reads transfers as both partners see them, and asks the API what may be done next. */
@RequestScoped
class TransferReader {

    private static final Set<String> OPEN = Set.of("Active", "Pending");
    /** Complete enough to be refused for what is asked, not for how. */
    private static final String ANY_LINE = "00000000-0000-4000-8000-000000000000 OnlineServicesNCE";

    private static final int IN_OPEN_TRANSFER = 900101;
    /** Older records are not told. */
    private static final Duration RECORDS_KEPT = Duration.ofDays(89);

    private final Visit visit;

    TransferReader(Visit visit) {
        this.visit = visit;
    }

    /** Who takes part. */
    record Parties(Tenant source, Tenant target, boolean isNewCommerce) {}

    /** All transfers of the world, newest first. */
    List<TransferRow> all() {
        var rows = new ArrayList<TransferRow>();
        for (var customer : visit.world().export().path("customers")) {
            for (var transfer : customer.path("transfers")) {
                rows.add(row(customer, transfer));
            }
        }
        rows.sort(Comparator.comparing(TransferRow::createdTime).reversed());
        return rows;
    }

    private TransferRow row(JsonNode customer, JsonNode transfer) {
        var status = transfer.path("status").asText();
        var created = transfer.path("createdTime").asText();
        return new TransferRow(
                path(customer.path("tenantId").asText(), transfer.path("id").asText()),
                customer.path("companyName").asText(),
                visit.world().name(transfer.path("source").asText()),
                visit.world().name(transfer.path("target").asText()),
                isNewCommerce(transfer) ? "new commerce" : "legacy",
                status,
                OPEN.contains(status),
                visit.moment(created),
                created);
    }

    static String path(Object customerId, Object transferId) {
        return "/console/transfers/" + customerId + "/" + transferId;
    }

    private static boolean isNewCommerce(JsonNode transfer) {
        return transfer.path("type").asText().equals("newCommerce");
    }

    /** Empty for a transfer that never was, as far as the reader may know. */
    Optional<Parties> parties(UUID customerId, UUID transferId) {
        for (var transfer : visit.world().customer(customerId).path("transfers")) {
            if (transfer.path("id").asText().equals(transferId.toString())) {
                return parties(
                        transfer.path("source").asText(),
                        transfer.path("target").asText(),
                        isNewCommerce(transfer));
            }
        }
        // One that was withdrawn is on record only.
        return visit.world().partners().stream()
                .flatMap(partner -> visit.world().strongest(partner.id()).stream())
                .flatMap(partner -> records(partner, customerId, transferId).stream())
                .findFirst()
                .map(record -> value(record, "resourceNewValue").isEmpty()
                        ? value(record, "resourceOldValue")
                        : value(record, "resourceNewValue"))
                .flatMap(value -> parties(
                        value.path("SourcePartnerTenantId").asText(),
                        value.path("TargetPartnerTenantId").asText(),
                        value.has("TransferType")));
    }

    private Optional<Parties> parties(String source, String target, boolean isNewCommerce) {
        return visit.world()
                .tenant(source)
                .flatMap(from -> visit.world().tenant(target).map(to -> new Parties(from, to, isNewCommerce)));
    }

    TransferDetail detail(UUID customerId, UUID transferId, Parties parties) {
        var api = "/v1/customers/" + customerId + "/transfers/" + transferId;
        var source = visit.world().strongest(parties.source.id());
        var target = visit.world().strongest(parties.target.id());
        var sourceView = look(source, api);
        var targetView = look(target, api);
        var seen = sourceView.succeeded() ? sourceView.json() : targetView.json();
        var status = sourceView.succeeded() || targetView.succeeded()
                ? seen.path("status").asText()
                : "Withdrawn";
        var isOpen = OPEN.contains(status);
        return new TransferDetail(
                path(customerId, transferId),
                transferId.toString(),
                visit.world().name(customerId.toString()),
                parties.source.name(),
                parties.target.name(),
                parties.isNewCommerce,
                status,
                isOpen,
                visit.moment(seen.path("createdTime").asText()),
                isOpen ? visit.moment(seen.path("expirationTime").asText()) : null,
                timeline(source, customerId, transferId, seen, isOpen),
                steps(api, transferId, parties, isOpen),
                isOpen && parties.isNewCommerce ? choices(customerId, parties) : List.of(),
                lines(customerId, transferId, parties, seen),
                isOpen && !parties.isNewCommerce ? missing(customerId, parties) : List.of(),
                sourceView,
                targetView,
                sourceView.succeeded() && targetView.succeeded()
                        ? ComparedField.of(sourceView.json(), targetView.json())
                        : List.of());
    }

    private Call look(Optional<Identity> as, String path) {
        return visit.get(as.orElseThrow(), path);
    }

    private List<StateChange> timeline(
            Optional<Identity> as, UUID customerId, UUID transferId, JsonNode seen, boolean isOpen) {
        var changes = new ArrayList<StateChange>();
        var states = new ArrayList<String>();
        for (var record : records(as.orElseThrow(), customerId, transferId)) {
            var before = value(record, "resourceOldValue").path("Status").asText("");
            var after = value(record, "resourceNewValue").path("Status").asText("");
            states.add(after);
            changes.add(new StateChange(
                    visit.moment(record.path("operationDate").asText()),
                    before.isEmpty() ? "asked for: " + after : before + " → " + (after.isEmpty() ? "withdrawn" : after),
                    record.path("userPrincipalName")
                            .asText(record.path("applicationId").asText(null)),
                    record.path("originalCorrelationId").asText(null),
                    false));
        }
        Collections.reverse(changes);
        if (states.isEmpty() && seen.has("createdTime")) {
            changes.add(new StateChange(
                    visit.moment(seen.path("createdTime").asText()), "created with the scenario", null, null, false));
        }
        var status = seen.path("status").asText("");
        if (!states.isEmpty() && !status.isEmpty() && !states.contains(status)) {
            changes.add(new StateChange(
                    visit.moment(seen.path("completedTime")
                            .asText(seen.path("lastModifiedTime").asText())),
                    "→ " + status,
                    "the service",
                    null,
                    false));
        }
        if (isOpen && seen.has("expirationTime")) {
            changes.add(new StateChange(
                    visit.moment(seen.path("expirationTime").asText()),
                    "expires unless it is answered",
                    "the service",
                    null,
                    true));
        }
        return changes;
    }

    /** Newest first. */
    private List<JsonNode> records(Identity as, UUID customerId, UUID transferId) {
        var filter = "{\"Field\":\"CustomerId\",\"Value\":\"%s\",\"Operator\":\"equals\"}".formatted(customerId);
        var from = visit.now().minus(RECORDS_KEPT).atOffset(ZoneOffset.UTC).toLocalDate();
        return visit
                .get(
                        as,
                        "/v1/auditrecords?startDate=" + from + "&filter="
                                + URLEncoder.encode(filter, StandardCharsets.UTF_8))
                .items()
                .stream()
                .filter(record -> record.path("id").asText().contains("_" + transferId + "_"))
                .toList();
    }

    private static JsonNode value(JsonNode record, String field) {
        return Visit.parse(record.path(field).asText("")).orElseGet(Visit::object);
    }

    /**
     * What is open is what the API has not decided yet. Where it has, it is asked: as somebody who has no right, or of a transfer that
     * is over, so that nothing can come of it.
     */
    private List<TransferStep> steps(String api, UUID transferId, Parties parties, boolean isOpen) {
        var steps = new ArrayList<TransferStep>();
        for (var action : TransferAction.of(parties.isNewCommerce)) {
            var party = action.isOfSource() ? parties.source : parties.target;
            var doer = visit.actorOf(party.id()).orElseThrow();
            var reader = visit.identity().orElseThrow();
            var isOtherSide = !party.identities().contains(reader);
            steps.add(new TransferStep(
                    action.name(),
                    action.label,
                    action.explanation,
                    party.name(),
                    doer.label(),
                    isOpen ? null : attempt(action, doer, api, transferId),
                    isOpen && isOtherSide ? attempt(action, reader, api, transferId) : null,
                    action == TransferAction.ACCEPT_NEW_COMMERCE));
        }
        return steps;
    }

    private Call attempt(TransferAction action, Identity as, String api, UUID transferId) {
        return visit.attempt(as, action.method, api + action.suffix, action.body(transferId, List.of(ANY_LINE)));
    }

    private List<String> missing(UUID customerId, Parties parties) {
        var readiness = visit.get(
                visit.world().strongest(parties.source.id()).orElseThrow(),
                "/portal/v1/customers/%s/transferReadiness?provider=%s".formatted(customerId, parties.target.id()));
        var missing = new ArrayList<String>();
        for (var one : readiness.json().path("prerequisites")) {
            // That a transfer is open already is no obstacle to answering it.
            if (!one.path("met").asBoolean() && one.path("code").asInt() != IN_OPEN_TRANSFER) {
                missing.add("%s (%s, code %s)"
                        .formatted(
                                one.path("nextStep").asText(),
                                one.path("rule").asText(),
                                one.path("code").asText()));
            }
        }
        return missing;
    }

    private List<LineChoice> choices(UUID customerId, Parties parties) {
        var names = subscriptions(customerId);
        var eligibility = visit.get(
                visit.world().strongest(parties.source.id()).orElseThrow(),
                "/portal/v1/customers/" + customerId + "/transferEligibility?type=newcommerce");
        var choices = new ArrayList<LineChoice>();
        for (var one : eligibility.items()) {
            var id = one.path("id").asText().toLowerCase(Locale.ROOT);
            var subscription = names.getOrDefault(id, Visit.object());
            choices.add(new LineChoice(
                    id + " " + one.path("productType").asText(),
                    subscription.path("friendlyName").asText(id),
                    subscription.path("quantity").asText(),
                    id,
                    one.has("reason")
                            ? visit.world().readable(one.path("reason").asText())
                            : null));
        }
        choices.sort(Comparator.comparing(choice -> choice.reason() != null));
        return choices;
    }

    private List<MovedLine> lines(UUID customerId, UUID transferId, Parties parties, JsonNode seen) {
        var lines = new ArrayList<MovedLine>();
        if (parties.isNewCommerce) {
            var statement = visit.get(
                    visit.world().strongest(parties.source.id()).orElseThrow(),
                    "/portal/v1/transfers/" + transferId + "/statement");
            statement
                    .json()
                    .path("lines")
                    .forEach(line -> lines.add(
                            line(line, false, line.path("newSubscriptionId").asText(""))));
            return lines;
        }
        var moved = new HashMap<String, String>();
        subscriptions(customerId)
                .forEach((id, subscription) ->
                        moved.put(subscription.path("movedFrom").asText(), id));
        for (var line : seen.path("lineItems")) {
            lines.add(line(line, false, newId(moved, line)));
            line.path("addonItems").forEach(addon -> lines.add(line(addon, true, newId(moved, addon))));
        }
        return lines;
    }

    private static String newId(Map<String, String> moved, JsonNode line) {
        return moved.getOrDefault(line.path("subscriptionId").asText().toLowerCase(Locale.ROOT), "");
    }

    private static MovedLine line(JsonNode line, boolean isAddon, String newId) {
        return new MovedLine(
                line.path("friendlyName").asText(line.path("subscriptionId").asText()),
                line.path("quantity").asText(),
                isAddon,
                line.path("subscriptionId").asText(),
                newId,
                line.path("orderId").asText(""),
                line.path("status").asText("open"),
                line.path("transferError").asText(""));
    }

    private Map<String, JsonNode> subscriptions(UUID customerId) {
        var found = new HashMap<String, JsonNode>();
        visit.world()
                .customer(customerId)
                .path("subscriptions")
                .forEach(subscription -> found.put(subscription.path("id").asText(), subscription));
        return found;
    }
}
