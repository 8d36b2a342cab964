package csp.sandbox.scenario;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One object of a scenario: values of components of its form. What has no value was left out. Texts, ids, times, numbers, flags,
 * constants, entries and lists of these.
 */
final class Entry {

    private final Class<?> form;
    private final Map<String, Object> values;

    private Entry(Class<?> form, Map<String, Object> values) {
        this.form = form;
        this.values = values;
    }

    Entry(Class<?> form) {
        this(form, new HashMap<>());
    }

    /** The record of {@link Scenario} or of a feature whose components it has. */
    Class<?> form() {
        return form;
    }

    /** One that can be changed without changing this one. */
    Entry copy() {
        return new Entry(form, new HashMap<>(values));
    }

    /** Null when it was left out. The caller knows the type, which is that of the component. */
    @SuppressWarnings("unchecked")
    <T> T get(String name) {
        return (T) values.get(known(name));
    }

    boolean has(String name) {
        return values.containsKey(known(name));
    }

    /** The entries of a list, none when it was left out. */
    List<Entry> entries(String name) {
        List<Entry> entries = get(name);
        return entries == null ? List.of() : entries;
    }

    /** @param value null leaves it out */
    Entry set(String name, Object value) {
        if (value == null) {
            values.remove(known(name));
        } else {
            values.put(known(name), value);
        }
        return this;
    }

    /** Sets what was left out. */
    Entry or(String name, Object value) {
        return has(name) ? this : set(name, value);
    }

    private String known(String name) {
        if (!Shape.of(form).has(name)) {
            throw new IllegalArgumentException(form.getSimpleName() + " has no " + name);
        }
        return name;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Entry entry && form == entry.form && values.equals(entry.values);
    }

    @Override
    public int hashCode() {
        return Objects.hash(form, values);
    }
}
