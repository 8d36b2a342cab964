package csp.sandbox.scenario.api;

import csp.sandbox.scenario.Counts;
import csp.sandbox.scenario.ScenarioService;
import csp.shared.http.RequestBody;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Test control (design §5). For the operator's token alone, and absent unless {@code csp.sandbox} is on. */
@Path("/sandbox")
@Produces(MediaType.APPLICATION_JSON)
public class SandboxResource {

    /** 32 MiB: a world of ten thousand customers is larger than any body of the mirrored API. */
    private static final int DOCUMENT_LIMIT = 32 << 20;

    private final ScenarioService scenarios;

    SandboxResource(ScenarioService scenarios) {
        this.scenarios = scenarios;
    }

    /** Loads a document on top of the world. Errors: 400 and 409 code 800002, each naming path and value; 413, 415. */
    @POST
    @Path("scenarios")
    @ResponseStatus(201)
    public Counts loadScenario(@HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType, InputStream document) {
        RequestBody.requireJson(contentType);
        return scenarios.load(
                RequestBody.read(document, contentType, DOCUMENT_LIMIT).bytes());
    }

    /** The present world, in the format that {@link #loadScenario} reads. */
    @GET
    @Path("scenario")
    public String exportScenario() {
        return scenarios.export();
    }

    /** Back to the start-up scenario, at the time of the machine. */
    @POST
    @Path("reset")
    public void resetSandbox() {
        scenarios.reset();
    }
}
