package csp.console.frame;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/** The way in: the first page, whose side the reader takes, and the operator's sign-in where its secret is not well known. */
@Path("/console")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class EntranceResource {

    private final Visit visit;

    EntranceResource(Visit visit) {
        this.visit = visit;
    }

    @CheckedTemplate(basePath = "console")
    static class Templates {
        static native TemplateInstance signin(Frame frame, boolean refused);
    }

    @GET
    public Response enterConsole() {
        return to("/console/transfers");
    }

    /** Whose side the reader is on from now on; back to the page where that was chosen. */
    @POST
    @Path("identity")
    public Response chooseIdentity(InputStream body) {
        var form = visit.form(body);
        visit.choose(form.get("identity"));
        return to(form.filled("page").filter(EntranceResource::isOwnPage).orElse("/console/transfers"));
    }

    /** Gives the secret of the present identity, for one that came with a scenario of the reader's own. */
    @POST
    @Path("identity/secret")
    public Response unlockIdentity(InputStream body) {
        var form = visit.form(body);
        visit.identity().ifPresent(identity -> visit.unlock(identity, form.get("secret")));
        return to("/console/transfers");
    }

    @GET
    @Path("sign-in")
    public TemplateInstance showOperatorSignIn() {
        return Templates.signin(visit.bareFrame("Sign in"), false);
    }

    @POST
    @Path("sign-in")
    public Response signOperatorIn(InputStream body) {
        var form = visit.form(body);
        return visit.enter(form.get("secret"))
                ? to("/console/transfers")
                : Response.ok(Templates.signin(visit.bareFrame("Sign in"), true))
                        .build();
    }

    /** A path of ours, and no address that browsers read as another site's. */
    private static boolean isOwnPage(String page) {
        return page.matches("/console(/[\\w./-]*(\\?[\\w=&.%-]*)?)?");
    }

    private static Response to(String page) {
        return Response.status(303).header("Location", page).build();
    }
}
