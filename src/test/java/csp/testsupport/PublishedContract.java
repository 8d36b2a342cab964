package csp.testsupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The published document, as the service has it on its class path. */
public final class PublishedContract {

    /** Where it is on the class path. */
    public static final String LOCATION = "contract/openapi.yaml";

    private PublishedContract() {}

    /** All of it, as a tree. */
    public static JsonNode read() {
        try (var text = Thread.currentThread().getContextClassLoader().getResourceAsStream(LOCATION)) {
            return new YAMLMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
