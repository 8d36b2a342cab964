package csp.console.frame;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a person filled in; a scenario may be in it, which is larger than the framework lets a field be. */
public final class FormData {

    private static final int MOST_FIELDS = 10_000;

    private final Map<String, List<String>> fields;

    private FormData(Map<String, List<String>> fields) {
        this.fields = fields;
    }

    static FormData read(InputStream body) {
        try {
            var text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            return new FormData(
                    new QueryStringDecoder(text, StandardCharsets.UTF_8, false, MOST_FIELDS, true).parameters());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String write(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** Empty when it is not there. */
    public String get(String name) {
        return fields.getOrDefault(name, List.of("")).get(0).strip();
    }

    /** Empty when nothing was filled in. */
    public Optional<String> filled(String name) {
        return Optional.of(get(name)).filter(text -> !text.isEmpty());
    }

    public List<String> all(String name) {
        return fields.getOrDefault(name, List.of());
    }
}
