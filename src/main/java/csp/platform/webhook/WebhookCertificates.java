package csp.platform.webhook;

import csp.shared.storage.PlainSql;
import csp.shared.time.MachineTime;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The key that notifications are signed with and its certificate: docs/adr/0017-certificate-of-webhooks.md. The key is made once and
 * kept in the database, so that all copies and restarts share it; the certificate is renewed before it ends, on the machine's clock.
 */
@ApplicationScoped
public class WebhookCertificates {

    private static final int BITS = 2048;
    private static final Duration VALID = Duration.ofDays(397);
    private static final Duration RENEWED_BEFORE_END = Duration.ofDays(60);
    private static final Duration ROOT_VALID = Duration.ofDays(20 * 365);
    /** Clocks of receivers differ. */
    private static final Duration VALID_BEFORE = Duration.ofDays(1);

    private static final Pattern THUMBPRINT = Pattern.compile("[0-9a-f]{40}");

    private final PlainSql sql;
    private final Clock clock;
    private final String organization;
    private volatile Identity read;

    WebhookCertificates(PlainSql sql, @MachineTime Clock clock, WebhooksConfig config) {
        this.sql = sql;
        this.clock = clock;
        this.organization = config.issuerOrganization();
    }

    /** @param thumbprint SHA-1 of the certificate, in lower case */
    record Identity(String thumbprint, PrivateKey key) {}

    /** What to sign with. Reads the table each time: another copy may have met a wiped database, or renewed the certificate. */
    Identity current() {
        var thumbprint = currentThumbprint();
        var before = read;
        if (before != null && before.thumbprint().equals(thumbprint)) {
            return before;
        }
        var identity = new Identity(thumbprint, keys().signing());
        read = identity;
        return identity;
    }

    /** A certificate of the signing key, present or former, as DER. */
    public Optional<byte[]> certificate(String thumbprint) {
        return THUMBPRINT.matcher(thumbprint).matches()
                ? sql.first(
                        "select certificate from webhook_certificate where thumbprint = ?",
                        row -> row.getBytes(1),
                        thumbprint)
                : Optional.empty();
    }

    /** The certificate that issued the present one, as DER: what a receiver trusts that verifies the chain. */
    public byte[] root() {
        return sql.first(
                        "select root from webhook_certificate where thumbprint = ?",
                        row -> row.getBytes(1),
                        currentThumbprint())
                .orElseThrow();
    }

    private String currentThumbprint() {
        return latest().orElseGet(() -> {
            issue();
            return latest().orElseThrow();
        });
    }

    /** One that does not end soon. Two copies may make one each at the same time; every copy then takes the same. */
    private Optional<String> latest() {
        return sql.first(
                "select thumbprint from webhook_certificate where organization = ? and not_after > ?"
                        + " order by not_after desc, thumbprint limit 1",
                row -> row.getString(1),
                organization,
                clock.instant().plus(RENEWED_BEFORE_END));
    }

    private void issue() {
        var keys = keys();
        try {
            // To the second, as certificates have it: it must be the same name and time wherever it is compared.
            var from = Instant.ofEpochSecond(clock.instant().minus(VALID_BEFORE).getEpochSecond());
            var rootName = name("CSP transfer service webhook root");
            var root = certificate(rootName, rootName, keys.root(), keys.root(), from, from.plus(ROOT_VALID), true);
            var end = from.plus(VALID);
            var certificate = certificate(
                    rootName, name("CSP transfer service webhooks"), keys.root(), keys.signing(), from, end, false);
            sql.update("""
                    insert into webhook_certificate (thumbprint, organization, certificate, root, not_after)
                    values (?, ?, ?, ?, ?) on conflict do nothing""", thumbprint(certificate), organization, certificate, root, end);
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("No certificate can be made", e);
        }
    }

    private X500Name name(String commonName) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, organization)
                .addRDN(BCStyle.CN, commonName)
                .build();
    }

    private static byte[] certificate(
            X500Name issuer,
            X500Name subject,
            PrivateKey issuerKey,
            PrivateKey subjectKey,
            Instant from,
            Instant end,
            boolean isRoot)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        var publicKey = publicKey(subjectKey);
        var extensions = new JcaX509ExtensionUtils();
        var builder = new JcaX509v3CertificateBuilder(
                        issuer,
                        new BigInteger(127, new SecureRandom()),
                        Date.from(from),
                        Date.from(end),
                        subject,
                        publicKey)
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(isRoot))
                .addExtension(
                        Extension.keyUsage,
                        true,
                        new KeyUsage(isRoot ? KeyUsage.keyCertSign | KeyUsage.cRLSign : KeyUsage.digitalSignature))
                .addExtension(Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(publicKey))
                .addExtension(
                        Extension.authorityKeyIdentifier,
                        false,
                        extensions.createAuthorityKeyIdentifier(publicKey(issuerKey)));
        var signer = new JcaContentSignerBuilder("SHA256withRSA").build(issuerKey);
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(signer))
                .getEncoded();
    }

    private static PublicKey publicKey(PrivateKey key) throws GeneralSecurityException {
        var rsa = (RSAPrivateCrtKey) key;
        return KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
    }

    private static String thumbprint(byte[] certificate) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(certificate));
    }

    private record Keys(PrivateKey signing, PrivateKey root) {}

    private Keys keys() {
        return storedKeys().orElseGet(() -> {
            sql.update(
                    "insert into webhook_key (signing_key, root_key, created) values (?, ?, ?) on conflict do nothing",
                    newKey().getPrivate().getEncoded(),
                    newKey().getPrivate().getEncoded(),
                    clock.instant());
            return storedKeys().orElseThrow();
        });
    }

    private Optional<Keys> storedKeys() {
        return sql.first(
                "select signing_key, root_key from webhook_key",
                row -> new Keys(parsed(row.getBytes(1)), parsed(row.getBytes(2))));
    }

    private static KeyPair newKey() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PrivateKey parsed(byte[] key) {
        try {
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(key));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The stored key of webhooks is none", e);
        }
    }
}
