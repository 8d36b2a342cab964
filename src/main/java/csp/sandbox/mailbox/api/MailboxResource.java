package csp.sandbox.mailbox.api;

import csp.platform.mail.Mailbox;
import csp.platform.mail.Mailbox.EndedMail;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The mails of the sandbox (design §5). For the operator's token alone, and absent unless {@code csp.sandbox} is on. */
@Path("/sandbox")
@Produces(MediaType.APPLICATION_JSON)
public class MailboxResource {

    private final Mailbox mailbox;

    MailboxResource(Mailbox mailbox) {
        this.mailbox = mailbox;
    }

    /** The body of the answer. */
    public record MailList(List<EndedMail> items) {}

    /**
     * The mails that went out, also when a mail server has them, and those that failed, oldest first.
     *
     * @param to the recipient; absent or empty for everybody's
     */
    @GET
    @Path("mailbox")
    public MailList listMails(@QueryParam("to") String to) {
        return new MailList(mailbox.endedTo(to == null || to.isEmpty() ? null : to));
    }
}
