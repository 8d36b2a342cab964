package csp.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** What is no HTTP. */
class BrokenHttp implements Attack {

    @Override
    public String name() {
        return "broken-http";
    }

    @Override
    public String sentence() {
        return "Requests that two readers could take for different ones, or that are none: 400 or 501, with our error body, and"
                + " without a trace in the log.";
    }

    @Override
    public void run(Stage stage, Findings findings) throws Exception {
        var service = stage.demo();
        var logged = service.log().length();
        cases().forEach((name, request) -> {
            try (var wire = new Wire(service.port(), Stage.PATIENCE)) {
                var answer = wire.ask(request.getBytes(StandardCharsets.ISO_8859_1));
                var missing = new ArrayList<String>();
                for (var part : new String[] {"\"code\":", "\"description\":"}) {
                    if (!answer.body().contains(part)) {
                        missing.add(part);
                    }
                }
                if (!answer.headers().containsKey("ms-correlationid")) {
                    missing.add("MS-CorrelationId");
                }
                findings.check(
                        name,
                        answer.status() + (missing.isEmpty() ? "" : " without " + String.join(" ", missing)),
                        "400 or 501 with our body",
                        (answer.status() == 400 || answer.status() == 501) && missing.isEmpty());
            } catch (IOException e) {
                findings.check(name, "no answer", "400 or 501 with our body", false);
            }
        });
        var traces = Pattern.compile("^\\s+at ", Pattern.MULTILINE)
                .matcher(service.log().substring(logged))
                .results()
                .count();
        findings.atMost("lines of traces in the log", traces, 0, "");
        findings.check("afterwards", "readiness " + service.status(Demo.READINESS), "200", service.isReady());
    }

    private static Map<String, String> cases() {
        var post = "POST /v1/customers HTTP/1.1\r\n";
        var get = "GET /v1/customers HTTP/1.1\r\n";
        var cases = new LinkedHashMap<String, String>();
        cases.put(
                "Transfer-Encoding: xchunked",
                post + "Host: a\r\nTransfer-Encoding: xchunked\r\n\r\n3\r\n{ }\r\n0\r\n\r\n");
        cases.put(
                "Content-Length and Transfer-Encoding",
                post + "Host: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{ }\r\n0\r\n\r\n");
        cases.put("two Hosts", get + "Host: a\r\nHost: b\r\n\r\n");
        cases.put("a folded header", get + "Host: a\r\nX-Folded: one\r\n two\r\n\r\n");
        cases.put("a bad chunk", post + "Host: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{ }\r\n0\r\n\r\n");
        cases.put("a bad request line", "GET /v1/customers\r\nHost: a\r\n\r\n");
        cases.put("no Host", get + "\r\n");
        return cases;
    }
}
