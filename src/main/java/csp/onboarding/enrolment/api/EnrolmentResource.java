package csp.onboarding.enrolment.api;

import csp.directory.partner.Contact;
import csp.onboarding.enrolment.EnrolmentService;
import csp.shared.caller.CurrentCaller;
import csp.shared.http.JsonFields;
import csp.shared.http.RequestBody;
import csp.shared.repeat.RepeatableRequests;
import csp.shared.repeat.Reply;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Optional;

/** Enrolment as indirect reseller, step by step (design §6, lifecycle.md R1-R15). */
@Path("/portal/v1")
@Produces(MediaType.APPLICATION_JSON)
public class EnrolmentResource {

    private static final int LONGEST_NAME = 256;

    private final EnrolmentService enrolments;
    private final RepeatableRequests requests;
    private final CurrentCaller caller;

    EnrolmentResource(EnrolmentService enrolments, RepeatableRequests requests, CurrentCaller caller) {
        this.enrolments = enrolments;
        this.requests = requests;
        this.caller = caller;
    }

    /** 201 with a new draft, 200 with the one that is there. With a contact for the form, or without a body. */
    @POST
    @Path("enrolments")
    public Response startEnrolment(InputStream body) {
        return requests.reply(body, content -> {
            var view = enrolments.start(caller.get(), () -> contact(content));
            return new Reply(view.isNew() ? 201 : 200, EnrolmentView.of(view));
        });
    }

    @GET
    @Path("enrolments/{enrolmentId}")
    public EnrolmentView getEnrolment(@PathParam("enrolmentId") String enrolmentId) {
        return EnrolmentView.of(enrolments.get(enrolmentId, caller.get()));
    }

    /** With the contact of the form, or without a body for the one named at the start, else that of the profile. */
    @POST
    @Path("enrolments/{enrolmentId}/submit")
    public Response submitEnrolment(@PathParam("enrolmentId") String enrolmentId, InputStream body) {
        return requests.reply(
                body,
                content -> new Reply(
                        200, EnrolmentView.of(enrolments.submit(enrolmentId, caller.get(), () -> contact(content)))));
    }

    /** Any body is ignored: there is nothing to choose. */
    @POST
    @Path("enrolments/{enrolmentId}/acceptAgreement")
    public Response acceptResellerAgreement(@PathParam("enrolmentId") String enrolmentId) {
        return requests.answer(200, () -> EnrolmentView.of(enrolments.acceptAgreement(enrolmentId, caller.get())));
    }

    private static Optional<Contact> contact(RequestBody content) {
        return content.objectIfAny()
                .flatMap(form -> form.object("primaryContact"))
                .map(EnrolmentResource::contact);
    }

    private static Contact contact(JsonFields form) {
        return new Contact(
                form.requiredText("firstName", LONGEST_NAME),
                form.requiredText("lastName", LONGEST_NAME),
                form.requiredEmail("email"),
                form.text("phoneNumber", LONGEST_NAME).orElse(null));
    }
}
