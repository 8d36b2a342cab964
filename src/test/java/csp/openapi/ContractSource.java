package csp.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files of the contract, joined: paths, components, errors and groups of all areas in one tree. Nothing may be said
 * in two of them.
 */
final class ContractSource {

    static final Path DIRECTORY = Path.of("src/main/openapi");

    /** How deep files share maps: a path has operations, a kind of component has names. */
    private static final int SHARED_LEVELS = 2;

    private ContractSource() {}

    static ObjectNode read() throws IOException {
        var joined = JsonNodeFactory.instance.objectNode();
        try (var files = Files.list(DIRECTORY)) {
            for (var file : files.sorted().toList()) {
                join(joined, new YAMLMapper().readTree(file.toFile()), file.getFileName() + "#", SHARED_LEVELS);
            }
        }
        return joined;
    }

    private static void join(ObjectNode joined, JsonNode part, String place, int levels) {
        part.properties().forEach(property -> {
            var name = property.getKey();
            if (!joined.has(name)) {
                joined.set(name, property.getValue());
            } else if (levels > 0 && joined.get(name) instanceof ObjectNode before) {
                join(before, property.getValue(), place + "/" + name, levels - 1);
            } else {
                throw new IllegalStateException(place + "/" + name + " is said in another file, too");
            }
        });
    }
}
