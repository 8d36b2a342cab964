package csp.sandbox.fault;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The operations of the published document that faults may strike: all but those of the sandbox. Read when first asked for. */
@ApplicationScoped
class PublishedOperations {

    private static final String CONTRACT = "/contract/openapi.yaml";
    private static final Pattern PATH = Pattern.compile(" {2}'?(/[^':]*)'?:");
    private static final Pattern OPERATION = Pattern.compile(" {6}operationId: (\\w+)");
    private static final Pattern OPEN = Pattern.compile(" {6}security: \\[]");

    private Map<String, PublishedOperation> operations;

    /**
     * An operation of the document.
     *
     * @param isOpen whether it is called without a token
     */
    record PublishedOperation(String path, boolean isOpen) {

        boolean isTokenEndpoint() {
            return path.endsWith("/token");
        }
    }

    synchronized Optional<PublishedOperation> find(String operationId) {
        if (operations == null) {
            operations = read();
        }
        return Optional.ofNullable(operations.get(operationId));
    }

    private static Map<String, PublishedOperation> read() {
        var found = new HashMap<String, PublishedOperation>();
        try (var lines = new BufferedReader(new InputStreamReader(
                PublishedOperations.class.getResourceAsStream(CONTRACT), StandardCharsets.UTF_8))) {
            var path = "";
            var operation = "";
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var ofPath = PATH.matcher(line);
                var ofOperation = OPERATION.matcher(line);
                if (ofPath.matches()) {
                    path = ofPath.group(1);
                } else if (ofOperation.matches()) {
                    operation = ofOperation.group(1);
                    if (!path.startsWith("/sandbox/")) {
                        found.put(operation, new PublishedOperation(path, false));
                    }
                } else if (OPEN.matcher(line).matches() && found.containsKey(operation)) {
                    found.put(operation, new PublishedOperation(path, true));
                }
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
