package csp.console.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** The operations of the published contract by name. */
final class OperationNames {

    private static final Pattern OPERATION = Pattern.compile("(?m)^ +operationId: (\\w+)$");
    /** What most come for. */
    private static final String FIRST = "acceptTransfer";

    private OperationNames() {}

    static List<String> all() {
        return Published.NAMES;
    }

    /** Read when a page first wants them. */
    private static final class Published {

        private static final List<String> NAMES = read();

        private static List<String> read() {
            try (var contract = OperationNames.class.getResourceAsStream("/contract/openapi.yaml")) {
                return OPERATION
                        .matcher(new String(contract.readAllBytes(), StandardCharsets.UTF_8))
                        .results()
                        .map(found -> found.group(1))
                        .sorted((one, other) -> one.equals(FIRST) ? -1 : other.equals(FIRST) ? 1 : one.compareTo(other))
                        .toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
