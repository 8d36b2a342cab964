package csp.identity.api;

import static csp.shared.error.ErrorCode.INVALID_INPUT;

import csp.identity.RefreshTokens;
import csp.shared.error.DomainException;
import csp.shared.error.Quoted;
import csp.shared.id.Guid;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

/** Ends sessions that would otherwise go on for 90 days. For the operator's token alone, as everything under {@code /sandbox}. */
@Path("/sandbox/refreshTokens")
public class RefreshTokenResource {

    private final RefreshTokens tokens;

    RefreshTokenResource(RefreshTokens tokens) {
        this.tokens = tokens;
    }

    /**
     * Error: 400 code 800002 for a user that is no GUID.
     *
     * @param user object id of the user whose tokens end; absent or empty for everybody's
     */
    @DELETE
    public void endRefreshTokens(@QueryParam("user") String user) {
        if (user == null || user.isEmpty()) {
            tokens.endAll();
            return;
        }
        tokens.endOf(Guid.read(user)
                .orElseThrow(() -> new DomainException(
                        INVALID_INPUT, "user must be the object id of a user, not %s.".formatted(Quoted.text(user)))));
    }
}
