package csp.chaos;

import com.sun.net.httpserver.HttpServer;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** Nobody waits for somebody else's keys. */
class HangingIssuer implements Attack {

    private static final int UNKNOWN = 300;

    @Override
    public String name() {
        return "hanging-issuer";
    }

    @Override
    public String sentence() {
        return "The key set of the external issuer hangs, and 300 tokens come that name keys nobody has: all are answered within"
                + " seconds, and tokens of known keys and readiness meanwhile.";
    }

    @Override
    public void run(Stage stage, Findings findings) throws Exception {
        try (var issuer = new Issuer();
                var crowd = new Crowd()) {
            var service = stage.start(Setup.demo()
                    .with("csp.identity.issuer", issuer.name())
                    .with("csp.identity.jwks-url", issuer.name() + "/keys"));
            var known = Demo.read(issuer.token("known"));
            var before = service.status(known);
            if (before != 200) {
                throw new IllegalStateException("A good token gets " + before + ":\n" + service.lastLines());
            }
            List<Request> strange = new ArrayList<>();
            for (var number = 0; number < UNKNOWN; number++) {
                strange.add(Demo.read(issuer.token("unknown-" + number)));
            }
            var quiet = Quiet.reads(service, issuer.token("known"), 2_000);
            issuer.hang();
            var readiness = crowd.asking(service.port(), Demo.READINESS, 1, 100);
            var reads = crowd.asking(service.port(), known, 2, 100);
            var unknown = new Samples();
            try (var strangers = new Crowd()) {
                strangers.join(UNKNOWN, number -> {
                    try (var wire = new Wire(service.port(), Duration.ofSeconds(30))) {
                        wire.ask(strange.get(number), unknown);
                    }
                });
                strangers.await(Duration.ofSeconds(40));
            }
            crowd.stop();
            findings.answered("300 tokens of unknown keys", unknown, 10_000, 401, 503);
            findings.answered(
                    "tokens of known keys meanwhile (alone: p99 %s ms)".formatted(Findings.figure(quiet.p99())),
                    reads,
                    2_000,
                    200);
            findings.answered("readiness meanwhile", readiness, 2_000, 200);
        }
    }

    /** Publishes one key, until it hangs; signs with it whatever the token says of its key. */
    private static final class Issuer implements AutoCloseable {

        private final HttpServer server;
        private final KeyPair keys;
        private final CountDownLatch released = new CountDownLatch(1);
        private volatile boolean hangs;

        Issuer() throws Exception {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            keys = generator.generateKeyPair();
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newCachedThreadPool(task -> {
                var thread = new Thread(task, "issuer");
                thread.setDaemon(true);
                return thread;
            }));
            server.createContext("/keys", exchange -> {
                try {
                    if (hangs) {
                        released.await();
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                var set = keySet().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, set.length);
                exchange.getResponseBody().write(set);
                exchange.close();
            });
            server.start();
        }

        String name() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        void hang() {
            hangs = true;
        }

        private String keySet() {
            var key = (RSAPublicKey) keys.getPublic();
            return "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"known\",\"n\":\"%s\",\"e\":\"%s\"}]}"
                    .formatted(number(key.getModulus()), number(key.getPublicExponent()));
        }

        /** A token of Contoso's application, as an issuer of the vendor's kind writes it. */
        String token(String keyId) throws GeneralSecurityException {
            var now = Instant.now().getEpochSecond();
            var claims = """
                    {"iss":"%s","aud":"https://api.partnercenter.microsoft.com","tid":"%s","appid":"%3$s","azp":"%3$s","oid":"%3$s",\
                    "sub":"%3$s","idtyp":"app","amr":["pwd","mfa"],"iat":%4$d,"nbf":%4$d,"exp":%5$d,"jti":"%6$s"}""".formatted(
                    name(), Demo.CONTOSO, Demo.CONTOSO_APPLICATION, now, now + 3600, keyId.toUpperCase(Locale.ROOT));
            var signed = text("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"" + keyId + "\"}") + "." + text(claims);
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + encoded(signature.sign());
        }

        private static String number(BigInteger number) {
            var bytes = number.toByteArray();
            var sign = bytes[0] == 0 ? 1 : 0;
            return encoded(Arrays.copyOfRange(bytes, sign, bytes.length));
        }

        private static String text(String json) {
            return encoded(json.getBytes(StandardCharsets.UTF_8));
        }

        private static String encoded(byte[] bytes) {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        }

        @Override
        public void close() {
            released.countDown();
            server.stop(0);
        }
    }
}
