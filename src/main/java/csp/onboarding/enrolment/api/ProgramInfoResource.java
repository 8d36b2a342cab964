package csp.onboarding.enrolment.api;

import csp.onboarding.enrolment.DirectBillService;
import csp.onboarding.enrolment.ProgramInfo;
import csp.shared.caller.CurrentCaller;
import csp.shared.http.RequestBody;
import csp.shared.repeat.RepeatableRequests;
import csp.shared.repeat.Reply;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/** The page "program info" of the portal and what can be done there (design §6, lifecycle.md R11, R16-R19). */
@Path("/portal/v1")
@Produces(MediaType.APPLICATION_JSON)
public class ProgramInfoResource {

    private final DirectBillService programs;
    private final RepeatableRequests requests;
    private final CurrentCaller caller;

    ProgramInfoResource(DirectBillService programs, RepeatableRequests requests, CurrentCaller caller) {
        this.programs = programs;
        this.requests = requests;
        this.caller = caller;
    }

    @GET
    @Path("programInfo")
    public ProgramInfo getProgramInfo() {
        return programs.programInfo(caller.get());
    }

    /** Any body is ignored: there is nothing to choose. */
    @POST
    @Path("programInfo/leaveDirectBill")
    public Response leaveDirectBill() {
        return requests.answer(200, () -> programs.leave(caller.get()));
    }

    @POST
    @Path("programInfo/applyForDirectBill")
    public Response applyForDirectBill(InputStream body) {
        return requests.reply(
                body, content -> new Reply(200, programs.reapply(caller.get(), () -> overridesReseller(content))));
    }

    private static boolean overridesReseller(RequestBody content) {
        return content.objectIfAny()
                .flatMap(form -> form.bool("overrideReseller"))
                .orElse(false);
    }
}
