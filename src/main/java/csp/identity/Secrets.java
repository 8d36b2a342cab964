package csp.identity;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.BCrypt.Version;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategy;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.regex.Pattern;

/** Passwords and client secrets: stored as bcrypt hashes, never in plain (design §2). */
@ApplicationScoped
public class Secrets {

    // 2^8 rounds, some 15 ms. Worlds hold dozens of secrets and CI suites load them again and again; they guard test
    // data.
    private static final int COST = 8;
    private static final Version VERSION = Version.VERSION_2A;
    // Bcrypt reads 72 bytes. A longer secret goes through SHA-512 first, so that its tail counts too.
    private static final LongPasswordStrategy LONG_SECRETS = LongPasswordStrategies.hashSha512(VERSION);

    private static final Pattern BCRYPT_HASH =
            Pattern.compile("\\$2[abxy]\\$(0[4-9]|[12][0-9]|3[01])\\$[./A-Za-z0-9]{53}");

    private final String hashOfNothing = hash("");

    /** The bcrypt hash of {@code plain}, 60 characters with a salt of its own: two hashes of one secret differ. */
    public String hash(String plain) {
        return new String(
                BCrypt.with(VERSION, new SecureRandom(), LONG_SECRETS).hash(COST, bytes(plain)),
                StandardCharsets.US_ASCII);
    }

    /**
     * Whether {@code hash} was made from {@code plain}, compared in constant time. Where there is nothing to compare with (null
     * or not a bcrypt hash) the answer is false and takes as long, so that nobody learns by the clock which accounts exist.
     */
    public boolean matches(String plain, String hash) {
        var comparable = hash != null && BCRYPT_HASH.matcher(hash).matches();
        var result =
                BCrypt.verifyer(VERSION, LONG_SECRETS).verify(bytes(plain), bytes(comparable ? hash : hashOfNothing));
        // Bcrypt ends a key with a zero byte and then repeats it, so "a" and "a\0a" are one key to it.
        return result.verified && comparable && plain.indexOf('\0') < 0;
    }

    private static byte[] bytes(String plain) {
        return plain.getBytes(StandardCharsets.UTF_8);
    }
}
