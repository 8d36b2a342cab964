package csp.scenario.api;

import java.io.IOException;
import java.io.InputStream;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

import org.jboss.resteasy.reactive.ResponseStatus;

import csp.scenario.Counts;
import csp.scenario.ScenarioService;
import csp.shared.error.DomainException;
import csp.shared.error.ErrorCode;

/** Test control (design §5). For the operator's token alone, and absent unless {@code csp.sandbox} is on. */
@Path("/sandbox")
@Produces(MediaType.APPLICATION_JSON)
public class SandboxResource {

    private final ScenarioService scenarios;

    SandboxResource(ScenarioService scenarios) {
        this.scenarios = scenarios;
    }

    /** Loads a document on top of the world. Errors: 400 and 409 code 800002, each naming path and value. */
    @POST
    @Path("scenarios")
    @ResponseStatus(201)
    public Counts loadScenario(@HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType, InputStream document)
            throws IOException {
        if (contentType != null && !isJson(contentType)) {
            throw new DomainException(ErrorCode.UNSUPPORTED_MEDIA_TYPE, contentType);
        }
        return scenarios.load(document);
    }

    /** The present world, in the format that {@link #loadScenario} reads. */
    @GET
    @Path("scenario")
    public String exportScenario() {
        return scenarios.export();
    }

    /** Back to the start-up scenario. */
    @POST
    @Path("reset")
    public void resetSandbox() {
        scenarios.reset();
    }

    private static boolean isJson(String contentType) {
        try {
            var type = MediaType.valueOf(contentType);
            return type.isCompatible(MediaType.APPLICATION_JSON_TYPE) || type.getSubtype().endsWith("+json");
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
