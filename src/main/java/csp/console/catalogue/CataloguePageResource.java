package csp.console.catalogue;

import csp.console.fault.EffectChoice;
import csp.console.frame.Frame;
import csp.console.frame.Section;
import csp.console.frame.Visit;
import csp.sandbox.journal.RuleBook;
import csp.shared.error.ErrorCode;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Every error that the API answers, each with a way to make it happen. */
@Path("/console/errors")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class CataloguePageResource {

    private final Visit visit;

    CataloguePageResource(Visit visit) {
        this.visit = visit;
    }

    /** Read when the page is first looked at. */
    private static final class Rules {

        /** No operation in particular. */
        private static final String ANY_OPERATION = "";

        private static final RuleBook BOOK = new RuleBook();
    }

    @CheckedTemplate(basePath = "console")
    static class Templates {
        static native TemplateInstance errors(Frame frame, String search, List<CatalogueRow> rows);
    }

    @GET
    public TemplateInstance showErrors(@QueryParam("search") String search) {
        var wanted = search == null ? "" : search.strip();
        var rows = Stream.of(ErrorCode.values())
                .map(CataloguePageResource::row)
                .filter(row -> fits(row, wanted.toLowerCase(Locale.ROOT)))
                .sorted(Comparator.comparingInt(CatalogueRow::code).thenComparingInt(CatalogueRow::status))
                .toList();
        return Templates.errors(visit.frame("Errors", Section.ERRORS), wanted, rows);
    }

    private static CatalogueRow row(ErrorCode error) {
        return new CatalogueRow(
                error.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                error.status,
                error.code,
                error.sentence(),
                Rules.BOOK.ruleOf(error, Rules.ANY_OPERATION).orElse(""),
                URLEncoder.encode(EffectChoice.of(error.status, error.code), StandardCharsets.UTF_8));
    }

    private static boolean fits(CatalogueRow row, String wanted) {
        return (row.code() + " " + row.status() + " " + row.name() + " " + row.sentence() + " " + row.rule())
                .toLowerCase(Locale.ROOT)
                .contains(wanted);
    }
}
