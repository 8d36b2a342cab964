package csp.sandbox.clock.api;

import csp.sandbox.clock.SandboxClock;
import csp.sandbox.clock.Step;
import csp.shared.error.Quoted;
import csp.shared.http.RequestBody;
import csp.shared.http.WireTime;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.time.Instant;

/** The service's one clock (design §5). For the operator's token alone, and absent unless {@code csp.sandbox} is on. */
@Path("/sandbox")
@Produces(MediaType.APPLICATION_JSON)
public class ClockResource {

    private static final int LONGEST_STEP = 100;

    private final SandboxClock clock;

    ClockResource(SandboxClock clock) {
        this.clock = clock;
    }

    /** The body of every answer. */
    public record ClockView(String now) {

        private static ClockView of(Instant now) {
            return new ClockView(WireTime.trimmed(now));
        }
    }

    @GET
    @Path("clock")
    public ClockView getClock() {
        return ClockView.of(clock.now());
    }

    /** Errors: 800002, naming {@code by}; 413, 415. */
    @POST
    @Path("clock/advance")
    public ClockView advanceClock(@HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType, InputStream body) {
        var fields = RequestBody.read(body, contentType).object();
        var by = fields.requiredText("by", LONGEST_STEP);
        return ClockView.of(clock.advance(Step.read(by)
                .orElseThrow(() -> fields.refusal(
                        "by", "must be an ISO 8601 duration such as 'P30D' or 'PT1H' but is " + Quoted.text(by)))));
    }

    /** Errors: 800002, naming {@code now}; 413, 415. */
    @PUT
    @Path("clock")
    public ClockView setClock(@HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType, InputStream body) {
        var fields = RequestBody.read(body, contentType).object();
        return ClockView.of(clock.set(fields.instant("now").orElseThrow(() -> fields.missing("now"))));
    }

    /** Back to the clock of the machine. */
    @DELETE
    @Path("clock")
    public void releaseClock() {
        clock.release();
    }
}
