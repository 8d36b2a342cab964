package csp;

import csp.shared.config.CspConfig;
import io.quarkus.smallrye.openapi.runtime.OpenApiConstants;
import io.quarkus.smallrye.openapi.runtime.OpenApiDocumentService;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.openapi.runtime.io.Format;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The published document and Swagger UI explain themselves with the demo world, whose ids and secrets the build writes into both.
 * Where there is no demo world, or no sandbox, they are served without: other ids in the examples, no secrets, nothing filled in.
 */
@ApplicationScoped
class PagesWithoutDemo {

    private static final Pattern DOCUMENT = Pattern.compile("/q/openapi(\\.json|\\.ya?ml)?/?");
    private static final Pattern SWAGGER_UI = Pattern.compile("/q/swagger-ui/(index\\.html)?");
    private static final String SWAGGER_UI_FILE = "META-INF/swagger-ui-files/index.html";

    /** All but the public client and the operator, who exist in every world. */
    private static final Pattern DEMO_ID =
            Pattern.compile("\\b(?!e0{7}-0000-4000-8000-0{10}f[ef])[0-9a-f]0{7}-0000-4000-8000-[0-9a-fA-F]{12}\\b");

    private static final Pattern DEMO_PARTNER_ID = Pattern.compile("\\b48000(\\d\\d)\\b");
    private static final Pattern DEMO_SECRET = Pattern.compile("\\b[a-z]+-(?:secret|password)\\b");
    private static final Pattern OPERATOR_SECRET = Pattern.compile("(client_secret\"?\\s*:\\s*\"?|secret `)sandbox\\b");
    /** After whatever else looks at every request. */
    private static final int LATE = 10;

    private static final String NO_SECRET = "********";

    private final Instance<CspConfig> config;
    private final Instance<OpenApiDocumentService> document;
    private final Map<Format, String> documents = new ConcurrentHashMap<>();

    /** Both are looked up with the first request: filters are made before the settings of the run are known. */
    PagesWithoutDemo(Instance<CspConfig> config, Instance<OpenApiDocumentService> document) {
        this.config = config;
        this.document = document;
    }

    void register(@Observes Filters filters) {
        filters.register(this::serve, LATE);
    }

    private void serve(RoutingContext context) {
        var path = context.normalizedPath();
        var reads = path.startsWith("/q/") && context.request().method().equals(HttpMethod.GET);
        if (!reads || isDemo()) {
            context.next();
        } else if (DOCUMENT.matcher(path).matches()) {
            var format = format(context, path);
            answer(
                    context,
                    format.getMimeType(),
                    documents.computeIfAbsent(
                            format,
                            wished -> neutral(new String(
                                    document.get().getDocument(OpenApiConstants.DEFAULT_DOCUMENT_NAME, wished),
                                    StandardCharsets.UTF_8))));
        } else if (SWAGGER_UI.matcher(path).matches()) {
            swaggerUi().ifPresentOrElse(page -> answer(context, "text/html", page), () -> context.fail(404));
        } else {
            context.next();
        }
    }

    private boolean isDemo() {
        var settings = config.get();
        return settings.scenario().equals("demo") && settings.sandbox();
    }

    /** As the framework decides it. */
    private static Format format(RoutingContext context, String path) {
        var accepted = context.request().getHeader(HttpHeaders.ACCEPT);
        var asked = context.queryParam("format").stream().findFirst().orElse("");
        var json = path.endsWith(".json")
                || !path.contains(".")
                        && (accepted != null && accepted.contains("application/json")
                                || asked.equalsIgnoreCase("json"));
        return json ? Format.JSON : Format.YAML;
    }

    private static void answer(RoutingContext context, String type, String body) {
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, type + ";charset=UTF-8")
                .end(body);
    }

    private static String neutral(String text) {
        var ids = DEMO_ID.matcher(text).replaceAll(found -> another(found.group()));
        var partners = DEMO_PARTNER_ID.matcher(ids).replaceAll("55555$1");
        var secrets = DEMO_SECRET.matcher(partners).replaceAll(NO_SECRET);
        return OPERATOR_SECRET.matcher(secrets).replaceAll("$1" + NO_SECRET);
    }

    /** The same for the same id, in the letter case of the rest. */
    private static String another(String id) {
        var other = UUID.nameUUIDFromBytes(id.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII))
                .toString();
        return id.equals(id.toLowerCase(Locale.ROOT)) ? other : other.toUpperCase(Locale.ROOT);
    }

    private static Optional<String> swaggerUi() {
        try (var page = Thread.currentThread().getContextClassLoader().getResourceAsStream(SWAGGER_UI_FILE)) {
            return Optional.ofNullable(page == null ? null : page.readAllBytes())
                    .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                    .map(text -> DEMO_ID.matcher(text).replaceAll(""))
                    .map(text -> DEMO_SECRET.matcher(text).replaceAll(""));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
