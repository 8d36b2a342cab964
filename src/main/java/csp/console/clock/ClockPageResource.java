package csp.console.clock;

import csp.console.frame.Call;
import csp.console.frame.Frame;
import csp.console.frame.Moment;
import csp.console.frame.Visit;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** The clock of the service: on by a while, to what is planned next, to a time, and back to the machine's. */
@Path("/console/clock")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class ClockPageResource {

    private final Visit visit;

    ClockPageResource(Visit visit) {
        this.visit = visit;
    }

    /** What the clock's move brought about. */
    public record Event(Moment at, String kind, String what) {}

    @CheckedTemplate(basePath = "console")
    static class Templates {
        static native TemplateInstance clock(Frame frame, boolean moved, List<Event> events, String back);
    }

    @GET
    public TemplateInstance showClock() {
        return page(false, List.of(), "/console/transfers");
    }

    @POST
    public TemplateInstance moveClock(InputStream body) {
        var form = visit.form(body);
        var call = form.filled("by").map(by -> advance("by", by)).orElseGet(() -> switch (form.get("to")) {
            case "nextJob" -> advance("to", "nextJob");
            case "machine" -> visit.operatorAct("DELETE", "/sandbox/clock", null);
            default -> visit.operatorAct("PUT", "/sandbox/clock", Visit.object().put("now", form.get("now")));
        });
        var back = form.filled("page")
                .filter(page -> page.matches("/console/[a-z]+"))
                .orElse("/console/transfers");
        visit.at("/console/clock");
        return page(call.succeeded(), events(call), back);
    }

    private Call advance(String how, String value) {
        return visit.operatorAct(
                "POST", "/sandbox/clock/advance", Visit.object().put(how, value));
    }

    private List<Event> events(Call call) {
        var events = new ArrayList<Event>();
        call.json()
                .path("happened")
                .forEach(event -> events.add(new Event(
                        visit.moment(event.path("at").asText()),
                        event.path("kind").asText(),
                        event.path("what").asText())));
        return events;
    }

    private TemplateInstance page(boolean moved, List<Event> events, String back) {
        return Templates.clock(visit.frame("Clock", null), moved, events, back);
    }
}
