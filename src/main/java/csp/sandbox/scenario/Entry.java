package csp.sandbox.scenario;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One object of a scenario: the values that it gives to components of its form, as an export spells them. Ids, times and constants
 * are texts; the rest are numbers, flags, entries and lists of all these.
 */
final class Entry {

    private final Shape shape;
    /** In the order of the shape; null for what was left out. */
    private final Object[] values;

    private Entry(Shape shape, Object[] values) {
        this.shape = shape;
        this.values = values;
    }

    Entry(Shape shape) {
        this(shape, new Object[shape.properties().size()]);
    }

    /** An empty one of a record of {@link Scenario} or of a feature. */
    Entry(Class<?> form) {
        this(Shape.of(form));
    }

    Shape shape() {
        return shape;
    }

    /** One that can be changed without changing this one. */
    Entry copy() {
        return new Entry(shape, values.clone());
    }

    /** Null when it was left out. The caller knows the type. */
    @SuppressWarnings("unchecked")
    <T> T get(String name) {
        return (T) values[shape.property(name).index()];
    }

    boolean has(String name) {
        return get(name) != null;
    }

    /** The constant that the text spells; null when it was left out. */
    @SuppressWarnings("unchecked")
    <E extends Enum<E>> E constant(String name) {
        return (E) shape.property(name).constants().get(this.<String>get(name));
    }

    boolean is(String name, Enum<?> constant) {
        return Spelling.of(constant).equals(get(name));
    }

    Instant time(String name) {
        return Instant.parse(get(name));
    }

    /** The entries of a list, none when it was left out. */
    List<Entry> entries(String name) {
        List<Entry> entries = get(name);
        return entries == null ? List.of() : entries;
    }

    /** @param value null leaves it out; a constant or a time is spelled */
    Entry set(String name, Object value) {
        values[shape.property(name).index()] = Spelling.ofValue(value);
        return this;
    }

    /** Sets what was left out. */
    Entry or(String name, Object value) {
        return has(name) ? this : set(name, value);
    }

    @JsonValue
    private Map<String, Object> given() {
        var given = new LinkedHashMap<String, Object>();
        for (var property : shape.properties()) {
            if (values[property.index()] != null) {
                given.put(property.name(), values[property.index()]);
            }
        }
        return given;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Entry entry && shape == entry.shape && Arrays.equals(values, entry.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }
}
