package csp.platform.webhook;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where notifications are posted to: an absolute address of the web without user information and fragment.
 *
 * @param uri as it was registered
 */
public record CallbackUrl(URI uri) {

    /** The longest that is accepted, in characters. */
    public static final int LONGEST = 2048;

    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;
    private static final int FIRST_UNPRIVILEGED_PORT = 1024;
    private static final int LAST_PORT = 65_535;

    /** @throws IllegalArgumentException for a text that is none; the message goes on where its name stands before */
    public static CallbackUrl read(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "must be at most %d characters long but has %d".formatted(LONGEST, text.length()));
        }
        var uri = parsed(text);
        if (!"https".equalsIgnoreCase(uri.getScheme()) && !"http".equalsIgnoreCase(uri.getScheme())) {
            throw new IllegalArgumentException("must be an absolute URL of the scheme https");
        }
        if (uri.getHost() == null || uri.getHost().isEmpty()) {
            throw new IllegalArgumentException("must name a host");
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("must not have user information");
        }
        if (uri.getRawFragment() != null) {
            throw new IllegalArgumentException("must not have a fragment");
        }
        if (uri.getPort() == 0 || uri.getPort() > LAST_PORT) {
            throw new IllegalArgumentException("must have a port from 1 to %d".formatted(LAST_PORT));
        }
        return new CallbackUrl(uri);
    }

    /** Whether a text is one. */
    public static boolean isOne(String text) {
        try {
            read(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static URI parsed(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("must be a URL", e);
        }
    }

    /**
     * What of it the open internet does not allow, as far as it shows before the host is resolved: a scheme without encryption, and
     * the ports of other services.
     *
     * @throws IllegalArgumentException as {@link #read}
     */
    void requireFitForInternet() {
        if (!isEncrypted()) {
            throw new IllegalArgumentException("must be of the scheme https");
        }
        if (port() != HTTPS_PORT && port() < FIRST_UNPRIVILEGED_PORT) {
            throw new IllegalArgumentException(
                    "must have the port %d or one from %d on".formatted(HTTPS_PORT, FIRST_UNPRIVILEGED_PORT));
        }
    }

    boolean isEncrypted() {
        return "https".equalsIgnoreCase(uri.getScheme());
    }

    /** Without the brackets of an IPv6 address. */
    String host() {
        var host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    int port() {
        return uri.getPort() >= 0 ? uri.getPort() : isEncrypted() ? HTTPS_PORT : HTTP_PORT;
    }

    /** Path and query, for the first line of a request. */
    String target() {
        var path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }
}
