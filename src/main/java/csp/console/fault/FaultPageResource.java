package csp.console.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import csp.console.frame.Frame;
import csp.console.frame.Ids;
import csp.console.frame.Section;
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

/** What is to go wrong: with which operation, for whom, how, and how often. */
@Path("/console/faults")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class FaultPageResource {

    private final Visit visit;

    FaultPageResource(Visit visit) {
        this.visit = visit;
    }

    @CheckedTemplate(basePath = "console")
    static class Templates {
        static native TemplateInstance faults(
                Frame frame, List<FaultRow> set, List<String> operations, List<EffectChoice> effects, String chosen);
    }

    @GET
    public TemplateInstance showFaults(@QueryParam("effect") String effect) {
        return page(effect == null ? "" : effect);
    }

    @POST
    public TemplateInstance setFault(InputStream body) {
        var form = visit.form(body);
        var fault = Visit.object().put("operation", form.get("operation"));
        form.filled("partner").ifPresent(partner -> fault.put("partner", partner));
        form.filled("customer").ifPresent(customer -> fault.put("customer", customer));
        form.filled("times")
                .filter(times -> times.matches("\\d{1,6}"))
                .ifPresent(times -> fault.put("times", Integer.parseInt(times)));
        fault.set("effect", Visit.parse(form.get("effect")).orElseGet(Visit::object));
        visit.operatorAct("POST", "/sandbox/faults", fault);
        return page(form.get("effect"));
    }

    /** One, or all without an id. */
    @POST
    @Path("remove")
    public TemplateInstance removeFault(InputStream body) {
        var id = Ids.read(visit.form(body).get("fault"));
        visit.operatorAct("DELETE", "/sandbox/faults" + id.map(one -> "/" + one).orElse(""), null);
        return page("");
    }

    private TemplateInstance page(String chosen) {
        visit.at("/console/faults");
        var told = visit.operatorGet("/sandbox/faults");
        return Templates.faults(
                visit.frame("Faults", Section.FAULTS),
                told.items().stream().map(this::row).toList(),
                OperationNames.all(),
                EffectChoice.all(),
                chosen);
    }

    private FaultRow row(JsonNode told) {
        var selectors = new ArrayList<String>();
        for (var name : List.of("partner", "customer", "subscription")) {
            if (told.has(name)) {
                selectors.add(name + " " + visit.world().name(told.path(name).asText()));
            }
        }
        if (told.has("probability")) {
            selectors.add("with probability " + told.path("probability").asText());
        }
        var effect = told.path("effect").deepCopy() instanceof ObjectNode object ? object : Visit.object();
        var details = new ArrayList<String>();
        effect.fields().forEachRemaining(field -> {
            if (!field.getKey().equals("type")) {
                details.add(field.getKey() + " " + field.getValue().asText());
            }
        });
        return new FaultRow(
                told.path("id").asText(),
                told.path("operation").asText(),
                selectors.isEmpty() ? "everybody" : String.join(", ", selectors),
                effect.path("type").asText() + (details.isEmpty() ? "" : ": " + String.join(", ", details)),
                told.path("remaining").asText("every time"));
    }
}
