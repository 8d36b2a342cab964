package csp.identity;

import java.security.Key;
import java.util.Optional;

/** The public keys that tokens are verified with: our own, or an external issuer's. */
interface TrustedKeys {

    /** The key from memory, at once; empty when it is not there, which does not mean that there is none. */
    Optional<Key> known(String keyId);

    /** The key, looked up where keys are kept; this may wait for the database or the network. Empty when there is none. */
    Optional<Key> find(String keyId);
}
