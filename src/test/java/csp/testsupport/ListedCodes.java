package csp.testsupport;

import static java.util.Comparator.comparingLong;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Which error codes the published document lists for each status of each operation, and which of them tests have met.
 * What is met is kept in a file, since each profile of the tests has its own class loader, and further JVMs may follow.
 */
final class ListedCodes {

    private static final Path DIRECTORY = Path.of("target/contract-codes");
    private static final Path MET = DIRECTORY.resolve("met.txt");
    private static final Path NOT_MET = DIRECTORY.resolve("not-met.txt");
    private static final Pattern SLASHES = Pattern.compile("/{2,}");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\|");

    private final JsonNode document;
    private final List<Operation> operations;
    private final Set<String> met = ConcurrentHashMap.newKeySet();

    private record Operation(String method, String template, Pattern form, JsonNode definition) {

        static Operation of(String method, String template, JsonNode definition) {
            var form = template.replaceAll("\\{\\w+}", "[^/]+").replace(".", "\\.");
            return new Operation(method, template, Pattern.compile(form), definition);
        }

        boolean isAt(String sentMethod, String path) {
            return method.equalsIgnoreCase(sentMethod) && form.matcher(path).matches();
        }

        String id() {
            return definition.path("operationId").asText();
        }

        long placeholders() {
            return template.chars().filter(character -> character == '{').count();
        }
    }

    private ListedCodes(JsonNode document) {
        this.document = document;
        var found = new ArrayList<Operation>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> found.add(Operation.of(method.getKey(), path.getKey(), method.getValue()))));
        found.sort(comparingLong(Operation::placeholders));
        operations = List.copyOf(found);
    }

    static ListedCodes read() {
        return new ListedCodes(PublishedContract.read());
    }

    /**
     * Remembers that a test met the code.
     *
     * @return what is wrong with it: the operation does not list it for this status. An unknown path has nothing to list.
     */
    Optional<String> meet(String method, String path, int status, int code) {
        var normal = SLASHES.matcher(path).replaceAll("/");
        return operations.stream()
                .filter(operation -> operation.isAt(method, normal))
                .findFirst()
                .flatMap(operation -> meet(operation, status, code));
    }

    private Optional<String> meet(Operation operation, int status, int code) {
        var line = line(operation, Integer.toString(status), Integer.toString(code));
        if (met.contains(line)) {
            return Optional.empty();
        }
        if (!linesOf(operation).contains(line)) {
            return Optional.of("openapi.yaml does not list the code: " + line);
        }
        if (met.add(line)) {
            write(MET, List.of(line), StandardOpenOption.APPEND);
        }
        return Optional.empty();
    }

    /** Writes which of the listed codes no test has met since the last {@code mvn clean}; nothing without a contract test. */
    static void report() {
        if (Files.exists(MET)) {
            var listed = read();
            var missing = new TreeSet<String>();
            listed.operations.forEach(operation -> missing.addAll(listed.linesOf(operation)));
            try {
                Files.readAllLines(MET).forEach(missing::remove);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            write(NOT_MET, missing, StandardOpenOption.TRUNCATE_EXISTING);
        }
    }

    /** From the tables in the descriptions, and from the examples where a body has another form than the others. */
    private Set<String> linesOf(Operation operation) {
        var lines = new TreeSet<String>();
        operation.definition().path("responses").properties().forEach(answer -> {
            var response = resolved(answer.getValue());
            var rows = ROW.matcher(response.path("description").asText());
            while (rows.find()) {
                lines.add(line(operation, answer.getKey(), rows.group(1)));
            }
            response.at("/content/application~1json/examples").forEach(example -> {
                var code = resolved(example).at("/value/code");
                if (!answer.getKey().startsWith("2") && code.isInt()) {
                    lines.add(line(operation, answer.getKey(), code.asText()));
                }
            });
        });
        return lines;
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }

    private static String line(Operation operation, String status, String code) {
        return "%s %s %s".formatted(operation.id(), status, code);
    }

    private static void write(Path file, Iterable<String> lines, StandardOpenOption how) {
        try {
            Files.createDirectories(DIRECTORY);
            Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
