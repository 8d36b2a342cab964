package csp.sandbox.snapshot.api;

import csp.sandbox.snapshot.Snapshot;
import csp.sandbox.snapshot.Snapshots;
import csp.shared.http.RequestBody;
import csp.shared.http.WireTime;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.List;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Worlds to go back to (design §5). For the operator's token alone, and absent unless {@code csp.sandbox} is on. */
@Path("/sandbox")
@Produces(MediaType.APPLICATION_JSON)
public class SnapshotResource {

    private static final int LONGEST_SENT = 1_000;

    private final Snapshots snapshots;

    SnapshotResource(Snapshots snapshots) {
        this.snapshots = snapshots;
    }

    /** @param offset of the clock of the service from the machine's, an ISO 8601 duration */
    public record SnapshotView(String name, String created, String offset, long rows, long bytes) {

        private static SnapshotView of(Snapshot snapshot) {
            return new SnapshotView(
                    snapshot.name(),
                    WireTime.trimmed(snapshot.created()),
                    snapshot.offset().toString(),
                    snapshot.rows(),
                    snapshot.bytes());
        }
    }

    /** The body of the list. */
    public record SnapshotList(List<SnapshotView> items) {}

    /** Errors: 400 code 800002, naming {@code name}; 409 code 800002 for a name that is taken; 413, 415. */
    @POST
    @Path("snapshots")
    @ResponseStatus(201)
    public SnapshotView createSnapshot(@HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType, InputStream body) {
        var name = RequestBody.read(body, contentType).object().requiredText("name", LONGEST_SENT);
        return SnapshotView.of(snapshots.take(name));
    }

    @GET
    @Path("snapshots")
    public SnapshotList listSnapshots() {
        return new SnapshotList(snapshots.all().stream().map(SnapshotView::of).toList());
    }

    /** Its world as a document that <em>loadScenario</em> reads. Error: 404 code 1000. */
    @GET
    @Path("snapshots/{name}/scenario")
    public String exportSnapshot(@PathParam("name") String name) {
        return snapshots.scenario(name);
    }

    /** Errors: 404 code 1000, 409 codes 800002 and 900104. */
    @POST
    @Path("snapshots/{name}/restore")
    public void restoreSnapshot(@PathParam("name") String name) {
        snapshots.restore(name);
    }

    /** Error: 404 code 1000. */
    @DELETE
    @Path("snapshots/{name}")
    public void removeSnapshot(@PathParam("name") String name) {
        snapshots.remove(name);
    }
}
