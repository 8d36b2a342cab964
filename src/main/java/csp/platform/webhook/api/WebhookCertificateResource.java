package csp.platform.webhook.api;

import static csp.shared.error.ErrorCode.WEBHOOK_CERTIFICATE_NOT_FOUND;

import csp.platform.webhook.WebhookCertificates;
import csp.shared.error.DomainException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Locale;

/** What receivers verify notifications with (webhooks.md §4), open to everybody: each one certificate, as DER. */
@Path("/webhooks/v1/certificates")
public class WebhookCertificateResource {

    private static final String DER = "application/pkix-cert";
    private static final String ROOT = "root";

    private final WebhookCertificates certificates;

    WebhookCertificateResource(WebhookCertificates certificates) {
        this.certificates = certificates;
    }

    /** {@code X-MS-Certificate-Url} of a notification, or {@code root.cer}. Error: 404 code 1000. */
    @GET
    @Path("{name}.cer")
    public Response getWebhookCertificate(@PathParam("name") String name) {
        var certificate = name.equals(ROOT)
                ? certificates.root()
                : certificates
                        .certificate(name.toLowerCase(Locale.ROOT))
                        .orElseThrow(() -> new DomainException(WEBHOOK_CERTIFICATE_NOT_FOUND, name));
        return Response.ok(certificate, DER).build();
    }
}
