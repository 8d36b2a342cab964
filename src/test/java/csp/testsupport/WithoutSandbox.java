package csp.testsupport;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** The service as it runs where real data live. Tests that share it share one start. */
public final class WithoutSandbox implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("csp.sandbox", "false");
    }
}
