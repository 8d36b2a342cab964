package csp.platform.webhook.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.testsupport.WebhookReceiver.Received;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** Verifies a notification as the vendor tells receivers to (webhooks.md §4), with the classes of the JDK alone. */
final class SignatureVerifier {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** @param header where the signature is expected */
    static void verify(Received received, String header, String serviceUrl) throws Exception {
        var parts = received.headers().get(header).split(" ");
        assertEquals("Signature", parts[0]);
        assertEquals(2, parts.length);
        var algorithm = received.headers().get("X-MS-Signature-Algorithm").split("-");
        assertEquals(List.of("rsa", "sha256"), List.of(algorithm));
        var certificateUrl = received.headers().get("X-MS-Certificate-Url");
        var certificate = certificate(serviceUrl + URI.create(certificateUrl).getPath());
        assertTrue(certificate.getIssuerX500Principal().getName().contains("O=Microsoft Corporation"));
        verifyChain(certificate, certificate(serviceUrl + "/webhooks/v1/certificates/root.cer"));
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(certificate);
        signature.update(received.body());
        assertTrue(signature.verify(Base64.getDecoder().decode(parts[1])));
    }

    private static void verifyChain(X509Certificate certificate, X509Certificate root) throws Exception {
        var parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
        parameters.setRevocationEnabled(false);
        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate)), parameters);
    }

    /** Without a token. */
    private static X509Certificate certificate(String url) throws Exception {
        var answer = HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofByteArray());
        assertEquals(200, answer.statusCode());
        assertEquals(
                "application/pkix-cert",
                answer.headers().firstValue("Content-Type").orElseThrow());
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(answer.body()));
    }

    private SignatureVerifier() {}
}
