package csp.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/** Reads what operations list under {@code errors}: names of errors and groups that the source defines, or errors of their own. */
final class ListedErrors {

    private final Map<String, ListedError> errors = new HashMap<>();
    private final JsonNode groups;
    private final Set<String> unused = new TreeSet<>();

    /**
     * One item of a list.
     *
     * @param note what is said before the table of its rows, mostly nothing
     * @param errors at least one, all with the same status
     * @param shared whether it is the same for all who list its name
     */
    record Item(String name, String note, List<ListedError> errors, boolean shared) {

        int status() {
            return errors.get(0).status();
        }
    }

    ListedErrors(JsonNode errors, JsonNode groups) {
        errors.properties()
                .forEach(
                        error -> this.errors.put(error.getKey(), ListedError.shared(error.getKey(), error.getValue())));
        this.groups = groups;
        unused.addAll(this.errors.keySet());
        groups.fieldNames().forEachRemaining(unused::add);
    }

    List<Item> read(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(this::item).toList();
    }

    /** The definitions that were never read. */
    Set<String> unused() {
        return unused;
    }

    /** A name, a name with another {@code when}, or a name with a definition of its own. */
    private Item item(JsonNode item) {
        if (item.isTextual()) {
            var name = item.asText();
            return groups.has(name) ? group(name, groups.get(name)) : single(error(name), true);
        }
        var named = item.properties().iterator().next();
        return single(
                named.getValue().isTextual()
                        ? error(named.getKey()).in(named.getValue().asText())
                        : ListedError.own(named.getKey(), named.getValue()),
                false);
    }

    private Item group(String name, JsonNode group) {
        unused.remove(name);
        var members = read(group.isArray() ? group : group.path("errors")).stream()
                .flatMap(item -> item.errors().stream())
                .toList();
        if (members.stream().map(ListedError::status).distinct().count() != 1) {
            throw new IllegalStateException("The errors of the group %s differ in their status".formatted(name));
        }
        return new Item(
                name,
                group.path("description").asText(),
                members,
                members.stream().noneMatch(ListedError::namesItsOperation));
    }

    private static Item single(ListedError error, boolean asDefined) {
        return new Item(error.name(), "", List.of(error), asDefined && !error.namesItsOperation());
    }

    private ListedError error(String name) {
        unused.remove(name);
        var error = errors.get(name);
        if (error == null) {
            throw new IllegalStateException("There is no error or group " + name);
        }
        return error;
    }
}
