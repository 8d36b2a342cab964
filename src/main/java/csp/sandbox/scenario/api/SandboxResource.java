package csp.sandbox.scenario.api;

import csp.sandbox.scenario.Counts;
import csp.sandbox.scenario.ScenarioService;
import csp.shared.error.DomainException;
import csp.shared.http.BoundedBody;
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

    /**
     * Loads a document on top of the world, which is read as it arrives. Errors: 400 and 409 code 800002, each naming path and value;
     * 413, 415; 503 code 800003 while another one is being loaded.
     */
    @POST
    @Path("scenarios")
    @ResponseStatus(201)
    public Counts loadScenario(@HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType, InputStream document) {
        RequestBody.requireJson(contentType);
        var body = new BoundedBody(document, DOCUMENT_LIMIT);
        try {
            return scenarios.load(body);
        } catch (DomainException refusal) {
            body.drop();
            throw refusal;
        }
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
