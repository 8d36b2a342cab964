package csp.identity;

import java.security.Key;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The public keys that tokens are verified with: our own, or an external issuer's. */
interface TrustedKeys {

    /** The key from memory, at once; empty when it is not there, which does not mean that there is none. */
    Optional<Key> known(String keyId);

    /**
     * Completes when {@link #known} tells all there is to know of the key, which may wait for the database or the network, but
     * in no thread of the caller's. Fails when our own keys cannot be read.
     */
    CompletionStage<Void> lookUp(String keyId);
}
