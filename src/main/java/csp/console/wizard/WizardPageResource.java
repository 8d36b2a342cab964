package csp.console.wizard;

import com.fasterxml.jackson.databind.JsonNode;
import csp.console.frame.Call;
import csp.console.frame.Frame;
import csp.console.frame.Identity;
import csp.console.frame.Section;
import csp.console.frame.Tenant;
import csp.console.frame.Visit;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Asks for a transfer of either flavour: who, whose, which subscriptions, and the answer of the other side. */
@Path("/console/wizard")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class WizardPageResource {

    private static final String NEW_COMMERCE = "newCommerce";

    private final Visit visit;

    WizardPageResource(Visit visit) {
        this.visit = visit;
    }

    @CheckedTemplate(basePath = "console")
    static class Templates {
        static native TemplateInstance wizard(Frame frame, TransferPlan plan);

        static native TemplateInstance asked(
                Frame frame, String path, String accept, Tenant other, boolean isNewCommerce);
    }

    @GET
    public TemplateInstance planTransfer(
            @QueryParam("flavour") String flavour,
            @QueryParam("customer") String customer,
            @QueryParam("source") String source,
            @QueryParam("target") String target) {
        return page(NEW_COMMERCE.equals(flavour), customer, source, target);
    }

    /** Asks for it; then whoever is on the other side may answer. */
    @POST
    public TemplateInstance askForTransfer(InputStream body) {
        var form = visit.form(body);
        var isNewCommerce = form.get("flavour").equals(NEW_COMMERCE);
        var plan = plan(isNewCommerce, form.get("customer"), form.get("source"), form.get("target"));
        if (plan.isComplete()) {
            var request = Visit.object()
                    .put("sourcePartnerTenantId", plan.source().id().toString())
                    .put("targetPartnerTenantId", plan.target().id().toString());
            if (isNewCommerce) {
                request.put("transferType", form.get("transferType").equals("3") ? 3 : 5)
                        .put("customerEmailId", form.get("customerEmail"));
                form.filled("partnerOnRecord").ifPresent(id -> request.put("partnerOnRecord", id));
            } else {
                var lines = request.putArray("lineItems");
                form.all("line").forEach(id -> {
                    var line = lines.addObject().put("subscriptionId", id);
                    form.filled("partnerOnRecord").ifPresent(mpnId -> line.put("partnerIdOnRecord", mpnId));
                });
            }
            var path = "/v1/customers/" + plan.customer().id() + "/transfers";
            var asked = visit.act(plan.asker(), "POST", path, request);
            if (asked.succeeded()) {
                return asked(plan, asked);
            }
        }
        return page(isNewCommerce, form.get("customer"), form.get("source"), form.get("target"));
    }

    private TemplateInstance asked(TransferPlan plan, Call call) {
        var transfer = "/console/transfers/" + plan.customer().id() + "/"
                + call.json().path("id").asText();
        return Templates.asked(
                visit.frame("Asked for", Section.WIZARD),
                transfer,
                transfer + "/ACCEPT_LEGACY",
                plan.isNewCommerce() ? plan.source() : plan.target(),
                plan.isNewCommerce());
    }

    private TemplateInstance page(boolean isNewCommerce, String customer, String source, String target) {
        var plan = plan(isNewCommerce, customer, source, target);
        return Templates.wizard(visit.frame("New transfer", Section.WIZARD), plan);
    }

    private TransferPlan plan(boolean isNewCommerce, String customerId, String sourceId, String targetId) {
        var world = visit.world();
        var source = chosen(sourceId)
                .or(() -> visit.ownTenant().filter(own -> own.isPartner() && hasCustomers(own)))
                .or(() -> world.partners().stream().filter(this::hasCustomers).findFirst());
        var customer = chosen(customerId)
                .or(() -> world.customers().stream()
                        .filter(known ->
                                source.filter(from -> sells(from, known)).isPresent())
                        .findFirst())
                .or(() -> world.customers().stream().findFirst());
        var target = chosen(targetId)
                .or(() -> world.providers().stream()
                        .filter(provider -> source.filter(provider::equals).isEmpty())
                        .findFirst());
        if (customer.isEmpty() || source.isEmpty() || target.isEmpty()) {
            return new TransferPlan(isNewCommerce, null, null, null, null, List.of(), List.of(), "", null);
        }
        var asker = visit.actorOf((isNewCommerce ? target : source).get().id());
        var holder = visit.actorOf(source.get().id());
        if (asker.isEmpty() || holder.isEmpty()) {
            return new TransferPlan(
                    isNewCommerce, customer.get(), source.get(), target.get(), null, List.of(), List.of(), "", null);
        }
        var eligibility = visit.get(
                holder.get(),
                isNewCommerce
                        ? "/portal/v1/customers/" + customer.get().id() + "/transferEligibility?type=newcommerce"
                        : "/v1/customers/" + customer.get().id()
                                + "/transferseligibility?transferType=directtoindirect");
        return new TransferPlan(
                isNewCommerce,
                customer.get(),
                source.get(),
                target.get(),
                asker.get(),
                lines(customer.get(), eligibility),
                missing(isNewCommerce, holder.get(), customer.get(), target.get()),
                customer.get().identities().stream()
                        .findFirst()
                        .map(Identity::login)
                        .orElse("contact@" + customer.get().domain()),
                eligibility.succeeded() ? null : eligibility);
    }

    private Optional<Tenant> chosen(String id) {
        return Optional.ofNullable(id).flatMap(visit.world()::tenant);
    }

    private boolean hasCustomers(Tenant partner) {
        return visit.world().customers().stream().anyMatch(customer -> sells(partner, customer));
    }

    private boolean sells(Tenant partner, Tenant customer) {
        for (var relationship : visit.world().customer(customer.id()).path("relationships")) {
            if (relationship.path("partner").asText().equals(partner.id().toString())
                    && relationship.path("kind").asText().equals("directReseller")) {
                return true;
            }
        }
        return false;
    }

    private List<TransferPlan.PlannedLine> lines(Tenant customer, Call eligibility) {
        var known = new HashMap<String, JsonNode>();
        visit.world()
                .customer(customer.id())
                .path("subscriptions")
                .forEach(subscription -> known.put(subscription.path("id").asText(), subscription));
        return eligibility.items().stream()
                .map(entry -> line(entry, known))
                .sorted(Comparator.comparing(line -> line.reason() != null))
                .toList();
    }

    private TransferPlan.PlannedLine line(JsonNode entry, Map<String, JsonNode> known) {
        var id = entry.path("id").asText().toLowerCase(Locale.ROOT);
        var subscription = known.getOrDefault(id, Visit.object());
        return new TransferPlan.PlannedLine(
                id,
                subscription.path("friendlyName").asText(id),
                subscription.path("quantity").asText(""),
                subscription.path("product").asText(""),
                subscription.path("status").asText(""),
                entry.path("isEligible").asBoolean()
                        ? null
                        : visit.world().readable(entry.path("reason").asText("not eligible")));
    }

    private List<String> missing(boolean isNewCommerce, Identity holder, Tenant customer, Tenant target) {
        var readiness = visit.get(
                        holder,
                        "/portal/v1/customers/%s/transferReadiness?provider=%s".formatted(customer.id(), target.id()))
                .json();
        var missing = new ArrayList<String>();
        (isNewCommerce ? readiness.path("newCommerce").path("missing") : readiness.path("prerequisites"))
                .forEach(one -> {
                    if (!one.path("met").asBoolean()) {
                        missing.add("%s (%s, code %s)"
                                .formatted(
                                        one.path("nextStep").asText(),
                                        one.path("rule").asText(),
                                        one.path("code").asText()));
                    }
                });
        return missing;
    }
}
