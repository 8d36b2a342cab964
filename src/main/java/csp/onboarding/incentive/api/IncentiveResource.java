package csp.onboarding.incentive.api;

import csp.onboarding.incentive.IncentiveProgram;
import csp.onboarding.incentive.IncentiveService;
import csp.shared.caller.CurrentCaller;
import csp.shared.error.Choice;
import csp.shared.http.JsonFields;
import csp.shared.http.ResourceCollection;
import csp.shared.repeat.RepeatableRequests;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.stream.Stream;

/** Incentives on the portal (design §6, lifecycle.md R66-R68). */
@Path("/portal/v1")
@Produces(MediaType.APPLICATION_JSON)
public class IncentiveResource {

    private static final int LONGEST_NAME = 64;

    private final IncentiveService incentives;
    private final RepeatableRequests requests;
    private final CurrentCaller caller;

    IncentiveResource(IncentiveService incentives, RepeatableRequests requests, CurrentCaller caller) {
        this.incentives = incentives;
        this.requests = requests;
        this.caller = caller;
    }

    @GET
    @Path("incentives")
    public ResourceCollection<IncentiveView> listIncentives() {
        return ResourceCollection.withoutLinks(incentives.list(caller.get()).stream()
                .map(incentive -> IncentiveView.of(incentive))
                .toList());
    }

    @POST
    @Path("incentives/enrolments")
    public Response enrolForIncentive(InputStream body) {
        return requests.answer(
                body, 201, json -> IncentiveView.of(incentives.enrol(caller.get(), () -> program(json.get()))));
    }

    private static IncentiveProgram program(JsonFields body) {
        var name = body.requiredText("program", LONGEST_NAME);
        return IncentiveProgram.of(name)
                .orElseThrow(() -> Choice.refusal(
                        "program", name, Stream.of(IncentiveProgram.values()).map(program -> program.wireName)));
    }
}
