package csp.console.notification;

import com.fasterxml.jackson.databind.JsonNode;
import csp.console.frame.Frame;
import csp.console.frame.Identity;
import csp.console.frame.Ids;
import csp.console.frame.Moment;
import csp.console.frame.Section;
import csp.console.frame.Tenant;
import csp.console.frame.Visit;
import csp.shared.config.CspConfig;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** The notifications of the reader's side: where they go, what became of each, and a receiver to catch them. */
@Path("/console")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class NotificationPageResource {

    private static final int LARGEST = 1 << 20;

    private final Visit visit;
    private final CatchingReceiver receiver;
    private final CspConfig config;

    NotificationPageResource(Visit visit, CatchingReceiver receiver, CspConfig config) {
        this.visit = visit;
        this.receiver = receiver;
        this.config = config;
    }

    /** What the receiver of the console got, for a page. */
    public record Caught(Moment at, String event, boolean isVerified, String problem, String body) {}

    @CheckedTemplate(basePath = "console")
    static class Templates {
        static native TemplateInstance notifications(
                Frame frame,
                boolean ofPartner,
                String url,
                List<String> events,
                boolean caughtHere,
                List<SentNotification> sent,
                List<Caught> caught);
    }

    @GET
    @Path("notifications")
    public TemplateInstance showNotifications() {
        return page();
    }

    /** Registers the receiver of the console, for every event. */
    @POST
    @Path("notifications/receiver")
    public TemplateInstance catchNotifications(InputStream body) {
        visit.form(body);
        var reader = visit.identity().orElseThrow();
        var registration =
                Visit.object().put("WebhookUrl", receiverUrl(visit.ownTenant().orElseThrow()));
        var events = registration.putArray("WebhookEvents");
        visit.get(reader, "/webhooks/v1/registration/events").items().forEach(events::add);
        var present = visit.get(reader, "/webhooks/v1/registration");
        visit.act(reader, present.succeeded() ? "PUT" : "POST", "/webhooks/v1/registration", registration);
        return page();
    }

    /** Has the service send a test event. */
    @POST
    @Path("notifications/test")
    public TemplateInstance testNotifications(InputStream body) {
        visit.form(body);
        visit.act(visit.identity().orElseThrow(), "POST", "/webhooks/v1/registration/validationEvents", null);
        return page();
    }

    @POST
    @Path("notifications/redeliver")
    public TemplateInstance sendNotificationAgain(InputStream body) {
        var id = Ids.read(visit.form(body).get("delivery"));
        id.ifPresent(delivery -> visit.act(
                visit.identity().orElseThrow(),
                "POST",
                "/portal/v1/webhookDeliveries/" + delivery + "/redeliver",
                null));
        return page();
    }

    /** The receiver: open, as receivers are. What it is sent changes nothing but its own list. */
    @POST
    @Path("receiver/{partner}")
    public Response receiveNotification(
            @PathParam("partner") String partner,
            @HeaderParam("Authorization") String authorization,
            @HeaderParam("x-ms-signature") String signature,
            @HeaderParam("X-MS-Certificate-Url") String certificateUrl,
            InputStream body)
            throws IOException {
        if (Ids.read(partner).isEmpty()) {
            return Response.status(404).build();
        }
        var bytes = body.readNBytes(LARGEST);
        receiver.take(partner, bytes, signature == null ? authorization : signature, certificate(certificateUrl));
        return Response.noContent().build();
    }

    private byte[] certificate(String url) {
        var ours = config.publicUrl() + "/webhooks/v1/certificates/";
        return url != null
                        && url.startsWith(ours)
                        && url.substring(ours.length()).matches("\\w+\\.cer")
                ? visit.open(url.substring(config.publicUrl().toString().length()))
                : null;
    }

    private String receiverUrl(Tenant tenant) {
        return config.publicUrl() + "/console/receiver/" + tenant.id();
    }

    private TemplateInstance page() {
        visit.at("/console/notifications");
        var own = visit.ownTenant().filter(Tenant::isPartner);
        if (own.isEmpty()) {
            return Templates.notifications(
                    visit.frame("Notifications", Section.NOTIFICATIONS),
                    false,
                    "",
                    List.of(),
                    false,
                    List.of(),
                    List.of());
        }
        var reader = visit.identity().orElseThrow();
        var registration = visit.get(reader, "/webhooks/v1/registration").json();
        var url = registration.path("WebhookUrl").asText("");
        var events = new ArrayList<String>();
        registration.path("WebhookEvents").forEach(event -> events.add(event.asText()));
        return Templates.notifications(
                visit.frame("Notifications", Section.NOTIFICATIONS),
                true,
                url,
                events,
                url.equals(receiverUrl(own.get())),
                sent(reader),
                receiver.of(own.get().id().toString()).stream()
                        .map(one -> new Caught(
                                visit.moment(one.at().toString()),
                                one.event(),
                                one.isVerified(),
                                one.problem(),
                                Visit.parse(one.body())
                                        .map(JsonNode::toPrettyString)
                                        .orElse(one.body())))
                        .toList());
    }

    private List<SentNotification> sent(Identity reader) {
        return visit.get(reader, "/portal/v1/webhookDeliveries").items().stream()
                .map(this::sent)
                .toList();
    }

    private SentNotification sent(JsonNode told) {
        var attempts = new ArrayList<SentNotification.Attempt>();
        told.path("attempts")
                .forEach(attempt -> attempts.add(new SentNotification.Attempt(
                        visit.moment(attempt.path("at").asText()),
                        attempt.path("status").asText(""),
                        attempt.path("milliseconds").asText(""),
                        attempt.path("answer").asText(""))));
        return new SentNotification(
                told.path("id").asText(),
                told.path("eventName").asText(),
                told.path("transferId").asText(""),
                told.path("state").asText(),
                attempts,
                visit.moment(told.path("nextAttempt").asText("")));
    }
}
