package csp.sandbox.report.api;

import csp.sandbox.journal.Severity;
import csp.sandbox.journal.api.JournalParameters;
import csp.sandbox.journal.api.JournalWriter;
import csp.sandbox.report.DifferenceReport;
import csp.sandbox.report.DifferenceReport.Question;
import csp.sandbox.report.Finding;
import csp.shared.error.Choice;
import csp.shared.http.QueryParameters;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What the partners do that the real service would not take (design §5). For the operator's token alone, and absent unless
 * {@code csp.sandbox} is on.
 */
@Path("/sandbox/report")
public class ReportResource {

    private final DifferenceReport report;
    private final JournalWriter writer;
    private final RoutingContext context;

    ReportResource(DifferenceReport report, JournalWriter writer, RoutingContext context) {
        this.report = report;
        this.writer = writer;
        this.context = context;
    }

    /** The body of the answer in JSON. */
    public record ReportView(List<FindingView> items) {}

    /** One finding on the wire. */
    public record FindingView(
            String rule, String severity, UUID partner, String message, String advice, List<String> requests) {

        private static FindingView of(Finding finding) {
            return new FindingView(
                    finding.rule(),
                    finding.severity().wireName(),
                    finding.partner(),
                    finding.message(),
                    finding.advice(),
                    finding.requests());
        }
    }

    /** In JSON, or as the XML of JUnit for who prefers that. Errors: 800002; 900126 for an unknown severity. */
    @GET
    @Produces({MediaType.APPLICATION_JSON, MediaType.APPLICATION_XML, MediaType.TEXT_XML})
    public Response getReport(@Context HttpHeaders headers) {
        var parameters = new QueryParameters(context.request().query());
        var question = new Question(
                JournalParameters.partner(parameters), JournalParameters.since(parameters), severity(parameters));
        writer.flush();
        var found = report.of(question);
        return accepted(headers)
                .filter(ReportResource::isKnown)
                .findFirst()
                .filter(type -> type.getSubtype().equals("xml"))
                .map(xml -> Response.ok(JUnitXml.of(found), new MediaType(xml.getType(), xml.getSubtype(), "utf-8")))
                .orElseGet(() -> Response.ok(
                        new ReportView(
                                found.findings().stream().map(FindingView::of).toList()),
                        MediaType.APPLICATION_JSON_TYPE))
                .build();
    }

    private static Stream<MediaType> accepted(HttpHeaders headers) {
        try {
            return headers.getAcceptableMediaTypes().stream();
        } catch (IllegalArgumentException unreadable) { // an empty one, for example, which excludes nothing
            return Stream.empty();
        }
    }

    private static Severity severity(QueryParameters parameters) {
        return parameters
                .get("severity")
                .map(word -> Stream.of(Severity.values())
                        .filter(severity -> severity.wireName().equalsIgnoreCase(word))
                        .findFirst()
                        .orElseThrow(() -> Choice.refusal(
                                "severity", word, Stream.of(Severity.values()).map(Severity::wireName))))
                .orElse(Severity.INFO);
    }

    private static boolean isKnown(MediaType accepted) {
        return accepted.isCompatible(MediaType.APPLICATION_JSON_TYPE)
                || accepted.isCompatible(MediaType.APPLICATION_XML_TYPE)
                || accepted.isCompatible(MediaType.TEXT_XML_TYPE);
    }
}
