package csp.junit;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** A running sandbox, as its operator steers it. Every method throws {@link IllegalStateException} with the answer when that is not 2xx. */
public final class Sandbox {

    private static final Pattern ACCESS_TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");
    private static final String OPERATOR = "e0000000-0000-4000-8000-0000000000ff";
    private static final String RESOURCE = "https://api.partnercenter.microsoft.com";
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private final URI baseUrl;
    private final String operatorSecret;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private String operator;

    Sandbox(URI baseUrl, String operatorSecret) {
        this.baseUrl = baseUrl;
        this.operatorSecret = operatorSecret;
    }

    /** What a storefront is configured with, without a slash at its end. */
    public URI baseUrl() {
        return baseUrl;
    }

    /** An access token of the partner's application. */
    public String token(DemoPartner partner) {
        return token(partner.domain(), partner.clientId(), partner.secret());
    }

    /** An access token of an application; {@code tenant} is the id of its tenant or one of its domains. */
    public String token(String tenant, String clientId, String secret) {
        return requestToken(
                tenant,
                Map.of(
                        "grant_type", "client_credentials",
                        "client_id", clientId,
                        "client_secret", secret,
                        "resource", RESOURCE));
    }

    /** Loads a scenario document on top of what is there. */
    public void load(String scenario) {
        control("POST", "/sandbox/scenarios", scenario);
    }

    /** Back to the scenario it was started with, and to the time of the machine; what was recorded is forgotten. */
    public void reset() {
        control("POST", "/sandbox/reset", "");
    }

    /** Moves the clock on; what falls due meanwhile has happened on return. */
    public void advance(Duration by) {
        control("POST", "/sandbox/clock/advance", "{\"by\":\"" + by + "\"}");
    }

    /** Has the next requests meet a fault, as the operation {@code createFault} describes it. */
    public void fault(String fault) {
        control("POST", "/sandbox/faults", fault);
    }

    /** The requests since the last reset, newest first, one JSON object per line. */
    public String journal() {
        return asOperator(request("/sandbox/journal").GET())
                .replaceFirst("\\{\"items\":\\[", "")
                .replaceFirst("]}$", "")
                .replace(",{\"id\":", "\n{\"id\":");
    }

    /**
     * What the real service would not have taken, and what to do about it; empty when there is nothing.
     *
     * @param severity from which on: {@code info}, {@code warning} or {@code error}
     */
    public String report(String severity) {
        var xml = asOperator(request("/sandbox/report?severity=" + severity)
                .header("Accept", "application/xml")
                .GET());
        try {
            var failures = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(xml)))
                    .getElementsByTagName("failure");
            return IntStream.range(0, failures.getLength())
                    .mapToObj(failures::item)
                    .map(failure -> attribute(failure, "type") + " " + attribute(failure.getParentNode(), "name") + ": "
                            + failure.getTextContent().strip())
                    .collect(Collectors.joining("\n\n"));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalStateException("The report cannot be read: " + xml, e);
        }
    }

    private static String attribute(Node of, String name) {
        return of.getAttributes().getNamedItem(name).getNodeValue();
    }

    /** Any other call of the operator: the answer's body. */
    public String control(String method, String path, String body) {
        return asOperator(
                request(path).header("Content-Type", "application/json").method(method, BodyPublishers.ofString(body)));
    }

    private synchronized String asOperator(HttpRequest.Builder request) {
        if (operator == null) {
            operator = token("sandbox", OPERATOR, operatorSecret);
        }
        return send(request.header("Authorization", "Bearer " + operator).build());
    }

    private String requestToken(String tenant, Map<String, String> form) {
        var body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        var answer = send(request("/" + tenant + "/oauth2/token")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body))
                .build());
        var token = ACCESS_TOKEN.matcher(answer);
        if (!token.find()) {
            throw new IllegalStateException("No access token in " + answer);
        }
        return token.group(1);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(baseUrl + path)).timeout(LONGEST_WAIT);
    }

    private String send(HttpRequest request) {
        HttpResponse<String> answer;
        try {
            answer = http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException("No answer to " + request.method() + " " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(
                    request.method() + " " + request.uri() + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }
}
