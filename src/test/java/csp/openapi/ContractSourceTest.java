package csp.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * Holds the published document in step with its source. With {@code -Dopenapi.write=true} it writes the document
 * instead.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ContractSourceTest {

    private static final Path PUBLISHED = Path.of("openapi.yaml");
    private static final String NOTICE = "# Written from %s; change it there, then run: %s\n"
            .formatted(ContractSource.DIRECTORY, "mvn -q test -Dtest=ContractSourceTest -Dopenapi.write=true");

    @Test
    void the_published_document_is_what_its_source_says() throws IOException {
        var written = NOTICE + YamlText.of(ContractAssembler.assemble(ContractSource.read()));
        if (Boolean.getBoolean("openapi.write")) {
            Files.writeString(PUBLISHED, written);
        }

        assertEquals(written, Files.readString(PUBLISHED), NOTICE);
    }
}
