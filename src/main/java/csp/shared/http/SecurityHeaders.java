package csp.shared.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * What every answer tells caches and browsers: nothing of the API is kept, nothing is taken for another type than it says, no page is
 * shown within another, and a page runs what this service serves and nothing else.
 */
@ApplicationScoped
class SecurityHeaders {

    /** Whatever else a filter does, its answers have the headers. */
    private static final int BEFORE_ALL = 20_000;

    private static final CharSequence CONTENT_TYPE_OPTIONS = HttpHeaders.createOptimized("X-Content-Type-Options");
    private static final CharSequence CONTENT_SECURITY_POLICY = HttpHeaders.createOptimized("Content-Security-Policy");
    private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
    private static final CharSequence NO_SNIFF = HttpHeaders.createOptimized("nosniff");
    private static final CharSequence PAGES = HttpHeaders.createOptimized(
            "default-src 'self'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'");
    /** Its page starts the interface with a script of its own, its style sheets are made by scripts, its icons are data. */
    private static final CharSequence SWAGGER_UI = HttpHeaders.createOptimized(
            "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
                    + " frame-ancestors 'none'; base-uri 'self'; form-action 'self'");

    void register(@Observes Filters filters) {
        filters.register(
                context -> {
                    context.addHeadersEndHandler(ignored -> add(context));
                    context.next();
                },
                BEFORE_ALL);
    }

    private static void add(RoutingContext context) {
        var path = pathOf(context);
        var headers = context.response().headers();
        if (!path.startsWith("/q/") && !headers.contains(HttpHeaders.CACHE_CONTROL)) {
            headers.set(HttpHeaders.CACHE_CONTROL, NO_STORE);
        }
        headers.set(CONTENT_TYPE_OPTIONS, NO_SNIFF);
        headers.set(CONTENT_SECURITY_POLICY, path.startsWith("/q/swagger-ui") ? SWAGGER_UI : PAGES);
    }

    private static String pathOf(RoutingContext context) {
        try {
            return context.normalizedPath();
        } catch (IllegalArgumentException wrongEscape) {
            return ""; // refused, but with these headers: an exception here would be the end of the answer
        }
    }
}
