package csp.testsupport;

import static java.nio.charset.StandardCharsets.UTF_8;

import at.favre.lib.crypto.bcrypt.BCrypt;

/**
 * The password and client secret of partners and users that tests make for themselves. They are loaded as a hash, and one
 * that is quick to verify: what a hash costs is tested where secrets are.
 */
public final class TestSecret {

    public static final String PLAIN = "a-secret-of-tests";

    private static final int CHEAPEST = 4;

    /** As a scenario document takes it in place of the plain text. */
    public static final String HASH =
            new String(BCrypt.with(BCrypt.Version.VERSION_2A).hash(CHEAPEST, PLAIN.getBytes(UTF_8)), UTF_8);

    private TestSecret() {}
}
