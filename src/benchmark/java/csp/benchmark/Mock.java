package csp.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** WireMock, which answers what the service answered, byte for byte, without having done anything. */
class Mock {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;

    Mock(Path directory) {
        this.directory = directory;
    }

    /** Asks the service once for each operation and writes its answers down as stubs. */
    void learn(LoadGenerator generator, int port, World world, Tokens tokens) {
        Stream.of(World.Supply.values()).forEach(supply -> world.provide(supply, 1));
        Stream.of(Operation.values())
                .filter(operation -> operation != Operation.STOREFRONT)
                .forEach(operation -> {
                    var call = operation.calls(world, tokens).get();
                    stub(operation, call, generator.answer(port, call));
                });
    }

    private void stub(Operation operation, Call call, String answer) {
        var request = new HashMap<String, Object>();
        request.put("method", call.method().name());
        request.put("urlPathPattern", Operation.pattern(call));
        if (operation == Operation.ACCEPT_50) {
            request.put("queryParameters", Map.of("lines", Map.of("equalTo", "50")));
        }
        var stub = Map.of(
                "priority",
                operation == Operation.ACCEPT_50 ? 1 : 5,
                "request",
                request,
                "response",
                Map.of(
                        "status",
                        call.expected(),
                        "body",
                        answer,
                        "headers",
                        Map.of("Content-Type", "application/json; charset=utf-8")));
        try {
            var mappings = Files.createDirectories(directory.resolve("mappings"));
            JSON.writeValue(mappings.resolve(operation.name() + ".json").toFile(), stub);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Server start(Settings settings) {
        return Server.wireMock(
                settings.options(),
                directory,
                Operation.LIST
                        .calls(World.imagined(settings.transfers()), new Tokens("", ""))
                        .get()
                        .path());
    }
}
