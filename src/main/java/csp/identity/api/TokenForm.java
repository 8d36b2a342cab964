package csp.identity.api;

import static csp.identity.OAuthError.BODY_TOO_LARGE;
import static csp.identity.OAuthError.INVALID_CLIENT;
import static csp.identity.OAuthError.INVALID_REQUEST;
import static csp.identity.OAuthError.NOT_A_FORM;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

import csp.identity.OAuthException;
import csp.identity.TokenRequest;

/**
 * Reads the form of a token request. The framework's own form parameters would take the first of several values and hide the
 * rest, which RFC 6749 §3.2 forbids.
 */
class TokenForm {

    static final int MOST_BYTES = 64 * 1024;

    private static final int MOST_CHARACTERS = 8 * 1024;
    private static final String BASIC = "Basic ";

    private TokenForm() {
    }

    /** Errors: invalid_request naming the parameter at fault; invalid_client for a malformed Basic header. */
    static TokenRequest read(InputStream body, HttpHeaders headers) {
        var bytes = bounded(body);
        if (bytes.length > 0 && !isForm(headers.getMediaType())) {
            throw new OAuthException(NOT_A_FORM, "The body must be application/x-www-form-urlencoded.");
        }
        var parameters = parameters(new String(bytes, StandardCharsets.ISO_8859_1));
        var authorization = headers.getHeaderString(HttpHeaders.AUTHORIZATION);
        if (isBasic(authorization)) {
            addClient(authorization.substring(BASIC.length()), parameters);
        }
        return new TokenRequest(parameters);
    }

    private static boolean isForm(MediaType type) {
        return type != null && MediaType.APPLICATION_FORM_URLENCODED_TYPE.isCompatible(type) && !type.isWildcardType();
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

    private static Map<String, String> parameters(String form) {
        Map<String, String> parameters = new HashMap<>();
        for (var pair : form.split("&")) {
            if (pair.isEmpty()) {
                continue;
            }
            var parts = pair.split("=", 2);
            var name = decoded(parts[0]);
            var value = parts.length == 2 ? decoded(parts[1]) : "";
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
            client = utf8(Base64.getDecoder().decode(encoded.strip())).split(":", 2);
        } catch (IllegalArgumentException e) {
            throw new OAuthException(INVALID_CLIENT, "The Basic Authorization header cannot be read.");
        }
        if (client.length != 2) {
            throw new OAuthException(INVALID_CLIENT, "The Basic Authorization header must hold a client id and a secret.");
        }
        var clientId = decoded(client[0]);
        if (!parameters.getOrDefault("client_secret", "").isEmpty()
                || !parameters.getOrDefault("client_id", "").isEmpty() && !parameters.get("client_id").equalsIgnoreCase(clientId)) {
            throw invalid("The client is named twice, use either the Authorization header or 'client_id' and 'client_secret'.");
        }
        parameters.put("client_id", clientId);
        parameters.put("client_secret", decoded(client[1]));
    }

    private static String decoded(String text) {
        try {
            // Via Latin-1 to the bytes that were sent, so that what is not UTF-8 is refused and not replaced.
            return utf8(URLDecoder.decode(text, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            throw invalid("The body is not form-encoded UTF-8.");
        }
    }

    private static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
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
        return new OAuthException(INVALID_REQUEST, description);
    }
}
