package csp.console.frame;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import csp.shared.config.CspConfig;
import csp.shared.http.Exchange;
import csp.shared.http.InnerRequests;
import csp.shared.time.MachineTime;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One look at the console: who looks, as whom, and what is asked of the public API meanwhile. Nothing of it is remembered by the
 * service; the choice of the reader is in cookies, so that any copy goes on with it.
 */
@RequestScoped
public class Visit {

    static final String PATH = "/console";

    private static final String CHOICE = "csp-console-identity";
    private static final String TOKEN = "csp-console-token";
    private static final String OPERATOR = "csp-console-operator";
    private static final String FORM = "csp-console-form";
    private static final String JSON_TYPE = "application/json";
    private static final JsonMapper JSON = new JsonMapper();

    private static final int MOST_LOOKS_AGAIN = 10;
    private static final long MILLISECONDS_BETWEEN_LOOKS = 100;

    private final RoutingContext context;
    private final Loopback loopback;
    private final SignIn signIn;
    private final InnerRequests inner;
    private final URI publicUrl;
    private final Clock machine;
    private final List<Call> shown = new ArrayList<>();
    /** The same for all that one look or action asks. */
    private final String correlationId = UUID.randomUUID().toString();

    private KnownWorld world;
    private Instant now;
    private String formToken;
    private String notice;

    Visit(
            RoutingContext context,
            Loopback loopback,
            SignIn signIn,
            InnerRequests inner,
            CspConfig config,
            @MachineTime Clock machine) {
        this.context = context;
        this.loopback = loopback;
        this.signIn = signIn;
        this.inner = inner;
        this.publicUrl = config.publicUrl();
        this.machine = machine;
    }

    /** The world as it is now; read once, and again after an action. */
    public KnownWorld world() {
        if (world == null) {
            world = new KnownWorld(operatorGet("/sandbox/scenario").json());
        }
        return world;
    }

    /** What the clock of the service says. */
    public Instant now() {
        if (now == null) {
            var clock = operatorGet("/sandbox/clock");
            if (!clock.json().has("now")) {
                throw new IllegalStateException("The clock answered " + clock.status() + " '" + clock.text() + "'");
            }
            now = Instant.parse(clock.json().path("now").asText());
        }
        return now;
    }

    /** Empty for a text that is none. */
    public Moment moment(String time) {
        return time == null || time.isEmpty() ? null : Moment.read(time, now());
    }

    /** As whom the reader looks: as chosen, else the first partner's. Empty in an empty world. */
    public Optional<Identity> identity() {
        var chosen = context.request().getCookie(CHOICE);
        return (chosen == null ? Optional.<Identity>empty() : world().identity(chosen.getValue()))
                .or(() -> world().partners().stream()
                        .flatMap(partner -> partner.identities().stream())
                        .findFirst());
    }

    /** Whose side the identity is on. */
    public Optional<Tenant> ownTenant() {
        return identity()
                .flatMap(identity -> Stream.concat(world().partners().stream(), world().customers().stream())
                        .filter(tenant -> tenant.identities().contains(identity))
                        .findFirst());
    }

    /** Whoever acts for a tenant: the chosen identity where it is of that tenant, else its strongest. */
    public Optional<Identity> actorOf(UUID tenantId) {
        return ownTenant()
                .filter(own -> own.id().equals(tenantId))
                .flatMap(own -> identity())
                .or(() -> world().strongest(tenantId));
    }

    public void choose(String identityKey) {
        setCookie(CHOICE, identityKey);
    }

    /** A look at the API to show a page; it is not shown as an action. */
    public Call get(Identity as, String path) {
        return send(as, "GET", path, null, true);
    }

    /** An action, shown to the reader with what became of it. */
    public Call act(Identity as, String method, String path, Object body) {
        var call = send(as, method, path, text(body), false);
        shown.add(call);
        world = null;
        return call;
    }

    /** An action that can only be refused, to learn with what. It is no action of the reader's and not shown as one. */
    public Call attempt(Identity as, String method, String path, Object body) {
        return send(as, method, path, text(body), true);
    }

    public Call operatorGet(String path) {
        return sendAsOperator("GET", path, null, true);
    }

    public Call operatorGet(String path, String accept) {
        return sendAsOperator("GET", path, null, true, Map.of("Accept", accept));
    }

    /** An action of the operator, shown to the reader with what became of it. */
    public Call operatorAct(String method, String path, Object body) {
        var call = sendAsOperator(method, path, text(body), false);
        shown.add(call);
        world = null;
        now = null;
        return call;
    }

    /** What the reader is told beside the actions. */
    public void tell(String sentence) {
        notice = sentence;
    }

    /** The address in the browser, when the page is another one than what was posted to. */
    public void at(String path) {
        context.response().putHeader("HX-Push-Url", path);
    }

    /** The form of an action. Error: {@link ForgedFormException} without the token that our pages put into theirs. */
    public FormData form(InputStream body) {
        var form = FormData.read(body);
        var sent = context.request().getCookie(FORM);
        if (sent == null || !FormToken.same(sent.getValue(), form.get(FormToken.FIELD))) {
            throw new ForgedFormException("The form did not come from a page of this console, so nothing was done.");
        }
        return form;
    }

    /** Signs somebody in whose secret the console does not know; the browser keeps the token. */
    boolean unlock(Identity identity, String secret) {
        var token = signIn.tokenWith(this, identity, secret);
        token.ifPresent(found -> setCookie(TOKEN, identity.key() + "|" + found));
        return token.isPresent();
    }

    private Optional<String> tokenOf(Identity identity) {
        var cookie = context.request().getCookie(TOKEN);
        var prefix = identity.key() + "|";
        return cookie != null && cookie.getValue().startsWith(prefix)
                ? Optional.of(cookie.getValue().substring(prefix.length()))
                : signIn.token(this, identity);
    }

    /** Signs the operator in with a secret that is not the well-known one. */
    boolean enter(String secret) {
        var token = signIn.operatorToken(this, secret);
        token.ifPresent(found -> setCookie(OPERATOR, found));
        return token.isPresent();
    }

    /** What surrounds every page. */
    public Frame frame(String title, Section section) {
        var chosen = identity();
        return new Frame(
                title,
                section,
                chosen.orElse(null),
                ownTenant().orElse(null),
                world(),
                Moment.of(now(), now()),
                shift(),
                formToken(),
                List.copyOf(shown),
                notice,
                chosen.filter(identity -> tokenOf(identity).isEmpty()).isPresent(),
                correlationId);
    }

    /** For pages that may be shown to whoever is not the operator. */
    Frame bareFrame(String title) {
        return new Frame(
                title, null, null, null, null, null, null, formToken(), List.of(), notice, false, correlationId);
    }

    private String shift() {
        var ahead = Duration.between(machine.instant(), now());
        return Math.abs(ahead.getSeconds()) < 2 ? null : Moment.amount(ahead);
    }

    String formToken() {
        if (formToken == null) {
            var cookie = context.request().getCookie(FORM);
            formToken = cookie != null && FormToken.isWellFormed(cookie.getValue())
                    ? cookie.getValue()
                    : FormToken.random();
            setCookie(FORM, formToken);
        }
        return formToken;
    }

    private void setCookie(String name, String value) {
        context.response()
                .addCookie(Cookie.cookie(name, value)
                        .setHttpOnly(true)
                        .setPath(PATH)
                        .setSameSite(CookieSameSite.STRICT)
                        .setSecure(context.request().isSSL()));
    }

    private Call send(Identity as, String method, String path, String body, boolean look) {
        var token = tokenOf(as);
        if (token.isEmpty()) {
            return refusedSignIn(as, method, path);
        }
        var answer = exchange(method, path, token.get(), body, look, Map.of());
        if (answer.status() == 401) { // the world may have another user under the same id now
            signIn.forget(as);
            token = signIn.token(this, as);
            if (token.isEmpty()) {
                return refusedSignIn(as, method, path);
            }
            answer = exchange(method, path, token.get(), body, look, Map.of());
        }
        return call(answer, method, path, body, as.label(), as.variable(), Curl.tokenOf(publicUrl, as));
    }

    private Call refusedSignIn(Identity as, String method, String path) {
        var answer = new Loopback.Answer(
                401,
                new byte[0],
                JSON.createObjectNode()
                        .put(
                                "description",
                                "%s cannot sign in here: its secret is not that of a demo identity that the console knows."
                                        .formatted(as.label())),
                null);
        return call(answer, method, path, null, as.label(), as.variable(), Curl.tokenOf(publicUrl, as));
    }

    private Call sendAsOperator(String method, String path, String body, boolean look) {
        return sendAsOperator(method, path, body, look, Map.of());
    }

    private Call sendAsOperator(String method, String path, String body, boolean look, Map<String, String> headers) {
        var cookie = context.request().getCookie(OPERATOR);
        var given = cookie == null ? null : cookie.getValue();
        var token = given == null ? signIn.wellKnownOperatorToken(this) : Optional.of(given);
        var answer = token.map(present -> exchange(method, path, present, body, look, headers));
        if (answer.isEmpty() || answer.get().status() == 401) {
            signIn.forgetOperator();
            throw new OperatorUnknownException();
        }
        return call(answer.get(), method, path, body, "operator", "OPERATOR", Curl.operatorToken(publicUrl));
    }

    /** The bytes of what is open to everybody; null when there is nothing. */
    public byte[] open(String path) {
        var answer = loopback.exchange(
                context.request().localAddress(), context.request().isSSL(), "GET", path, inner.mark(), null, null);
        return answer.status() == 200 ? answer.bytes() : null;
    }

    Loopback.Answer token(String path, Map<String, String> form) {
        return loopback.exchange(
                context.request().localAddress(),
                context.request().isSSL(),
                "POST",
                path,
                inner.mark(),
                "application/x-www-form-urlencoded",
                FormData.write(form));
    }

    private Loopback.Answer exchange(
            String method, String path, String token, String body, boolean look, Map<String, String> more) {
        var headers = new HashMap<>(more);
        headers.putIfAbsent("Accept", JSON_TYPE);
        headers.put("Authorization", "Bearer " + token);
        headers.put(Exchange.REQUEST_ID, UUID.randomUUID().toString());
        headers.put(Exchange.CORRELATION_ID, correlationId);
        if (look) {
            headers.putAll(inner.mark());
        }
        var request = context.request();
        Supplier<Loopback.Answer> asking = () ->
                loopback.exchange(request.localAddress(), request.isSSL(), method, path, headers, JSON_TYPE, body);
        var answer = asking.get();
        // A look changes nothing and no fault strikes it; what is in its way, as a load of the world, is soon over.
        for (var again = 0; look && isOfTheMoment(answer) && again < MOST_LOOKS_AGAIN; again++) {
            pause();
            answer = asking.get();
        }
        return answer;
    }

    /** No answer or nothing in it, somebody at work, or busy. */
    private static boolean isOfTheMoment(Loopback.Answer answer) {
        var status = answer.status();
        return status == 0
                || status == 200 && answer.bytes().length == 0
                || status == 409
                || status == 429
                || status >= 500;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(MILLISECONDS_BETWEEN_LOOKS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Call call(
            Loopback.Answer answer,
            String method,
            String path,
            String body,
            String who,
            String variable,
            String tokenLine) {
        return new Call(
                method,
                path,
                body,
                answer.status(),
                answer.text(),
                answer.json(),
                answer.correlationId(),
                who,
                Curl.line(publicUrl, method, path, variable, body),
                tokenLine);
    }

    private static String text(Object body) {
        if (body == null || body instanceof String) {
            return (String) body;
        }
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** An object to fill, for the body of an action. */
    public static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** Empty for a text that is no JSON. */
    public static Optional<JsonNode> parse(String text) {
        try {
            return Optional.ofNullable(JSON.readTree(text));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
