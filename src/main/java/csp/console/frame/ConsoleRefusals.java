package csp.console.frame;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What a reader gets instead of a page. */
class ConsoleRefusals {

    @ServerExceptionMapper
    Response forged(ForgedFormException e) {
        return Response.status(403)
                .type(MediaType.TEXT_PLAIN_TYPE.withCharset("UTF-8"))
                .entity(e.getMessage() + " Load the page again and repeat.")
                .build();
    }

    @ServerExceptionMapper
    Response unknown(OperatorUnknownException e) {
        return Response.status(303).header("Location", Visit.PATH + "/sign-in").build();
    }
}
