package csp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.smallrye.config.ConfigMapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DocumentedSettingsTest {

    @Test
    void every_setting_is_in_one_row_of_the_tables_and_every_row_is_of_a_setting() throws IOException {
        var documented = new ArrayList<String>();
        for (var page : List.of("README.md", "docs/operating.md")) {
            Files.readAllLines(Path.of(page)).stream()
                    .filter(line -> line.startsWith("| `csp."))
                    .flatMap(DocumentedSettingsTest::namesIn)
                    .forEach(documented::add);
        }
        var settings = new ClassFileImporter()
                .importPath(Path.of("target/classes")).stream()
                        .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
                        .flatMap(DocumentedSettingsTest::settingsOf)
                        .sorted()
                        .toList();
        assertEquals(settings, documented.stream().sorted().toList());
    }

    /** Of a first cell such as {@code `csp.mail.talk-limit`, `.tries`}. */
    private static Stream<String> namesIn(String row) {
        var names = new ArrayList<String>();
        for (var name : row.split("\\|")[1].replace("`", "").split(",")) {
            var given = name.strip();
            names.add(
                    given.startsWith(".")
                            ? names.get(0).substring(0, names.get(0).lastIndexOf('.')) + given
                            : given);
        }
        return names.stream();
    }

    private static Stream<String> settingsOf(JavaClass mapping) {
        var prefix = mapping.getAnnotationOfType(ConfigMapping.class).prefix();
        return mapping.getMethods().stream()
                .map(JavaMethod::getName)
                .map(name -> prefix + "." + name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
    }
}
