package csp.sandbox.journal.api;

import static csp.shared.error.ErrorCode.JOURNAL_ENTRY_NOT_FOUND;

import csp.sandbox.journal.JournalStore;
import csp.shared.error.DomainException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** What the partners asked for (design §5). For the operator's token alone, and absent unless {@code csp.sandbox} is on. */
@Path("/sandbox/journal")
@Produces(MediaType.APPLICATION_JSON)
public class JournalResource {

    private final JournalStore store;
    private final JournalWriter writer;
    private final RoutingContext context;

    JournalResource(JournalStore store, JournalWriter writer, RoutingContext context) {
        this.store = store;
        this.writer = writer;
        this.context = context;
    }

    /** The body of a list. */
    public record JournalList(List<JournalEntryView> items) {}

    /** The newest requests, newest first; those that this copy has answered so far are among them. Error 800002. */
    @GET
    public JournalList listJournal() {
        var search = JournalQuery.read(context.request().query());
        writer.flush();
        return new JournalList(
                store.list(search).stream().map(JournalEntryView::listed).toList());
    }

    /** One with its headers and bodies. Error 404 code 1000. */
    @GET
    @Path("{entryId}")
    public JournalEntryView getJournalEntry(@PathParam("entryId") String entryId) {
        writer.flush();
        return JournalEntryView.whole(store.get(number(entryId)));
    }

    private static long number(String entryId) {
        try {
            return Long.parseLong(entryId);
        } catch (NumberFormatException e) {
            throw new DomainException(JOURNAL_ENTRY_NOT_FOUND, entryId);
        }
    }
}
