package csp.console.journal;

import com.fasterxml.jackson.databind.JsonNode;
import csp.console.frame.Call;
import csp.console.frame.Curl;
import csp.console.frame.Frame;
import csp.console.frame.Identity;
import csp.console.frame.Ids;
import csp.console.frame.Section;
import csp.console.frame.Visit;
import csp.shared.config.CspConfig;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What people and programs asked of the API: live, one request whole, and what of it the real service would not have taken. */
@Path("/console/journal")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class JournalPageResource {

    private final Visit visit;
    private final CspConfig config;

    JournalPageResource(Visit visit, CspConfig config) {
        this.visit = visit;
        this.config = config;
    }

    /** A finding of the report. */
    public record Reported(String rule, String severity, String partner, String message, String advice, int requests) {}

    @CheckedTemplate(basePath = "console")
    static class Templates {
        static native TemplateInstance journal(Frame frame, JournalFilter filter, List<JournalRow> rows);

        static native TemplateInstance journalentry(Frame frame, JournalDetail entry);

        static native TemplateInstance report(Frame frame, List<Reported> findings);
    }

    @GET
    public TemplateInstance showJournal(
            @QueryParam("partner") String partner,
            @QueryParam("operation") String operation,
            @QueryParam("status") String status) {
        var filter = JournalFilter.of(partner, operation, status);
        var told = visit.operatorGet("/sandbox/journal" + filter.query());
        if (!told.succeeded()) {
            visit.tell(told.sentence());
        }
        return Templates.journal(
                visit.frame("Journal", Section.JOURNAL),
                filter,
                told.items().stream().map(this::row).toList());
    }

    @GET
    @Path("report")
    public TemplateInstance showReport() {
        var findings = visit.operatorGet("/sandbox/report").items().stream()
                .map(one -> new Reported(
                        one.path("rule").asText(),
                        one.path("severity").asText(),
                        visit.world().name(one.path("partner").asText("")),
                        one.path("message").asText(),
                        one.path("advice").asText(),
                        one.path("requests").size()))
                .toList();
        return Templates.report(visit.frame("Report", Section.JOURNAL), findings);
    }

    /** For a CI job, or to keep. */
    @GET
    @Path("report.xml")
    @Produces(MediaType.APPLICATION_XML)
    public Response downloadReport() {
        return Response.ok(visit.operatorGet("/sandbox/report", MediaType.APPLICATION_XML)
                        .text())
                .header("Content-Disposition", "attachment; filename=\"report.xml\"")
                .build();
    }

    @GET
    @Path("{entry: \\d+}")
    public TemplateInstance showJournalEntry(@PathParam("entry") String entry) {
        return page(entry);
    }

    /** The same request once more, as the same partner. */
    @POST
    @Path("{entry: \\d+}")
    public TemplateInstance repeatJournalEntry(@PathParam("entry") String entry, InputStream body) {
        visit.form(body);
        var told = visit.operatorGet("/sandbox/journal/" + entry).json();
        sender(told)
                .ifPresent(sender -> visit.act(
                        sender, told.path("method").asText(), told.path("path").asText(), body(told)));
        return page(entry);
    }

    private TemplateInstance page(String entry) {
        var told = visit.operatorGet("/sandbox/journal/" + entry);
        if (!told.succeeded()) {
            visit.tell(told.sentence());
            return showJournal(null, null, null);
        }
        return Templates.journalentry(visit.frame("Request " + entry, Section.JOURNAL), detail(told));
    }

    private JournalDetail detail(Call told) {
        var json = told.json();
        var sender = sender(json);
        return new JournalDetail(
                row(json),
                json.path("correlationId").asText(null),
                message(json.path("request")),
                message(json.path("response")),
                Curl.line(
                        config.publicUrl(),
                        json.path("method").asText(),
                        json.path("path").asText(),
                        sender.map(Identity::variable).orElse("TOKEN"),
                        body(json)),
                sender.isPresent() && json.has("operation"));
    }

    private Optional<Identity> sender(JsonNode told) {
        return Ids.read(told.path("partner").asText(null)).flatMap(visit::actorOf);
    }

    private static String body(JsonNode told) {
        var body = told.path("request").path("body").asText("");
        return body.isEmpty() ? null : body;
    }

    private static JournalDetail.Message message(JsonNode told) {
        var headers = new ArrayList<String>();
        told.path("headers")
                .fields()
                .forEachRemaining(header ->
                        headers.add(header.getKey() + ": " + header.getValue().asText()));
        var body = told.path("body").asText("");
        return new JournalDetail.Message(
                headers,
                Visit.parse(body)
                        .filter(JsonNode::isContainerNode)
                        .map(JsonNode::toPrettyString)
                        .orElse(body),
                told.path("bytes").asText("0"));
    }

    private JournalRow row(JsonNode told) {
        var findings = new ArrayList<JournalRow.Finding>();
        told.path("deviations")
                .forEach(one -> findings.add(new JournalRow.Finding(
                        one.path("rule").asText(),
                        one.path("severity").asText(),
                        one.path("message").asText(),
                        one.path("advice").asText())));
        var partner = told.path("partner").asText("");
        return new JournalRow(
                told.path("id").asText(),
                visit.moment(told.path("at").asText()),
                partner.isEmpty() ? "" : visit.world().name(partner),
                told.path("method").asText(),
                told.path("path").asText(),
                told.path("operation").asText(""),
                told.path("status").asText("none"),
                told.path("code").asText(""),
                told.path("rule").asText(""),
                told.path("milliseconds").asText(""),
                told.path("fault").asText(""),
                findings);
    }
}
