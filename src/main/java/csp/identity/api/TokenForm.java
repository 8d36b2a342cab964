package csp.identity.api;

import static csp.identity.OAuthError.BODY_TOO_LARGE;
import static csp.identity.OAuthError.NOT_A_FORM;
import static csp.identity.OAuthError.REQUEST_MALFORMED;
import static csp.identity.OAuthError.SECRET_INVALID;

import csp.identity.OAuthException;
import csp.identity.TokenRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads the form of a token request. The framework's own form parameters would take the first of several values and hide the
 * rest, which RFC 6749 §3.2 forbids.
 */
class TokenForm {

    static final int MOST_BYTES = 64 * 1024;

    private static final int MOST_CHARACTERS = 8 * 1024;
    private static final String BASIC = "Basic ";

    private TokenForm() {}

    /** Errors: invalid_request naming the parameter at fault; invalid_client for a malformed Basic header. */
    static TokenRequest read(InputStream body, HttpHeaders headers) {
        var bytes = bounded(body);
        var parameters = bytes.length == 0
                ? new HashMap<String, String>()
                : parameters(
                        new String(bytes, StandardCharsets.ISO_8859_1),
                        charset(headers.getHeaderString(HttpHeaders.CONTENT_TYPE)));
        var authorization = headers.getHeaderString(HttpHeaders.AUTHORIZATION);
        if (isBasic(authorization)) {
            addClient(authorization.substring(BASIC.length()), parameters);
        }
        return new TokenRequest(parameters);
    }

    /** UTF-8 unless the header says otherwise, as some HTTP clients do. */
    private static Charset charset(String contentType) {
        try {
            var type = MediaType.valueOf(contentType);
            if (type.getType().equalsIgnoreCase("application")
                    && type.getSubtype().equalsIgnoreCase("x-www-form-urlencoded")) {
                return Charset.forName(type.getParameters().getOrDefault(MediaType.CHARSET_PARAMETER, "UTF-8"));
            }
        } catch (IllegalArgumentException e) {
            // an unreadable header or an unknown charset: not a form that could be read
        }
        throw new OAuthException(NOT_A_FORM, "The body must be application/x-www-form-urlencoded in UTF-8.");
    }

    static boolean isBasic(String authorization) {
        return authorization != null && authorization.regionMatches(true, 0, BASIC, 0, BASIC.length());
    }

    private static byte[] bounded(InputStream body) {
        try {
            var bytes = body.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new OAuthException(BODY_TOO_LARGE, "The body is larger than " + MOST_BYTES + " bytes.");
            }
            return bytes;
        } catch (IOException e) {
            throw invalid("The body cannot be read.");
        }
    }

    private static Map<String, String> parameters(String form, Charset charset) {
        Map<String, String> parameters = new HashMap<>();
        for (var pair : form.split("&")) {
            if (pair.isEmpty()) {
                continue;
            }
            var parts = pair.split("=", 2);
            var name = decoded(parts[0], charset);
            var value = parts.length == 2 ? decoded(parts[1], charset) : "";
            if (hasControlCharacter(name)) {
                throw invalid("The name of a parameter contains a control character.");
            }
            if (hasControlCharacter(value)) {
                throw invalid("The parameter '" + shown(name) + "' contains a control character.");
            }
            if (value.length() > MOST_CHARACTERS) {
                throw invalid("The parameter '" + shown(name) + "' is longer than " + MOST_CHARACTERS + " characters.");
            }
            if (parameters.put(name, value) != null) {
                throw invalid("The parameter '" + shown(name) + "' is repeated.");
            }
        }
        return parameters;
    }

    /** RFC 6749 §2.3.1: both halves are form-encoded. */
    private static void addClient(String encoded, Map<String, String> parameters) {
        String[] client;
        try {
            client = strict(Base64.getDecoder().decode(encoded.strip()), StandardCharsets.UTF_8)
                    .split(":", 2);
        } catch (IllegalArgumentException e) {
            throw new OAuthException(SECRET_INVALID, "The Basic Authorization header cannot be read.");
        }
        if (client.length != 2) {
            throw new OAuthException(
                    SECRET_INVALID, "The Basic Authorization header must hold a client id and a secret.");
        }
        var clientId = decoded(client[0], StandardCharsets.UTF_8);
        if (!parameters.getOrDefault("client_secret", "").isEmpty()
                || !parameters.getOrDefault("client_id", "").isEmpty()
                        && !parameters.get("client_id").equalsIgnoreCase(clientId)) {
            throw invalid(
                    "The client is named twice, use either the Authorization header or 'client_id' and 'client_secret'.");
        }
        parameters.put("client_id", clientId);
        parameters.put("client_secret", decoded(client[1], StandardCharsets.UTF_8));
    }

    private static String decoded(String text, Charset charset) {
        try {
            // Via Latin-1 to the bytes that were sent, so that what is not in the charset is refused and not replaced.
            return strict(
                    URLDecoder.decode(text, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1),
                    charset);
        } catch (IllegalArgumentException e) {
            throw invalid("The parameters are not form-encoded " + charset + ".");
        }
    }

    private static String strict(byte[] bytes, Charset charset) {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static boolean hasControlCharacter(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    private static String shown(String name) {
        return name.substring(0, Math.min(name.length(), 40));
    }

    private static OAuthException invalid(String description) {
        return new OAuthException(REQUEST_MALFORMED, description);
    }
}
