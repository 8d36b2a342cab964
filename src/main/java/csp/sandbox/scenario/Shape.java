package csp.sandbox.scenario;

import static java.util.Comparator.comparingInt;

import csp.commerce.order.OrderLineItem;
import csp.directory.partner.PartnerProfile.ValidationCode;
import csp.sandbox.scenario.Scenario.Is;
import csp.shared.id.Guid;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The properties that a form has, read from the components of its record. */
final class Shape {

    /** What the stored records of the features cannot say: the components that a document cannot leave out. */
    private static final Map<Class<?>, String> REQUIRED =
            Map.of(OrderLineItem.class, "offerId", ValidationCode.class, "validationId");

    /** What is said of a component of which nothing is said. */
    private record Plain(@Is Object component) {}

    private static final Is NOTHING = Plain.class.getRecordComponents()[0].getAnnotation(Is.class);

    /** These come last in the document, wherever the record has them. */
    private static final List<String> LAST = List.of("entitlementId", "addonItems");

    private static final Map<Class<?>, Shape> ALL = new ConcurrentHashMap<>();

    private final Map<String, Property> properties = new LinkedHashMap<>();
    private final List<Property> inOrder;
    private final String secret;

    private Shape(Class<?> form) {
        Stream.of(form.getRecordComponents())
                .sorted(comparingInt(component -> LAST.indexOf(component.getName())))
                .forEach(component -> properties.put(component.getName(), Property.of(component, properties.size())));
        inOrder = List.copyOf(properties.values());
        secret = inOrder.stream()
                .filter(property -> property.rule() == Rule.SECRET)
                .map(Property::name)
                .findFirst()
                .orElse(null);
    }

    static Shape of(Class<?> form) {
        var known = ALL.get(form);
        return known == null ? ALL.computeIfAbsent(form, Shape::new) : known;
    }

    /** In the order of an export. */
    List<Property> properties() {
        return inOrder;
    }

    boolean has(String name) {
        return properties.containsKey(name);
    }

    /** One that there is. */
    Property property(String name) {
        var property = properties.get(name);
        if (property == null) {
            throw new IllegalArgumentException("There is no " + name + " among " + properties.keySet());
        }
        return property;
    }

    /** The property with a secret in plain, whose hash has the same name and {@code Hash} behind it; null without one. */
    String secret() {
        return secret;
    }

    /**
     * A component of a form.
     *
     * @param index in the order of an export
     * @param type of the value; of its entries when it is a list
     * @param byDefault what it has when it is left out; null when that is nothing, or depends on the rest
     * @param constants by their spelling; null when the type is no enum
     * @param column null when it is in none of its own
     * @param is what is said of it beside
     */
    record Property(
            String name,
            int index,
            Class<?> type,
            boolean isList,
            boolean isRequired,
            Object byDefault,
            Rule rule,
            Map<String, Enum<?>> constants,
            String column,
            Is is) {

        private static Property of(RecordComponent component, int index) {
            var name = component.getName();
            var isList = component.getType() == List.class;
            var type = isList
                    ? (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0]
                    : component.getType();
            var rule = Rule.of(name);
            var said = component.getAnnotation(Is.class);
            var is = said == null ? NOTHING : said;
            // A secret is stored as its hash alone, and a record of the scenario has a table of its own.
            var hasNone = rule == Rule.SECRET || type.isRecord() && type.getEnclosingClass() == Scenario.class;
            var isTenant = type == UUID.class && !is.refersTo().isEmpty();
            var named = is.column().isEmpty()
                    ? name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT) + (isTenant ? "_id" : "")
                    : is.column();
            var constants = type.isEnum() ? Spelling.constants(type) : null;
            return new Property(
                    name,
                    index,
                    type,
                    isList,
                    is.required() || name.equals(REQUIRED.get(component.getDeclaringRecord())),
                    byDefault(type, is.or()),
                    rule,
                    constants,
                    hasNone || is.columns() ? null : named,
                    is);
        }

        private static Object byDefault(Class<?> type, String text) {
            if (text.isEmpty()) {
                return null;
            }
            return type == Boolean.class ? Boolean.valueOf(text) : type == Integer.class ? Integer.valueOf(text) : text;
        }

        /** Whether it holds entries that are merged each for itself. */
        boolean isChildren() {
            return isList && column == null;
        }

        /** What a text of this type is, in refusals. */
        String textForm() {
            if (constants != null) {
                return (constants.size() == 1 ? "" : "one of: ") + String.join(", ", constants.keySet());
            } else if (type == UUID.class) {
                return "a GUID such as 00000000-0000-4000-8000-000000000001";
            }
            return type == Instant.class ? ScenarioJson.TIME : "a text";
        }

        /** The one spelling of a constant, an id or a time; null when a document cannot say it so. */
        String canonical(String text) {
            if (constants != null) {
                return constants.containsKey(text) ? text : null;
            }
            return type == UUID.class ? Guid.read(text).map(UUID::toString).orElse(null) : ScenarioJson.time(text);
        }

        /** The same of what the database says: constants by their names, but in JSON columns and lists; times in UTC. */
        String canonicalOfStored(String text) {
            if (type == Instant.class) {
                return text.replace("+00:00", "Z");
            } else if (constants == null || constants.containsKey(text)) {
                return text;
            }
            return constants.entrySet().stream()
                    .filter(constant -> constant.getValue().name().equals(text))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("No %s is called %s".formatted(name, text)));
        }

        /** What its column holds. */
        Object toColumn(Object value) {
            return constants == null || isList || value == null
                    ? value
                    : constants.get((String) value).name();
        }
    }
}
