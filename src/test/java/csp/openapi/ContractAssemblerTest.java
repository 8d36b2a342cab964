package csp.openapi;

import static org.hamcrest.CoreMatchers.containsString;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** How the source of the contract becomes the contract. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ContractAssemblerTest {

    private static final String DEFINED = """
            errors:
              transferNotFound: {when: it is unknown, summary: Unknown transfer, arguments: [t1]}
              insufficientRole: {when: the role is too low, arguments: [SalesAgent, '{operation}']}
            groups:
              forbidden: [insufficientRole]
            """;

    @Test
    void an_error_is_a_component_with_the_code_and_the_sentence_of_the_catalogue() {
        var document = assembled("[transferNotFound, forbidden]");

        assertEquals("#/components/responses/TransferNotFound", reference(document, "404"));
        assertEquals(
                "| code | when |\n|---|---|\n| 900100 | it is unknown |\n",
                document.at("/components/responses/TransferNotFound/description")
                        .asText());
        assertEquals(
                "{\"code\":900100,\"description\":\"Transfer t1 was not found.\",\"data\":[],\"source\":\"PartnerFD\"}",
                document.at("/components/examples/TransferNotFound/value").toString());
    }

    @Test
    void an_example_that_names_its_operation_stands_with_it() {
        var example = example(assembled("[transferNotFound, forbidden]"), "403", "insufficientRole");

        assertEquals(
                "The role of the caller (SalesAgent) has no right to the operation getIt.",
                example.at("/value/description").asText());
        assertEquals("The role is too low", example.path("summary").asText());
    }

    @Test
    void an_operation_may_say_another_case_and_errors_of_its_own() {
        var document = assembled("""
                [transferNotFound: it was withdrawn, forbidden,
                 gone: {error: ORDER_NOT_FOUND, when: it has no order, arguments: [o1]}]""");

        assertEquals(
                "| code | when |\n|---|---|\n| 900100 | it was withdrawn |\n| 20000 | it has no order |\n",
                response(document, "404").path("description").asText());
        assertEquals(
                "Order o1 was not found.",
                example(document, "404", "gone").at("/value/description").asText());
    }

    @Test
    void an_unknown_name_is_refused() {
        assertRefused("[transferNotFound, forbidden, transferLost]", "transferLost");
    }

    @Test
    void an_error_that_nobody_lists_is_refused() {
        assertRefused("[forbidden]", "transferNotFound");
    }

    @Test
    void an_error_listed_twice_is_refused() {
        assertRefused("[transferNotFound, forbidden, transferNotFound: again]", "getIt lists transferNotFound twice");
    }

    @Test
    void a_missing_argument_of_the_sentence_is_refused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> assembled("[transferNotFound, forbidden, orderNotFound: {when: it has no order}]"));
    }

    private static void assertRefused(String errors, String complaint) {
        var refusal = assertThrows(IllegalStateException.class, () -> assembled(errors));
        assertThat(refusal.getMessage(), containsString(complaint));
    }

    private static ObjectNode assembled(String errors) {
        try {
            var source = (ObjectNode) new YAMLMapper().readTree(DEFINED + """
                    paths: {/it: {get: {operationId: getIt, responses: {'200': {description: It.}}}}}
                    implied: {headers: {}}
                    """);
            ((ObjectNode) source.at("/paths/~1it/get")).set("errors", new YAMLMapper().readTree(errors));
            return ContractAssembler.assemble(source);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static String reference(JsonNode document, String status) {
        return response(document, status).path("$ref").asText();
    }

    private static JsonNode response(JsonNode document, String status) {
        return document.at("/paths/~1it/get/responses").path(status);
    }

    private static JsonNode example(JsonNode document, String status, String name) {
        return response(document, status)
                .at("/content/application~1json/examples")
                .path(name);
    }
}
