package csp.sandbox.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.shared.error.ErrorCode;
import csp.testsupport.PublishedContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RuleBookTest {

    private static final Pattern NUMBERED = Pattern.compile("(?:R|TR|D|W|ST)\\d+");

    private final RuleBook book = new RuleBook();

    @Test
    void every_error_of_the_catalogue_has_a_rule_whatever_the_operation() {
        assertEquals(
                List.of(),
                Stream.of(ErrorCode.values())
                        .filter(error -> book.ruleOf(error, null).isEmpty())
                        .toList(),
                "add it to rules.txt");
    }

    @Test
    void an_operation_may_have_a_rule_of_its_own_for_an_error() {
        assertEquals(
                "R60",
                book.ruleOf(ErrorCode.RESELLER_PROGRAM_RESTRICTED, "createOrder")
                        .orElseThrow());
        assertEquals(
                "R63",
                book.ruleOf(ErrorCode.RESELLER_PROGRAM_RESTRICTED, "createCustomer")
                        .orElseThrow());
    }

    @Test
    void an_answer_of_which_only_status_and_code_are_known_has_a_rule_too() {
        assertEquals("TR6", book.ruleOf(409, 900101, "createTransfer").orElseThrow());
        assertTrue(book.ruleOf(418, 900101, "createTransfer").isEmpty());
    }

    @Test
    void every_rule_with_a_number_is_one_of_the_parity_page_and_every_word_one_of_the_operating_page()
            throws IOException {
        var parity = Files.readString(Path.of("docs/parity.md"));
        var operating = Files.readString(Path.of("docs/operating.md"));
        assertEquals(
                Set.of(),
                rules().filter(rule -> NUMBERED.matcher(rule).matches()
                                ? !Pattern.compile("\\b" + rule + "\\b")
                                        .matcher(parity)
                                        .find()
                                : !operating.contains("`" + rule + "`"))
                        .collect(Collectors.toSet()));
    }

    @Test
    void every_operation_that_the_table_names_is_published() throws IOException {
        var operations = new TreeSet<String>();
        PublishedContract.read()
                .path("paths")
                .forEach(path -> path.forEach(operation ->
                        operations.add(operation.path("operationId").asText())));
        assertEquals(
                Set.of(),
                words().filter(word -> word.contains("="))
                        .map(word -> word.split("=")[0])
                        .filter(operation -> !operations.contains(operation))
                        .collect(Collectors.toSet()));
    }

    private static Stream<String> rules() throws IOException {
        return words().map(word -> word.substring(word.indexOf('=') + 1));
    }

    private static Stream<String> words() throws IOException {
        return Files.readAllLines(Path.of("src/main/resources/csp/sandbox/journal/rules.txt")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .flatMap(line -> Stream.of(line.split("\\s+")).skip(1));
    }
}
