package csp.identity.api;

import csp.shared.caller.CurrentCaller;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Map;
import java.util.TreeMap;

/** In the tests only: says whom a resource sees behind the token. */
@Path("/v1/test-caller")
public class CallerMirrorResource {

    private final CurrentCaller caller;

    CallerMirrorResource(CurrentCaller caller) {
        this.caller = caller;
    }

    @GET
    public Map<String, Object> mirrorCaller() {
        var seen = caller.get();
        var answer = new TreeMap<String, Object>();
        answer.put("tenantId", String.valueOf(seen.tenantId()));
        answer.put("id", String.valueOf(seen.id()));
        answer.put("applicationId", String.valueOf(seen.applicationId()));
        answer.put("userPrincipalName", String.valueOf(seen.userPrincipalName()));
        answer.put("appOnly", seen.isAppOnly());
        answer.put(
                "roles",
                seen.roles().stream().map(role -> role.wireName).sorted().toList());
        return answer;
    }
}
