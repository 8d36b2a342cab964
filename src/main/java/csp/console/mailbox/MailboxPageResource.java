package csp.console.mailbox;

import com.fasterxml.jackson.databind.JsonNode;
import csp.console.frame.Call;
import csp.console.frame.Frame;
import csp.console.frame.Section;
import csp.console.frame.Visit;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** The mails of the sandbox, and the invitations that they lead to. */
@Path("/console/mailbox")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class MailboxPageResource {

    private static final Set<String> ANSWERS = Set.of("accept", "decline", "withdraw");

    private final Visit visit;

    MailboxPageResource(Visit visit) {
        this.visit = visit;
    }

    @CheckedTemplate(basePath = "console")
    static class Templates {
        static native TemplateInstance mailbox(Frame frame, List<ReceivedMail> mails, String to);

        static native TemplateInstance mailinvitation(Frame frame, Call invitation, String page, boolean ofPartnership);
    }

    @GET
    public TemplateInstance showMailbox(@QueryParam("to") String to) {
        var recipient = to == null ? "" : to.strip();
        var mails = new ArrayList<ReceivedMail>();
        visit.operatorGet("/sandbox/mailbox?to=" + URLEncoder.encode(recipient, StandardCharsets.UTF_8))
                .items()
                .forEach(mail -> mails.add(mail(mail)));
        Collections.reverse(mails);
        return Templates.mailbox(visit.frame("Mailbox", Section.MAILBOX), mails, recipient);
    }

    private ReceivedMail mail(JsonNode mail) {
        return new ReceivedMail(
                mail.path("to").asText(),
                mail.path("subject").asText(),
                visit.moment(mail.path("sentAt").asText(mail.path("failedAt").asText())),
                MailLinks.of(mail.path("text").asText()),
                mail.path("failure").asText(null));
    }

    /** What the link of a mail leads to, as the API tells it to the reader. */
    @GET
    @Path("{kind: partnershipInvitations|customerInvitations}/{token}")
    public TemplateInstance showMailInvitation(@PathParam("kind") String kind, @PathParam("token") String token) {
        return invitation(kind, token);
    }

    /** Answers it as the reader. */
    @POST
    @Path("{kind: partnershipInvitations|customerInvitations}/{token}")
    public TemplateInstance answerMailInvitation(
            @PathParam("kind") String kind, @PathParam("token") String token, InputStream body) {
        var answer = visit.form(body).get("answer");
        if (ANSWERS.contains(answer) && isWord(token)) {
            visit.act(visit.identity().orElseThrow(), "POST", "/portal/v1/" + kind + "/" + token + "/" + answer, null);
        }
        return invitation(kind, token);
    }

    private TemplateInstance invitation(String kind, String token) {
        var page = "/console/mailbox/" + kind + "/" + (isWord(token) ? token : "none");
        var invitation = visit.get(
                visit.identity().orElseThrow(), "/portal/v1/" + kind + "/" + (isWord(token) ? token : "none"));
        return Templates.mailinvitation(
                visit.frame("Invitation", Section.MAILBOX), invitation, page, kind.startsWith("partnership"));
    }

    private static boolean isWord(String token) {
        return token.matches("[A-Za-z0-9]+");
    }
}
