package csp.console.world;

import com.fasterxml.jackson.databind.JsonNode;
import csp.console.frame.Frame;
import csp.console.frame.Section;
import csp.console.frame.Visit;
import csp.sandbox.scenario.StartupSecrets;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The world itself: in, out, back, and what became of it since. */
@Path("/console/world")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class WorldPageResource {

    private final Visit visit;

    WorldPageResource(Visit visit) {
        this.visit = visit;
    }

    /** How much of it there is. */
    public record Size(int partners, int customers, int subscriptions, int transfers) {}

    @CheckedTemplate(basePath = "console")
    static class Templates {
        static native TemplateInstance world(Frame frame, Size size, List<NamedWorld> snapshots);

        static native TemplateInstance worlddifference(Frame frame, List<WorldDifference> differences);
    }

    @GET
    public TemplateInstance showWorld() {
        return page();
    }

    @GET
    @Path("scenario.json")
    @Produces(MediaType.APPLICATION_JSON)
    public Response downloadScenario() {
        return Response.ok(visit.operatorGet("/sandbox/scenario").text())
                .header("Content-Disposition", "attachment; filename=\"scenario.json\"")
                .build();
    }

    /** Loads a document on top of the world. */
    @POST
    @Path("load")
    public TemplateInstance loadWorld(InputStream body) {
        visit.operatorAct("POST", "/sandbox/scenarios", visit.form(body).get("scenario"));
        return page();
    }

    /** Loads what the README walks the whole road with. */
    @POST
    @Path("road")
    public TemplateInstance loadRoad(InputStream body) {
        visit.form(body);
        visit.operatorAct("POST", "/sandbox/scenarios", StartupSecrets.road());
        return page();
    }

    @POST
    @Path("reset")
    public TemplateInstance resetWorld(InputStream body) {
        visit.form(body);
        visit.operatorAct("POST", "/sandbox/reset", null);
        return page();
    }

    @POST
    @Path("snapshots")
    public TemplateInstance takeSnapshot(InputStream body) {
        var name = visit.form(body).get("name");
        visit.operatorAct("POST", "/sandbox/snapshots", Visit.object().put("name", name));
        return page();
    }

    @POST
    @Path("snapshots/restore")
    public TemplateInstance restoreSnapshot(InputStream body) {
        visit.operatorAct("POST", snapshot(visit.form(body).get("name")) + "/restore", null);
        return page();
    }

    @POST
    @Path("snapshots/drop")
    public TemplateInstance dropSnapshot(InputStream body) {
        visit.operatorAct("DELETE", snapshot(visit.form(body).get("name")), null);
        return page();
    }

    /** What differs between an earlier export and the world as it is now, or between two exports. */
    @POST
    @Path("difference")
    public TemplateInstance compareWorlds(InputStream body) {
        var form = visit.form(body);
        var before = Visit.parse(form.get("before"));
        var after = form.filled("after").isPresent()
                ? Visit.parse(form.get("after"))
                : Optional.of(visit.world().export());
        if (before.isEmpty() || after.isEmpty() || !before.get().isObject()) {
            visit.tell("That is no scenario: it must be a JSON object, as the export is.");
            return page();
        }
        return Templates.worlddifference(
                visit.frame("Difference", Section.WORLD), WorldDifference.between(before.get(), after.get()));
    }

    /** What differs between a snapshot and another one, or the world as it is now. */
    @POST
    @Path("snapshots/difference")
    public TemplateInstance compareSnapshots(InputStream body) {
        var form = visit.form(body);
        var before = world(form.get("before"));
        var after = form.filled("after")
                .map(this::world)
                .orElseGet(() -> visit.world().export());
        return Templates.worlddifference(
                visit.frame("Difference", Section.WORLD), WorldDifference.between(before, after));
    }

    private JsonNode world(String name) {
        return visit.operatorGet(snapshot(name) + "/scenario").json();
    }

    private static String snapshot(String name) {
        return "/sandbox/snapshots/"
                + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private TemplateInstance page() {
        visit.at("/console/world");
        var export = visit.world().export();
        var subscriptions = 0;
        var transfers = 0;
        for (var customer : export.path("customers")) {
            subscriptions += customer.path("subscriptions").size();
            transfers += customer.path("transfers").size();
        }
        var snapshots = visit.operatorGet("/sandbox/snapshots").items().stream()
                .map(one -> new NamedWorld(
                        one.path("name").asText(),
                        visit.moment(one.path("created").asText())))
                .toList();
        return Templates.world(
                visit.frame("World", Section.WORLD),
                new Size(
                        export.path("partners").size(), export.path("customers").size(), subscriptions, transfers),
                snapshots);
    }
}
