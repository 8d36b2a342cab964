package csp.console.readiness;

import com.fasterxml.jackson.databind.JsonNode;
import csp.console.frame.Frame;
import csp.console.frame.Ids;
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
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What stands between each customer of the reader's side and a transfer, and how to mend it. */
@Path("/console/readiness")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class ReadinessPageResource {

    private final Visit visit;

    ReadinessPageResource(Visit visit) {
        this.visit = visit;
    }

    @CheckedTemplate(basePath = "console")
    static class Templates {
        static native TemplateInstance readiness(Frame frame, ReadinessBoard board);
    }

    @GET
    public TemplateInstance showReadiness(@QueryParam("provider") String provider) {
        return page(provider);
    }

    /** Makes the calls that mend a prerequisite, as whoever may. */
    @POST
    public TemplateInstance mendPrerequisite(InputStream body) {
        var form = visit.form(body);
        var customer = visit.world().tenant(form.get("customer"));
        var target = visit.world().tenant(form.get("provider"));
        var remedy = Stream.of(Remedy.values())
                .filter(known -> known.name().equals(form.get("remedy")))
                .findFirst();
        if (customer.isPresent() && target.isPresent() && remedy.isPresent() && isPartner()) {
            remedy.get().mend(visit, between(customer.get(), target.get()));
        }
        visit.at("/console/readiness?provider="
                + Ids.read(form.get("provider")).map(Object::toString).orElse(""));
        return page(form.get("provider"));
    }

    private boolean isPartner() {
        return visit.ownTenant().filter(Tenant::isPartner).isPresent();
    }

    private Remedy.Between between(Tenant customer, Tenant target) {
        var source = visit.ownTenant().orElseThrow();
        return new Remedy.Between(
                source.id(),
                target.id(),
                visit.identity().orElseThrow(),
                visit.actorOf(target.id()).orElseThrow(),
                customer);
    }

    private TemplateInstance page(String provider) {
        return Templates.readiness(visit.frame("Readiness", Section.READINESS), board(provider));
    }

    private ReadinessBoard board(String chosen) {
        var partner = visit.ownTenant().orElse(null);
        if (!isPartner()) {
            return new ReadinessBoard(partner, null, List.of(), List.of(), List.of(), null);
        }
        var providers = visit.world().providers().stream()
                .filter(provider -> !provider.equals(partner))
                .toList();
        var provider = Optional.ofNullable(chosen)
                .flatMap(id -> visit.world().tenant(id))
                .or(() -> providers.stream().findFirst());
        if (provider.isEmpty()) {
            return new ReadinessBoard(partner, null, providers, List.of(), List.of(), null);
        }
        var told = visit.get(
                visit.identity().orElseThrow(),
                "/portal/v1/transferReadiness?provider=" + provider.get().id());
        var columns = new ArrayList<ReadinessBoard.Column>();
        told.items().stream()
                .findFirst()
                .ifPresent(first -> first.path("prerequisites")
                        .forEach(one -> columns.add(ReadinessBoard.Column.of(
                                one.path("name").asText(),
                                one.path("rule").asText(),
                                one.path("description").asText()))));
        var rows = told.items().stream().map(row -> row(row, provider.get())).toList();
        return new ReadinessBoard(partner, provider.get(), providers, columns, rows, told.succeeded() ? null : told);
    }

    private BoardRow row(JsonNode told, Tenant provider) {
        var cells = new ArrayList<BoardRow.Cell>();
        var customer = visit.world().tenant(told.path("customerId").asText());
        for (var one : told.path("prerequisites")) {
            var isMet = one.path("met").asBoolean();
            cells.add(new BoardRow.Cell(
                    isMet,
                    visit.world().readable(one.path("reason").asText("")),
                    one.path("code").isNumber() ? one.path("code").asInt() : null,
                    one.path("nextStep").asText(""),
                    isMet || customer.isEmpty()
                            ? List.of()
                            : Remedy.of(one.path("name").asText()).stream()
                                    .filter(remedy -> remedy.isPossible(visit, between(customer.get(), provider)))
                                    .toList()));
        }
        var newCommerce = new ArrayList<String>();
        told.path("newCommerce")
                .path("missing")
                .forEach(missing -> newCommerce.add("%s (%s, code %s)"
                        .formatted(
                                missing.path("nextStep").asText(),
                                missing.path("rule").asText(),
                                missing.path("code").asText())));
        return new BoardRow(
                told.path("customerId").asText(),
                told.path("companyName").asText(),
                told.path("ready").asBoolean(),
                cells,
                told.path("newCommerce").path("met").asBoolean(),
                newCommerce);
    }
}
