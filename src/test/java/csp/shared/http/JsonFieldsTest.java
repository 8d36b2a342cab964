package csp.shared.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.shared.error.DomainException;
import csp.shared.error.ErrorCode;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every body is read through it, so that what holds here holds for every field of its kind. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class JsonFieldsTest {

    @ParameterizedTest
    @CsvSource({"'26',26", "'\"26\"',26", "'\"0\"',0", "'\"-3\"',-3", "'\"007\"',7", "'\"2147483647\"',2147483647"})
    void W7_a_whole_number_in_a_string_is_that_number(String json, int number) {
        assertEquals(Optional.of(number), body(json).integer("x"));
        assertEquals(Optional.of(BigInteger.valueOf(number)), body(json).wholeNumber("x"));
    }

    @Test
    void W7_a_number_beyond_64_bits_may_come_in_a_string_too() {
        assertEquals(
                Optional.of(new BigInteger("99999999999999999999")),
                body("\"99999999999999999999\"").wholeNumber("x"));
        refused(fields -> fields.integer("x"), "\"2147483648\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"six\"", "\"6.5\"", "\"6.0\"", "\" 6\"", "\"+6\"", "\"1e3\"", "\"٦\"", "\"-\"", "\" \"", "6.5"
            })
    void W7_a_string_that_is_no_whole_number_is_refused_800002(String json) {
        refused(fields -> fields.integer("x"), json);
        refused(fields -> fields.wholeNumber("x"), json);
    }

    @Test
    void W7_an_empty_string_is_absent_for_an_object_a_boolean_a_number_a_date_and_a_word() {
        for (Function<JsonFields, Optional<?>> read : List.<Function<JsonFields, Optional<?>>>of(
                fields -> fields.object("x"),
                fields -> fields.bool("x"),
                fields -> fields.integer("x"),
                fields -> fields.wholeNumber("x"),
                fields -> fields.instant("x"),
                fields -> fields.textUnlessBlank("x", 9))) {
            assertTrue(read.apply(body("\"\"")).isEmpty());
            assertTrue(read.apply(body("null")).isEmpty());
        }
    }

    @Test
    void W7_it_is_not_for_a_text_a_list_and_an_id() {
        refused(fields -> fields.text("x", 9), "\"\"");
        refused(fields -> fields.objects("x", 9, item -> item), "\"\"");
        refused(fields -> fields.guid("x"), "\"\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"true\"", "\"unknown\"", "1"})
    void W7_a_word_is_no_boolean_and_no_object_800002(String json) {
        refused(fields -> fields.bool("x"), json);
        refused(fields -> fields.object("x"), json);
    }

    private static void refused(Function<JsonFields, ?> read, String json) {
        var refusal = assertThrows(DomainException.class, () -> read.apply(body(json)));
        assertEquals(ErrorCode.INVALID_INPUT, refusal.error);
    }

    private static JsonFields body(String value) {
        return RequestBody.read(
                        new ByteArrayInputStream("{\"x\":%s}".formatted(value).getBytes(UTF_8)), null)
                .object();
    }
}
