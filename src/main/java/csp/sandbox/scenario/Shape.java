package csp.sandbox.scenario;

import static csp.sandbox.scenario.ScenarioJson.echo;
import static csp.sandbox.scenario.ScenarioJson.refusal;

import csp.sandbox.scenario.Rule.Is;
import csp.sandbox.scenario.Rule.Required;
import csp.sandbox.scenario.Rule.Secret;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What one property of a document may hold, whatever the others say: the rules written at the components of {@link Scenario}.
 */
final class Shape {

    /** A text that may have no more characters is a code: its form says more than its length. */
    private static final int CODE_LENGTH = 16;

    private static final Map<Class<?>, List<Property>> PROPERTIES = new ConcurrentHashMap<>();

    private Shape() {}

    /** Error 800002, naming path and value, for the first property that breaks its rule. */
    static void check(Scenario scenario) {
        check("", scenario);
    }

    static List<Property> propertiesOf(Class<?> type) {
        return PROPERTIES.computeIfAbsent(
                type,
                t -> List.of(t.getRecordComponents()).stream().map(Property::of).toList());
    }

    private static void check(String path, Record entry) {
        for (var property : propertiesOf(entry.getClass())) {
            var at = path.isEmpty() ? property.name : path + "." + property.name;
            var value = property.of(entry);
            if (value == null) {
                if (property.required) {
                    throw refusal(at + ": is required.");
                }
            } else if (value instanceof Record inner) {
                check(at, inner);
            } else if (value instanceof List<?> list) {
                for (var i = 0; i < list.size(); i++) {
                    if (list.get(i) == null) {
                        throw refusal("%s[%d]: must not be null.".formatted(at, i));
                    } else if (list.get(i) instanceof Record inner) {
                        check("%s[%d]".formatted(at, i), inner);
                    }
                }
            } else if (value instanceof String text) {
                checkText(at, text, property);
            } else if (value instanceof Number number) {
                checkNumber(at, number, property.name);
            }
        }
    }

    private static void checkText(String at, String text, Property property) {
        var shown = property.secret ? "the one given" : echo(text);
        if (text.isBlank()) {
            throw refusal(at + ": must not be empty, leave it out instead.");
        }
        if (property.rule.hasUnprintable(text)) {
            throw refusal("%s: must not hold control characters or broken characters, as in %s.".formatted(at, shown));
        }
        var tooLong = text.length() > property.rule.maximum;
        if (tooLong && property.rule.maximum > CODE_LENGTH) {
            throw refusal("%s: must have at most %d characters, not %d as in %s."
                    .formatted(at, property.rule.maximum, text.length(), shown));
        }
        if (tooLong || !property.rule.accepts.test(text)) {
            throw refusal("%s: must be %s, not %s.".formatted(at, property.rule.form, shown));
        }
    }

    private static void checkNumber(String at, Number number, String name) {
        var smallest = name.toLowerCase(Locale.ROOT).endsWith("quantity") ? 1 : 0;
        if (number.longValue() < smallest) {
            throw refusal("%s: must be at least %d, not %s.".formatted(at, smallest, number));
        }
    }

    /** A component of a record of the format. */
    record Property(String name, RecordComponent component, boolean required, boolean secret, Rule rule) {

        private static Property of(RecordComponent component) {
            var is = component.getAnnotation(Is.class);
            component.getAccessor().setAccessible(true);
            return new Property(
                    component.getName(),
                    component,
                    component.isAnnotationPresent(Required.class),
                    component.isAnnotationPresent(Secret.class),
                    is == null ? Rule.NAME : is.value());
        }

        Object of(Record entry) {
            try {
                return component.getAccessor().invoke(entry);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
