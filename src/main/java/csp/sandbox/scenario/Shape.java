package csp.sandbox.scenario;

import static java.util.Comparator.comparingInt;

import csp.commerce.order.OrderLineItem;
import csp.directory.partner.PartnerProfile.ValidationCode;
import csp.sandbox.scenario.Scenario.Column;
import csp.sandbox.scenario.Scenario.Columns;
import csp.sandbox.scenario.Scenario.Elsewhere;
import csp.sandbox.scenario.Scenario.Required;
import csp.transfer.legacy.TransferLineItem;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The properties that a form has, read from the components of its record. */
final class Shape {

    /** What the stored records of the features cannot say: the components that a document cannot leave out. */
    private static final Map<Class<?>, String> REQUIRED = Map.of(
            TransferLineItem.class,
            "subscriptionId",
            OrderLineItem.class,
            "offerId",
            ValidationCode.class,
            "validationId");

    /** These come last in the document, wherever the record has them. */
    private static final List<String> LAST = List.of("entitlementId", "addonItems");

    private static final Map<Class<?>, Shape> ALL = new ConcurrentHashMap<>();

    private final Map<String, Property> properties = new LinkedHashMap<>();

    private final List<Property> inOrder;

    private Shape(Class<?> form) {
        Stream.of(form.getRecordComponents())
                .sorted(comparingInt(component -> LAST.indexOf(component.getName())))
                .forEach(component -> properties.put(component.getName(), Property.of(component)));
        inOrder = List.copyOf(properties.values());
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

    /** Null when there is none. */
    Property property(String name) {
        return properties.get(name);
    }

    /**
     * A component of a form.
     *
     * @param type of the value; of its entries when it is a list
     * @param constants by their spelling; null when the type is no enum
     * @param column null when it is in none of its own
     * @param when the condition on which the column is its own; empty for always
     */
    record Property(
            String name,
            Class<?> type,
            boolean isList,
            boolean isRequired,
            Rule rule,
            Map<String, Enum<?>> constants,
            boolean isColumns,
            String column,
            String when) {

        private static Property of(RecordComponent component) {
            var name = component.getName();
            var isList = component.getType() == List.class;
            var type = isList
                    ? (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0]
                    : component.getType();
            var column = component.getAnnotation(Column.class);
            var isColumns = component.isAnnotationPresent(Columns.class);
            return new Property(
                    name,
                    type,
                    isList,
                    component.isAnnotationPresent(Required.class)
                            || name.equals(REQUIRED.get(component.getDeclaringRecord())),
                    Rule.of(name),
                    type.isEnum() ? Spelling.constants(type) : null,
                    isColumns,
                    isColumns || component.isAnnotationPresent(Elsewhere.class)
                            ? null
                            : column == null
                                    ? name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT)
                                    : column.value(),
                    column == null ? "" : column.when());
        }
    }
}
