package csp.shared.http;

import static com.fasterxml.jackson.databind.node.JsonNodeType.OBJECT;
import static csp.shared.error.ErrorCode.INVALID_INPUT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import csp.shared.error.DomainException;
import csp.shared.error.Quoted;
import csp.shared.id.Guid;
import csp.shared.mail.MailAddress;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A JSON object of a request, read field by field: names in any letter case, unknown names ignored, null as good as absent
 * (ST1), and so is an empty string where an object, a boolean, a number or a date is wanted (W7). Every refusal is error 800002 and
 * names the field and its value.
 */
public final class JsonFields {

    private static final Pattern CONTROL_CHARACTER = Pattern.compile("\\p{Cntrl}");
    private static final Pattern CONTROL_CHARACTER_IN_LINES = Pattern.compile("[\\p{Cntrl}&&[^\\r\\n\\t]]");
    private static final Pattern DIGITS = Pattern.compile("-?[0-9]{1,100}");
    private static final int LONGEST_WORD = 100;

    private final String path;
    /** By their names in lower case. */
    private final Map<String, JsonNode> fields;

    private JsonFields(String path, Map<String, JsonNode> fields) {
        this.path = path;
        this.fields = fields;
    }

    private JsonFields(String path, JsonNode object) {
        this(path, new HashMap<>());
        object.properties().forEach(property -> {
            var twin = fields.put(property.getKey().toLowerCase(Locale.ROOT), property.getValue());
            if (twin != null) {
                throw refusal(
                        property.getKey(),
                        "is named twice, with " + shown(twin) + " and " + shown(property.getValue()));
            }
        });
    }

    static JsonFields ofParameter(String name, JsonNode value) {
        if (value.getNodeType() != OBJECT) {
            throw new DomainException(INVALID_INPUT, name + " must be a JSON object but is " + shown(value) + ".");
        }
        return new JsonFields(name + ".", value);
    }

    static JsonFields ofBody(JsonNode body) {
        if (body.getNodeType() != OBJECT) {
            throw new DomainException(INVALID_INPUT, "the body must be a JSON object but is " + shown(body) + ".");
        }
        return new JsonFields("", body);
    }

    /** The item of an array that is the body. */
    static JsonFields ofItem(int index, JsonNode item) {
        if (item.getNodeType() != OBJECT) {
            throw new DomainException(INVALID_INPUT, "[%d] must be an object but is %s.".formatted(index, shown(item)));
        }
        return new JsonFields("[" + index + "].", item);
    }

    /** A GUID in any letter case. */
    public UUID requiredGuid(String name) {
        return guid(name).orElseThrow(() -> missing(name));
    }

    /** A GUID in any letter case. */
    public Optional<UUID> guid(String name) {
        return text(name, LONGEST_WORD)
                .map(value -> Guid.read(value)
                        .orElseThrow(() -> refusal(name, "must be a GUID but is " + Quoted.text(value))));
    }

    /** Text without control characters, not empty and at most {@code maximum} characters long. */
    public String requiredText(String name, int maximum) {
        return text(name, maximum).orElseThrow(() -> missing(name));
    }

    /** As {@link #requiredText} for a word that clients may say by its number (W33): then the digits. */
    public String requiredWordOrNumber(String name, int maximum) {
        return field(name)
                .filter(JsonNode::isIntegralNumber)
                .map(JsonNode::asText)
                .orElseGet(() -> requiredText(name, maximum));
    }

    /** Text without control characters, not empty and at most {@code maximum} characters long. */
    public Optional<String> text(String name, int maximum) {
        return text(name, maximum, CONTROL_CHARACTER);
    }

    /** As {@link #text}, with line breaks and tabs. */
    public Optional<String> lines(String name, int maximum) {
        return text(name, maximum, CONTROL_CHARACTER_IN_LINES);
    }

    private Optional<String> text(String name, int maximum, Pattern forbidden) {
        return field(name).map(value -> checkedText(name, value, maximum, forbidden));
    }

    private String checkedText(String name, JsonNode value, int maximum, Pattern forbidden) {
        if (!value.isTextual()) {
            throw refusal(name, "must be a string but is " + shown(value));
        }
        var text = value.textValue();
        if (text.isBlank()) {
            throw refusal(name, "must not be empty but is " + shown(value));
        }
        if (text.length() > maximum) {
            throw refusal(
                    name,
                    "must be at most " + maximum + " characters long but has " + text.length() + ": " + shown(value));
        }
        if (forbidden.matcher(text).find()) {
            throw refusal(name, "must not contain control characters but is " + shown(value));
        }
        return text;
    }

    /** A mail address that the service can write to, at most 254 characters long. */
    public Optional<String> email(String name) {
        return text(name, MailAddress.LONGEST).map(value -> {
            if (!MailAddress.isOne(value)) {
                throw refusal(
                        name, "must be a mail address such as 'ana@contoso.example' but is " + Quoted.text(value));
            }
            return value;
        });
    }

    /** A mail address that the service can write to, at most 254 characters long. */
    public String requiredEmail(String name) {
        return email(name).orElseThrow(() -> missing(name));
    }

    /** As {@link #text}, but blank text is as good as absent (ST9); so is every word of a few (W7). */
    public Optional<String> textUnlessBlank(String name, int maximum) {
        return field(name)
                        .filter(value -> value.isTextual() && value.textValue().isBlank())
                        .isPresent()
                ? Optional.empty()
                : text(name, maximum);
    }

    /** A moment: ISO 8601 with a time zone, or without one, which means UTC (errors-and-headers.md §9). */
    public Optional<Instant> instant(String name) {
        return fieldUnlessEmpty(name)
                .flatMap(said -> text(name, LONGEST_WORD))
                .map(value -> WireTime.read(value)
                        .orElseThrow(() -> refusal(
                                name,
                                "must be a date-time such as '2026-01-31T10:00:00Z' but is " + Quoted.text(value))));
    }

    /** A whole number of any size, bare or in a string (W7). */
    public Optional<BigInteger> wholeNumber(String name) {
        return number(name).map(value -> {
            if (!value.isIntegralNumber()) {
                throw refusal(name, "must be a whole number but is " + shown(value));
            }
            return value.bigIntegerValue();
        });
    }

    /** A whole number that fits 32 bits, bare or in a string (W7). */
    public Optional<Integer> integer(String name) {
        return number(name).map(value -> {
            if (!value.isIntegralNumber() || !value.canConvertToInt()) {
                throw refusal(name, "must be a whole number of at most 32 bits but is " + shown(value));
            }
            return value.intValue();
        });
    }

    /** A number from 0 to 1. */
    public Optional<Double> fraction(String name) {
        return fieldUnlessEmpty(name).map(value -> {
            if (!value.isNumber() || !(value.doubleValue() >= 0 && value.doubleValue() <= 1)) {
                throw refusal(name, "must be a number from 0 to 1 but is " + shown(value));
            }
            return value.doubleValue();
        });
    }

    private Optional<JsonNode> number(String name) {
        return fieldUnlessEmpty(name)
                .map(value ->
                        value.isTextual() && DIGITS.matcher(value.textValue()).matches()
                                ? BigIntegerNode.valueOf(new BigInteger(value.textValue()))
                                : value);
    }

    public Optional<Boolean> bool(String name) {
        return fieldUnlessEmpty(name).map(value -> {
            if (!value.isBoolean()) {
                throw refusal(name, "must be true or false but is " + shown(value));
            }
            return value.booleanValue();
        });
    }

    public Optional<JsonFields> object(String name) {
        return fieldUnlessEmpty(name).map(value -> {
            if (!value.isObject()) {
                throw refusal(name, "must be an object but is " + shown(value));
            }
            return new JsonFields(path + name + ".", value);
        });
    }

    /** The strings of an array, in order; at most {@code mostItems}, each as {@link #text} with at most {@code maximum} characters. */
    public Optional<List<String>> texts(String name, int mostItems, int maximum) {
        return field(name).map(array -> {
            if (!array.isArray()) {
                throw refusal(name, "must be an array but is " + shown(array));
            }
            if (array.size() > mostItems) {
                throw refusal(name, "must have at most " + mostItems + " items but has " + array.size());
            }
            var read = new ArrayList<String>(array.size());
            for (var item : array) {
                var itemName = name + "[" + read.size() + "]";
                read.add(checkedText(itemName, item, maximum, CONTROL_CHARACTER));
            }
            return read;
        });
    }

    /** The objects of an array, in order, each read by {@code reader}; at most {@code maximum}. */
    public <T> Optional<List<T>> objects(String name, int maximum, Function<JsonFields, T> reader) {
        return field(name).map(array -> {
            if (!array.isArray()) {
                throw refusal(name, "must be an array but is " + shown(array));
            }
            if (array.size() > maximum) {
                throw refusal(name, "must have at most " + maximum + " items but has " + array.size());
            }
            var read = new ArrayList<T>(array.size());
            for (var item : array) {
                var itemName = name + "[" + read.size() + "]";
                if (!item.isObject()) {
                    throw refusal(itemName, "must be an object but is " + shown(item));
                }
                read.add(reader.apply(new JsonFields(path + itemName + ".", item)));
            }
            return read;
        });
    }

    /** The words of an array, in order; each may be said by its number (W33): then the digits. At most {@code maximum}. */
    public Optional<List<String>> wordsOrNumbers(String name, int maximum, int longest) {
        return field(name).map(array -> {
            if (!array.isArray()) {
                throw refusal(name, "must be an array but is " + shown(array));
            }
            if (array.size() > maximum) {
                throw refusal(name, "must have at most " + maximum + " items but has " + array.size());
            }
            var items = new HashMap<String, JsonNode>();
            var read = new ArrayList<String>(array.size());
            for (var item : array) {
                var itemName = name + "[" + read.size() + "]";
                items.put(itemName.toLowerCase(Locale.ROOT), item);
                read.add(new JsonFields(path, items).requiredWordOrNumber(itemName, longest));
            }
            return read;
        });
    }

    /** Whether the field says anything: neither absent nor null, and not empty where text or an array may be (W7). */
    public boolean says(String name) {
        return field(name)
                .filter(value -> !(value.isTextual() && value.textValue().isEmpty()))
                .filter(value -> !(value.isArray() && value.isEmpty()))
                .isPresent();
    }

    /** The refusal of a field that is required and absent. */
    public DomainException missing(String name) {
        return refusal(name, "is required but is missing or null");
    }

    /** The refusal of a field; {@code problem} says what is wrong with its value. */
    public DomainException refusal(String name, String problem) {
        return new DomainException(INVALID_INPUT, path + name + " " + problem + ".");
    }

    private Optional<JsonNode> field(String name) {
        return Optional.ofNullable(fields.get(name.toLowerCase(Locale.ROOT))).filter(value -> !value.isNull());
    }

    private Optional<JsonNode> fieldUnlessEmpty(String name) {
        return field(name)
                .filter(value -> !value.isTextual() || !value.textValue().isEmpty());
    }

    private static String shown(JsonNode value) {
        return Quoted.text(value.isTextual() ? value.textValue() : value.toString());
    }
}
