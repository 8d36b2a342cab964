package csp.sandbox.fault.api;

import static csp.shared.error.ErrorCode.FAULT_NOT_FOUND;

import csp.sandbox.fault.Faults;
import csp.shared.http.PathIds;
import csp.shared.http.RequestBody;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.util.List;

/** What is to go wrong (design §5). For the operator's token alone, and absent unless {@code csp.sandbox} is on. */
@Path("/sandbox")
@Produces(MediaType.APPLICATION_JSON)
public class FaultResource {

    private final Faults faults;

    FaultResource(Faults faults) {
        this.faults = faults;
    }

    /** The body of the list. */
    public record FaultList(List<FaultView> items) {}

    /** Errors: 800002, naming the field; 413, 415. */
    @POST
    @Path("faults")
    public Response createFault(@HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType, InputStream body) {
        var fault =
                faults.set(FaultBody.read(RequestBody.read(body, contentType).object()));
        return Response.created(URI.create("/sandbox/faults/" + fault.id()))
                .entity(FaultView.of(fault))
                .build();
    }

    @GET
    @Path("faults")
    public FaultList listFaults() {
        return new FaultList(faults.all().stream().map(FaultView::of).toList());
    }

    /** Nothing goes wrong any more. */
    @DELETE
    @Path("faults")
    public void removeFaults() {
        faults.removeAll();
    }

    /** Error: 404 code 1000. */
    @GET
    @Path("faults/{faultId}")
    public FaultView getFault(@PathParam("faultId") String faultId) {
        return FaultView.of(faults.find(PathIds.resource(faultId, FAULT_NOT_FOUND)));
    }

    /** Error: 404 code 1000. */
    @DELETE
    @Path("faults/{faultId}")
    public void removeFault(@PathParam("faultId") String faultId) {
        faults.remove(PathIds.resource(faultId, FAULT_NOT_FOUND));
    }
}
