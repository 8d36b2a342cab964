import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.net.URL;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;

/** Prints the notifications that are signed as they should be. The argument: where the root of the certificates is. */
class Receiver {

    public static void main(String[] root) throws Exception {
        var server = HttpServer.create(new InetSocketAddress("localhost", Integer.getInteger("port", 8090)), 0);
        server.createContext("/", request -> {
            var body = request.getRequestBody().readAllBytes();
            var status = 401;
            try {
                if (isSigned(body, request.getRequestHeaders(), root[0])) {
                    System.out.println(summary(new String(body)));
                    status = 200;
                }
            } catch (Exception unverifiable) {
                // Refused like what is forged.
            }
            request.sendResponseHeaders(status, -1);
        });
        server.start();
    }

    static boolean isSigned(byte[] body, Headers headers, String root) throws Exception {
        var certificate = certificate(headers.getFirst("X-MS-Certificate-Url"));
        certificate.verify(certificate(root).getPublicKey());
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(certificate);
        signature.update(body);
        return certificate.getIssuerX500Principal().getName().contains("O=Microsoft Corporation")
                && signature.verify(Base64.getDecoder().decode(headers.getFirst("Authorization").split(" ")[1]));
    }

    private static X509Certificate certificate(String address) throws Exception {
        try (var der = new URL(address).openStream()) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(der);
        }
    }

    /** Event, transfer, and the partner that is told: the address of the transfer lacks its id, that of the audit record has it. */
    private static String summary(String body) {
        var record = field(body, "AuditUri").split("[/_]");
        return field(body, "EventName") + " " + record[record.length - 3] + " to " + record[record.length - 5];
    }

    private static String field(String body, String name) {
        return body.replaceAll("(?s).*\"" + name + "\":\"([^\"]*)\".*", "$1");
    }
}
