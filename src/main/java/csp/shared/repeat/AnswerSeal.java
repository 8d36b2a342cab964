package csp.shared.repeat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts the answers that are kept for repeats: one of them may hold what nobody may read later, such as the first password of a
 * customer. The key follows from the request's id and body, and of the id only a digest is stored, so that nobody but a
 * repetition of the request can open its answer.
 */
final class AnswerSeal {

    private static final String LABEL = "answer of a repeatable request:";
    private static final String MAC = "HmacSHA256";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec key;

    private AnswerSeal(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    /** The seal of a request. */
    static AnswerSeal of(String requestId, byte[] body) {
        try {
            var mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec((LABEL + requestId).getBytes(StandardCharsets.UTF_8), MAC));
            return new AnswerSeal(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is stored in place of a request's id, by which its answer is found again; 64 characters. */
    static String storedId(String requestId) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(requestId.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Base64 of nonce and cipher text; never the same twice. */
    String close(String answer) {
        var nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        var encrypted = run(Cipher.ENCRYPT_MODE, nonce, answer.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder()
                .encodeToString(ByteBuffer.allocate(nonce.length + encrypted.length)
                        .put(nonce)
                        .put(encrypted)
                        .array());
    }

    /** The answer that was closed. One that was stored before answers were encrypted is JSON and comes back as it is. */
    String open(String closed) {
        if (closed.startsWith("{") || closed.startsWith("[")) {
            return closed;
        }
        var bytes = ByteBuffer.wrap(Base64.getDecoder().decode(closed));
        var nonce = new byte[NONCE_BYTES];
        bytes.get(nonce);
        var encrypted = new byte[bytes.remaining()];
        bytes.get(encrypted);
        return new String(run(Cipher.DECRYPT_MODE, nonce, encrypted), StandardCharsets.UTF_8);
    }

    private byte[] run(int mode, byte[] nonce, byte[] text) {
        try {
            var cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A stored answer cannot be sealed or opened", e);
        }
    }
}
