package csp.sandbox.clock.api;

import csp.sandbox.clock.ClockReading;
import csp.sandbox.clock.SandboxClock;
import csp.sandbox.clock.Step;
import csp.shared.error.Choice;
import csp.shared.error.Quoted;
import csp.shared.http.JsonFields;
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
import java.util.List;

/** The service's one clock (design §5). For the operator's token alone, and absent unless {@code csp.sandbox} is on. */
@Path("/sandbox")
@Produces(MediaType.APPLICATION_JSON)
public class ClockResource {

    private static final int LONGEST_STEP = 100;
    private static final String NEXT_JOB = "nextJob";

    private final SandboxClock clock;

    ClockResource(SandboxClock clock) {
        this.clock = clock;
    }

    /**
     * The body of every answer.
     *
     * @param offset of the machine's clock, an ISO 8601 duration
     * @param happened because the clock moved; null where it did not
     */
    public record ClockView(String now, String offset, List<HappeningView> happened) {

        private static ClockView of(ClockReading reading) {
            return new ClockView(
                    WireTime.trimmed(reading.now()),
                    reading.offset().toString(),
                    reading.happened().stream()
                            .map(one -> new HappeningView(WireTime.trimmed(one.at()), one.kind().wireName, one.what()))
                            .toList());
        }
    }

    /** Something that happened, in a sentence. */
    public record HappeningView(String at, String kind, String what) {}

    @GET
    @Path("clock")
    public ClockView getClock() {
        return new ClockView(WireTime.trimmed(clock.now()), clock.offset().toString(), null);
    }

    /** Errors: 800002, naming {@code by} or {@code to}; 413, 415. */
    @POST
    @Path("clock/advance")
    public ClockView advanceClock(@HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType, InputStream body) {
        var fields = RequestBody.read(body, contentType).object();
        var to = fields.text("to", LONGEST_STEP);
        if (to.isPresent()) {
            requireNextJob(fields, to.get());
            return ClockView.of(clock.advanceToNextJob());
        }
        var by = fields.requiredText("by", LONGEST_STEP);
        return ClockView.of(clock.advance(Step.read(by)
                .orElseThrow(() -> fields.refusal(
                        "by", "must be an ISO 8601 duration such as 'P30D' or 'PT1H' but is " + Quoted.text(by)))));
    }

    private static void requireNextJob(JsonFields fields, String to) {
        if (fields.says("by")) {
            throw fields.refusal("to", "is wanted, or by, and not both");
        }
        if (!Choice.same(to, NEXT_JOB)) {
            throw fields.refusal("to", "must be " + NEXT_JOB + " but is " + Quoted.text(to));
        }
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
