package csp.console.frame;

import csp.shared.config.CspConfig;
import csp.shared.error.ErrorCode;
import csp.shared.http.Refusals;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.net.URI;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Leads from {@code /} to the console, and keeps others' pages out of it: what does not come from a page of this very service does
 * nothing here. Without a sandbox there is no console, and nothing that it would need.
 */
@ApplicationScoped
class ConsoleGate {

    /** What receivers of notifications post to: no browser, and it changes no world. */
    private static final String RECEIVER = Visit.PATH + "/receiver/";

    private static final String WEBJARS = "/webjars/";
    private static final String ASSETS = Visit.PATH + "/assets/";
    private static final Pattern ADDRESS = Pattern.compile("localhost|\\d+\\.\\d+\\.\\d+\\.\\d+|\\[[\\p{XDigit}:.]+]");
    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");
    /** After whatever else looks at every request. */
    private static final int LATE = 9;

    private final Instance<CspConfig> config;
    private final Refusals refusals;

    /** The settings are looked up with the first request: filters are made before those of the run are known. */
    ConsoleGate(Instance<CspConfig> config, Refusals refusals) {
        this.config = config;
        this.refusals = refusals;
    }

    void register(@Observes Filters filters) {
        filters.register(this::pass, LATE);
    }

    private void pass(RoutingContext context) {
        var path = context.normalizedPath();
        var request = context.request();
        if (!config.get().sandbox()) {
            if (path.startsWith(WEBJARS) || path.startsWith(ASSETS)) {
                refusals.answer(context, ErrorCode.RESOURCE_NOT_FOUND, path);
            } else {
                context.next();
            }
        } else if (path.equals("/") && READS.contains(request.method()) && isOfABrowser(request)) {
            context.response()
                    .setStatusCode(302)
                    .putHeader(HttpHeaders.LOCATION, Visit.PATH)
                    .end();
        } else if (path.equals(Visit.PATH) || path.startsWith(Visit.PATH + "/")) {
            enter(context, path);
        } else {
            context.next();
        }
    }

    /** A client of the API that goes astray is told so as everywhere else, by its missing token. */
    private static boolean isOfABrowser(HttpServerRequest request) {
        var accept = request.getHeader(HttpHeaders.ACCEPT);
        return !request.headers().contains(HttpHeaders.AUTHORIZATION)
                && (accept == null || accept.contains("text/html") || accept.contains("*/*"));
    }

    private void enter(RoutingContext context, String path) {
        var request = context.request();
        if (path.startsWith(RECEIVER) || isOwn(request)) {
            context.next();
        } else {
            context.response()
                    .setStatusCode(403)
                    .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain;charset=UTF-8")
                    .end(
                            "The console takes what comes from its own pages, at the address of this service. Nothing was done.");
        }
    }

    /** A name that leads here today may be anybody's (DNS rebinding), so the name counts too. */
    private boolean isOwn(HttpServerRequest request) {
        var host = request.authority();
        if (host == null || !isOurs(host.host())) {
            return false;
        }
        if (READS.contains(request.method())) {
            return true;
        }
        var site = request.getHeader("Sec-Fetch-Site");
        var origin = request.getHeader(HttpHeaders.ORIGIN);
        return (site == null || OWN_SITE.contains(site)) && (origin == null || isOwn(origin, host.toString()));
    }

    private boolean isOurs(String host) {
        return ADDRESS.matcher(host).matches()
                || host.equalsIgnoreCase(config.get().publicUrl().getHost());
    }

    private static boolean isOwn(String origin, String host) {
        try {
            return host.equalsIgnoreCase(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
