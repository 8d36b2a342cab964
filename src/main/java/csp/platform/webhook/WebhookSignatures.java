package csp.platform.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import csp.shared.config.CspConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;

/** Signs notifications as receivers verify them (webhooks.md §4): RSA PKCS#1 v1.5 with SHA-256 over the bytes that are sent. */
@ApplicationScoped
class WebhookSignatures {

    /** Below the public URL, open to everybody. */
    private static final String CERTIFICATES = "/webhooks/v1/certificates/";

    private final WebhookCertificates certificates;
    private final String publicUrl;

    WebhookSignatures(WebhookCertificates certificates, CspConfig config) {
        this.certificates = certificates;
        this.publicUrl = config.publicUrl().toString();
    }

    Signer current() {
        var identity = certificates.current();
        return new Signer(identity.key(), publicUrl + CERTIFICATES + identity.thumbprint() + ".cer");
    }

    /** With the present key and its present certificate. */
    record Signer(PrivateKey key, String certificateUrl) {

        /** In Base64. The same for the same body, as this kind of signature has nothing random. */
        String sign(String body) {
            try {
                var signature = Signature.getInstance("SHA256withRSA");
                signature.initSign(key);
                signature.update(body.getBytes(UTF_8));
                return Base64.getEncoder().encodeToString(signature.sign());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        /** @param inMsHeader whether the signature comes in {@code x-ms-signature} */
        Map<String, String> headers(String signature, boolean inMsHeader) {
            return Map.of(
                    "Content-Type",
                    "application/json",
                    inMsHeader ? "x-ms-signature" : "Authorization",
                    "Signature " + signature,
                    "X-MS-Certificate-Url",
                    certificateUrl,
                    "X-MS-Signature-Algorithm",
                    "rsa-sha256");
        }
    }
}
