package csp.console.frame;

import java.net.URI;

/** Requests as lines for a shell. A token is a variable there and a secret too: neither is ever written out. */
public final class Curl {

    private Curl() {}

    public static String line(URI base, String method, String path, String variable, String body) {
        var line = new StringBuilder("curl -s");
        if (!method.equals("GET") && !(method.equals("POST") && body != null)) {
            line.append(" -X ").append(method);
        }
        line.append(' ')
                .append(quoted(base + path))
                .append(" -H \"Authorization: Bearer $")
                .append(variable)
                .append('"');
        if (body != null) {
            line.append(" -H \"Content-Type: application/json\" -d ").append(quoted(body));
        }
        return line.toString();
    }

    static String tokenOf(URI base, Identity identity) {
        var variable = identity.variable();
        var who = identity.isUser()
                ? " -d grant_type=password -d client_id=e0000000-0000-4000-8000-0000000000fe -d username=%s -d password=\"$%s_PASSWORD\""
                        .formatted(identity.login(), variable)
                : " -d grant_type=client_credentials -d client_id=%s -d client_secret=\"$%s_SECRET\""
                        .formatted(identity.login(), variable);
        return token(variable, base + "/" + identity.tenantDomain() + "/oauth2/token", who);
    }

    static String operatorToken(URI base) {
        return token(
                "OPERATOR",
                base + "/sandbox/oauth2/token",
                " -d grant_type=client_credentials -d client_id=e0000000-0000-4000-8000-0000000000ff"
                        + " -d client_secret=\"$OPERATOR_SECRET\"");
    }

    private static String token(String variable, String endpoint, String who) {
        return "%s=$(curl -s %s%s -d resource=https://api.partnercenter.microsoft.com | sed -E 's/.*\"access_token\":\"([^\"]+)\".*/\\1/')"
                .formatted(variable, endpoint, who);
    }

    private static String quoted(String text) {
        return text.matches("[\\w:/.@=-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
