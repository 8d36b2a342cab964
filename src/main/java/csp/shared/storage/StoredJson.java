package csp.shared.storage;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;

/**
 * Columns that hold JSON, for statements beside the entities: as {@link JsonColumns} reads and writes them.
 */
public final class StoredJson<T> {

    /**
     * How JSON columns are written: apart from the mapper of the wire, so that a change of one cannot spoil what the other stored.
     */
    static final JsonMapper MAPPER = JsonMapper.builder()
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
            .enable(DeserializationFeature.READ_ENUMS_USING_TO_STRING)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final ObjectReader reader;

    private StoredJson(ObjectReader reader) {
        this.reader = reader;
    }

    /** One of these. */
    public static <T> StoredJson<T> of(Class<T> type) {
        return new StoredJson<>(MAPPER.readerFor(type));
    }

    /** A list of these, in its order. */
    public static <T> StoredJson<List<T>> listOf(Class<T> element) {
        return new StoredJson<>(MAPPER.readerForListOf(element));
    }

    /** The text of a value, as such a column keeps it. */
    public static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Null for null. Fails with an {@link IllegalStateException} on a text that this service did not store. */
    public T read(String text) {
        try {
            return text == null ? null : reader.readValue(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored JSON text cannot be read", e);
        }
    }
}
