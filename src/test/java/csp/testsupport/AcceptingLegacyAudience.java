package csp.testsupport;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/**
 * The service for archived client libraries, which ask for tokens that the real service takes no more (W40). Tests that share it
 * share one start.
 */
public final class AcceptingLegacyAudience implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("csp.identity.legacy-audience", "accept");
    }
}
