package csp.testsupport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RecordedShapeTest {

    private static final String RECORDED = """
            {"id":"AB000000-0000-4000-8000-000000000001","at":"2026-01-31T10:00:00.5Z","count":1,
             "links":{"self":{"uri":"/customers/ca000000-0000-4000-8000-000000000001","headers":[]}},"items":[{"a":true}]}""";

    @Test
    void the_same_shape_with_other_values_fits() {
        fits("""
                {"id":"CD000000-0000-4000-8000-00000000000F","at":"2024-01-01T00:00:00Z","count":25,
                 "links":{"self":{"uri":"/customers/fe000000-0000-4000-8000-000000000002","headers":[]}},"items":[{"a":false}]}""");
    }

    @Test
    void an_added_key_does_not_fit() {
        differs(
                "$.items[0]: expected the keys [a], was [a, b]",
                RECORDED.replace("{\"a\":true}", "{\"a\":true,\"b\":1}"));
    }

    @Test
    void a_missing_key_does_not_fit() {
        differs(
                "$: expected the keys [id, at, count, links, items], was [id, at, links, items]",
                RECORDED.replace("\"count\":1,", ""));
    }

    @Test
    void a_reordered_key_does_not_fit() {
        differs(
                "$.links.self: expected the keys [uri, headers], was [headers, uri]",
                RECORDED.replace(
                        "\"uri\":\"/customers/ca000000-0000-4000-8000-000000000001\",\"headers\":[]",
                        "\"headers\":[],\"uri\":\"/customers/ca000000-0000-4000-8000-000000000001\""));
    }

    @Test
    void a_key_in_another_letter_case_does_not_fit() {
        differs(
                "$: expected the keys [id, at, count, links, items], was [Id, at, count, links, items]",
                RECORDED.replace("\"id\"", "\"Id\""));
    }

    @Test
    void another_JSON_type_does_not_fit() {
        differs("$.count: expected NUMBER, was STRING", RECORDED.replace("\"count\":1", "\"count\":\"1\""));
        differs("$.count: expected a number like 1, was 1.5", RECORDED.replace("\"count\":1", "\"count\":1.5"));
        differs("$.count: expected NUMBER, was NULL", RECORDED.replace("\"count\":1", "\"count\":null"));
    }

    @Test
    void another_number_of_elements_does_not_fit() {
        differs("$.items: expected 1 elements, was 2", RECORDED.replace("{\"a\":true}", "{\"a\":true},{\"a\":true}"));
        differs("$.links.self.headers: expected 0 elements, was 1", RECORDED.replace("[]", "[1]"));
    }

    @Test
    void a_GUID_in_another_letter_case_does_not_fit() {
        differs("$.id: expected GUIDs spelled like", RECORDED.replace("AB000000", "ab000000"));
        differs("$.id: expected GUIDs spelled like", RECORDED.replace("AB000000", "aB000000"));
        differs("$.links.self.uri: expected GUIDs spelled like", RECORDED.replace("ca000000", "CA000000"));
    }

    @Test
    void a_GUID_that_became_another_text_does_not_fit() {
        differs("$.id: expected GUIDs spelled like", RECORDED.replace("AB000000-0000-4000-8000-000000000001", "1"));
    }

    @Test
    void a_GUID_without_letters_fits_either_case() {
        fits(RECORDED.replace("AB000000", "50000000"));
    }

    @Test
    void a_date_time_with_another_zone_spelling_does_not_fit() {
        differs("$.at: expected a date-time spelled like", RECORDED.replace("10:00:00.5Z", "10:00:00.5+00:00"));
        differs("$.at: expected a date-time spelled like", RECORDED.replace("10:00:00.5Z", "10:00:00.5"));
        differs("$.at: expected a date-time spelled like", RECORDED.replace("2026-01-31T10:00:00.5Z", "2026-01-31"));
    }

    @Test
    void a_duplicated_key_is_no_JSON_here() {
        assertThrows(AssertionError.class, () -> RecordedShape.text("{\"a\":1}").assertFits("{\"a\":1,\"a\":1}"));
    }

    @Test
    void every_difference_is_named() {
        var body = RECORDED.replace("\"count\":1", "\"count\":\"1\"").replace("AB000000", "ab000000");
        assertEquals(
                3,
                assertThrows(AssertionError.class, () -> fits(body))
                        .getMessage()
                        .split("\n(?=[$i])")
                        .length);
    }

    @Test
    void an_unknown_file_is_an_error() {
        assertThrows(AssertionError.class, () -> RecordedShape.file("no-such-body.json"));
    }

    private static void fits(String body) {
        RecordedShape.text(RECORDED).assertFits(body);
    }

    private static void differs(String difference, String body) {
        var message = assertThrows(AssertionError.class, () -> fits(body)).getMessage();
        assertTrue(message.contains(difference), message);
    }
}
