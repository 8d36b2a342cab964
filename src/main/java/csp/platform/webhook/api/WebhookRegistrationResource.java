package csp.platform.webhook.api;

import csp.platform.webhook.ValidationEvents;
import csp.platform.webhook.WebhookEvent;
import csp.platform.webhook.WebhookRegistrations;
import csp.shared.caller.CurrentCaller;
import csp.shared.http.RequestBody;
import csp.shared.http.ResponseForm;
import csp.shared.repeat.RepeatableRequests;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;

/** Where a partner wants to be notified of changes (webhooks.md §1). */
@Path("/webhooks/v1/registration")
@Produces(MediaType.APPLICATION_JSON)
public class WebhookRegistrationResource {

    private final WebhookRegistrations registrations;
    private final ValidationEvents validationEvents;
    private final RepeatableRequests requests;
    private final CurrentCaller caller;

    WebhookRegistrationResource(
            WebhookRegistrations registrations,
            ValidationEvents validationEvents,
            RepeatableRequests requests,
            CurrentCaller caller) {
        this.registrations = registrations;
        this.validationEvents = validationEvents;
        this.requests = requests;
        this.caller = caller;
    }

    record StartedValidation(String correlationId) {}

    /** A bare array. */
    @GET
    @Path("events")
    @ResponseForm(charset = false)
    public List<String> listWebhookEvents() {
        registrations.requireAllowed(caller.get());
        return WebhookEvent.wireNames();
    }

    @POST
    public Response createWebhookRegistration(InputStream body) {
        return requests.answer(
                body,
                200,
                json -> WebhookRegistrationBody.of(
                        caller.get().tenantId(),
                        registrations.create(caller.get(), () -> WebhookRegistrationBody.read(json.get()))));
    }

    /** Without the id of the subscriber, as recorded. */
    @GET
    public WebhookRegistrationBody getWebhookRegistration() {
        return WebhookRegistrationBody.of(null, registrations.find(caller.get()));
    }

    @PUT
    public WebhookRegistrationBody replaceWebhookRegistration(
            @HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType, InputStream body) {
        var sent = RequestBody.read(body, contentType);
        return WebhookRegistrationBody.of(
                caller.get().tenantId(),
                registrations.replace(caller.get(), () -> WebhookRegistrationBody.read(sent.object())));
    }

    /** Any body is ignored: there is nothing to choose. */
    @POST
    @Path("validationEvents")
    public Response startWebhookValidation() {
        return requests.answer(
                200,
                () -> new StartedValidation(
                        validationEvents.start(caller.get(), caller.get().correlationId())));
    }

    @GET
    @Path("validationEvents/{correlationId}")
    public ValidationStateView getWebhookValidation(@PathParam("correlationId") String correlationId) {
        return ValidationStateView.of(validationEvents.find(caller.get(), correlationId));
    }
}
