package csp.directory.country;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** The file {@code countries.properties}, which says where its values come from. */
final class CountryData {

    private final Properties values = new Properties();

    private CountryData() {}

    static CountryData read() {
        try (var file = CountryData.class.getResourceAsStream("countries.properties")) {
            var data = new CountryData();
            data.values.load(file);
            return data;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<String> text(String key) {
        return Optional.ofNullable(values.getProperty(key));
    }

    /** Empty when there is none. */
    List<String> list(String key) {
        return text(key).map(text -> List.of(text.split(","))).orElse(List.of());
    }
}
