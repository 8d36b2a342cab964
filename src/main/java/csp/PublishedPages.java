package csp;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import csp.shared.config.CspConfig;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Serves the contract as it stands, which the framework would first parse at every start, and Swagger UI. Both explain themselves with
 * the demo world; where there is no demo world, or no sandbox, they are served without: other ids in the examples, no secrets, nothing
 * filled in.
 */
@ApplicationScoped
class PublishedPages {

    private static final Pattern CONTRACT = Pattern.compile("/q/openapi(\\.json|\\.ya?ml)?/?");
    private static final Pattern SWAGGER_UI = Pattern.compile("/q/swagger-ui/(index\\.html)?");

    /** Out of the framework's sight. */
    private static final String CONTRACT_FILE = "/contract/openapi.yaml";
    /** Where the build puts the page with client and secret of the demo filled in, into the package alone. */
    private static final String SWAGGER_UI_FILE =
            "/META-INF/io.smallrye_smallrye-open-api-ui__jar/META-INF/resources/openapi-ui/index.html";

    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    /** After whatever else looks at every request. */
    private static final int LATE = 10;

    /** All but the public client and the operator, who exist in every world. */
    private static final Pattern DEMO_ID = Pattern.compile(
            "(?<!\\p{XDigit})(?!e0{7}-0000-4000-8000-0{10}f[ef])[0-9a-f]0{7}-0000-4000-8000-\\p{XDigit}{12}(?!\\p{XDigit})");

    private static final Pattern DEMO_PARTNER_ID = Pattern.compile("\\b48000(\\d\\d)\\b");
    private static final Pattern DEMO_SECRET = Pattern.compile("\\b[a-z]+-(?:secret|password)\\b");
    private static final Pattern OPERATOR_SECRET = Pattern.compile("(client_secret: |secret `)sandbox\\b");
    private static final String NO_SECRET = "YOUR_SECRET";

    private final Instance<CspConfig> config;
    private final Map<Page, Buffer> made = new ConcurrentHashMap<>();

    /** The settings are looked up with the first request: filters are made before those of the run are known. */
    PublishedPages(Instance<CspConfig> config) {
        this.config = config;
    }

    private enum Page {
        YAML("application/yaml"),
        JSON("application/json"),
        SWAGGER_UI("text/html");

        private final String type;

        Page(String type) {
            this.type = type + ";charset=UTF-8";
        }
    }

    void register(@Observes Filters filters) {
        filters.register(this::serve, LATE);
    }

    private void serve(RoutingContext context) {
        var path = context.normalizedPath();
        if (!path.startsWith("/q/") || !READS.contains(context.request().method())) {
            context.next();
        } else if (CONTRACT.matcher(path).matches()) {
            answer(context, asksForJson(context, path) ? Page.JSON : Page.YAML);
        } else if (SWAGGER_UI.matcher(path).matches() && !isDemo()) {
            answer(context, Page.SWAGGER_UI);
        } else {
            context.next();
        }
    }

    /** As the framework decides it. */
    private static boolean asksForJson(RoutingContext context, String path) {
        if (path.contains(".")) {
            return path.endsWith(".json");
        }
        var accepted = context.request().getHeader(HttpHeaders.ACCEPT);
        var format = context.queryParam("format").stream().findFirst().orElse("");
        return accepted != null && accepted.contains("application/json") || format.equalsIgnoreCase("json");
    }

    private void answer(RoutingContext context, Page page) {
        context.response().putHeader(HttpHeaders.CONTENT_TYPE, page.type).end(made.computeIfAbsent(page, this::make));
    }

    private Buffer make(Page page) {
        return switch (page) {
            case YAML -> Buffer.buffer(contract());
            case JSON -> json(contract());
            case SWAGGER_UI -> Buffer.buffer(nothingFilledIn(read(SWAGGER_UI_FILE)));
        };
    }

    private String contract() {
        var text = read(CONTRACT_FILE);
        return isDemo() ? text : withoutDemo(text);
    }

    private boolean isDemo() {
        var settings = config.get();
        return settings.scenario().equals("demo") && settings.sandbox();
    }

    private static String withoutDemo(String text) {
        var ids = DEMO_ID.matcher(text).replaceAll(found -> another(found.group()));
        var partners = DEMO_PARTNER_ID.matcher(ids).replaceAll("55555$1");
        var secrets = DEMO_SECRET.matcher(partners).replaceAll(NO_SECRET);
        return OPERATOR_SECRET.matcher(secrets).replaceAll("$1" + NO_SECRET);
    }

    /** The same for the same id, in the letter case of the rest. */
    private static String another(String id) {
        var lowerCase = id.toLowerCase(Locale.ROOT);
        var other = UUID.nameUUIDFromBytes(lowerCase.getBytes(StandardCharsets.US_ASCII))
                .toString();
        return id.equals(lowerCase) ? other : other.toUpperCase(Locale.ROOT);
    }

    private static String nothingFilledIn(String page) {
        return DEMO_SECRET.matcher(DEMO_ID.matcher(page).replaceAll("")).replaceAll("");
    }

    private static Buffer json(String yaml) {
        try {
            return Buffer.buffer(new JsonMapper().writeValueAsBytes(new YAMLMapper().readTree(yaml)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(String resource) {
        try (var file = PublishedPages.class.getResourceAsStream(resource)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
