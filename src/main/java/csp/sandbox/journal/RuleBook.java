package csp.sandbox.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import csp.shared.error.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which rule of docs/parity.md stands behind a refusal: rules.txt, next to this class. */
public final class RuleBook {

    private static final String TABLE = "rules.txt";

    private final Map<ErrorCode, String> usual = new EnumMap<>(ErrorCode.class);
    private final Map<ErrorCode, Map<String, String>> ofOperations = new EnumMap<>(ErrorCode.class);

    /** Reads the table. */
    public RuleBook() {
        try (var table = RuleBook.class.getResourceAsStream(TABLE)) {
            new String(table.readAllBytes(), UTF_8).lines().forEach(this::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(String line) {
        if (line.isBlank() || line.startsWith("#")) {
            return;
        }
        var words = line.split("\\s+");
        var error = ErrorCode.valueOf(words[0]);
        usual.put(error, words[1]);
        var others = new HashMap<String, String>();
        Arrays.stream(words).skip(2).map(word -> word.split("=", 2)).forEach(pair -> others.put(pair[0], pair[1]));
        ofOperations.put(error, others);
    }

    /** @param operation operationId; null when none matched */
    public Optional<String> ruleOf(ErrorCode error, String operation) {
        return Optional.ofNullable(
                ofOperations.getOrDefault(error, Map.of()).getOrDefault(operation, usual.get(error)));
    }

    /** For a refusal of which no more is known: the first error of the catalogue that is answered so. */
    public Optional<String> ruleOf(int status, int code, String operation) {
        return Arrays.stream(ErrorCode.values())
                .filter(error -> error.status == status && error.code == code)
                .findFirst()
                .flatMap(error -> ruleOf(error, operation));
    }
}
