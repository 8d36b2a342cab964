package csp.sandbox.scenario;

import static com.fasterxml.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION;
import static java.time.ZoneOffset.UTC;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import csp.sandbox.scenario.Shape.Property;
import csp.shared.error.DomainException;
import csp.shared.error.ErrorCode;
import csp.shared.error.Quoted;
import csp.shared.http.WireTime;
import csp.shared.id.Guid;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Scenarios from JSON and back. Documents are read strictly: nothing is coerced, and every refusal (code 800002) names the path and
 * the value. The same world gives the same text.
 */
final class ScenarioJson {

    /** What is read as an {@link Instant}, in refusals. */
    static final String TIME = "a date or date-time such as 2020-01-31 or 2020-01-31T10:00:00.123456Z";

    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern DATE_TIME =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2})?");
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant TOO_LATE =
            Instant.parse("9999-12-31T23:59:59.999999999Z").plusNanos(1);

    private static final JsonFactory JSON = new JsonFactory();
    private static final JsonFactory DOCUMENTS =
            JsonFactory.builder().enable(STRICT_DUPLICATE_DETECTION).build();

    private final JsonParser parser;
    /** Whether the service itself wrote it: in the names of the database, perhaps with properties of later versions. */
    private final boolean isStored;

    private ScenarioJson(JsonParser parser, boolean isStored) {
        this.parser = parser;
        this.isStored = isStored;
    }

    /** A document of the form {@link Scenario}. Errors: 400 code 800002. */
    static Entry read(byte[] document) {
        try (var parser = DOCUMENTS.createParser(document)) {
            if (parser.nextToken() == null) {
                throw refusal("the document is empty, it must be an object.");
            }
            var scenario = new ScenarioJson(parser, false).entry(At.DOCUMENT, Scenario.class);
            if (parser.nextToken() != null) {
                throw refusal("the document must be one object, there is more behind it.");
            }
            return scenario;
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw refusal("the document is not JSON, see line %d, column %d.", at.getLineNr(), at.getColumnNr());
        } catch (IOException e) {
            throw refusal("the document is not JSON in UTF-8.");
        }
    }

    /** A row that {@link Kind#select} found. */
    static Entry readStored(String row, Class<?> form) {
        try (var parser = JSON.createParser(row)) {
            parser.nextToken();
            return new ScenarioJson(parser, true).entry(At.DOCUMENT, form);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Entry entry(At at, Class<?> form) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw wrong(at, "an object");
        }
        var shape = Shape.of(form);
        var entry = new Entry(form);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var property = shape.property(parser.currentName());
            if (property == null && !isStored) {
                throw refusal("%s: there is no such property.", at.of(Quoted.cut(parser.currentName())));
            }
            parser.nextToken();
            if (property == null) {
                parser.skipChildren();
            } else if (parser.currentToken() != JsonToken.VALUE_NULL) {
                var here = at.of(property.name());
                entry.set(property.name(), property.isList() ? list(here, property) : value(here, property));
            }
        }
        if (!isStored) {
            requireAll(at, entry);
        }
        return entry;
    }

    private static void requireAll(At at, Entry entry) {
        for (var property : Shape.of(entry.form()).properties()) {
            if (property.isRequired() && !entry.has(property.name())) {
                throw refusal("%s: is required.", at.of(property.name()));
            }
        }
    }

    /** Lists of constants are sorted, so that the order of a document makes no difference. */
    private List<Object> list(At at, Property property) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw wrong(at, "a list");
        }
        var list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            var here = at.entry(list.size());
            if (parser.currentToken() == JsonToken.VALUE_NULL) {
                throw refusal("%s: must not be null.", here);
            }
            list.add(value(here, property));
        }
        if (property.type().isEnum()) {
            list.sort(null);
        }
        return list;
    }

    private Object value(At at, Property property) throws IOException {
        var type = property.type();
        if (type.isRecord()) {
            return entry(at, type);
        } else if (type.isEnum()) {
            return constant(at, property);
        } else if (type == String.class) {
            var text = text(at, "a text");
            if (!isStored) {
                property.rule().check(at, text);
            }
            return property.rule().canonical(text);
        } else if (type == UUID.class) {
            var form = "a GUID such as 00000000-0000-4000-8000-000000000001";
            var guid = Guid.read(text(at, form));
            if (guid.isEmpty()) {
                throw wrong(at, form);
            }
            return guid.get();
        } else if (type == Instant.class) {
            var instant = instant(text(at, TIME));
            if (instant == null) {
                throw wrong(at, TIME);
            }
            return instant;
        } else if (type == Boolean.class) {
            if (!parser.currentToken().isBoolean()) {
                throw wrong(at, "true or false");
            }
            return parser.getBooleanValue();
        }
        return number(at, property);
    }

    private Enum<?> constant(At at, Property property) throws IOException {
        var names = property.constants().keySet();
        var form = (names.size() == 1 ? "" : "one of: ") + String.join(", ", names);
        var text = text(at, form);
        var constant = property.constants().get(text);
        if (constant == null && isStored) {
            return property.constants().values().stream()
                    .filter(known -> known.name().equals(text))
                    .findFirst()
                    .orElseThrow(
                            () -> new IllegalStateException("No %s is called %s".formatted(property.name(), text)));
        } else if (constant == null) {
            throw wrong(at, form);
        }
        return constant;
    }

    private Number number(At at, Property property) throws IOException {
        var isLong = property.type() == Long.class;
        var isWhole = parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getBigIntegerValue().bitLength() < (isLong ? Long.SIZE : Integer.SIZE);
        if (!isWhole) {
            throw wrong(at, "a whole number up to " + (isLong ? Long.MAX_VALUE : Integer.MAX_VALUE));
        }
        var smallest = property.name().toLowerCase(Locale.ROOT).endsWith("quantity") ? 1 : 0;
        if (!isStored && parser.getLongValue() < smallest) {
            throw refusal("%s: must be at least %d, not %s.", at, smallest, parser.getText());
        }
        if (isLong) {
            return parser.getLongValue();
        }
        return parser.getIntValue();
    }

    private String text(At at, String form) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw wrong(at, form);
        }
        return parser.getText();
    }

    private DomainException wrong(At at, String form) throws IOException {
        var found =
                switch (parser.currentToken()) {
                    case VALUE_STRING -> echo(parser.getText());
                    case START_OBJECT -> "an object";
                    case START_ARRAY -> "a list";
                    default -> Quoted.cut(parser.getText());
                };
        // Of the document itself there is no path.
        return refusal(at == At.DOCUMENT ? "%s must be %s, not %s." : "%s: must be %s, not %s.", at, form, found);
    }

    static DomainException refusal(String sentence, Object... about) {
        return new DomainException(ErrorCode.INVALID_INPUT, about.length == 0 ? sentence : sentence.formatted(about));
    }

    /** Null when the text is no date. What PostgreSQL cannot keep, below a microsecond, is cut off. */
    static Instant instant(String text) {
        try {
            Instant instant;
            if (DATE.matcher(text).matches()) {
                instant = LocalDate.parse(text).atStartOfDay(UTC).toInstant();
            } else if (!DATE_TIME.matcher(text).matches()) {
                return null;
            } else if (text.endsWith("Z") || text.lastIndexOf('+') > 0 || text.lastIndexOf('-') > 7) {
                instant = OffsetDateTime.parse(text).toInstant();
            } else {
                instant = LocalDateTime.parse(text).toInstant(UTC);
            }
            return instant.isBefore(EARLIEST) || !instant.isBefore(TOO_LATE)
                    ? null
                    : instant.truncatedTo(ChronoUnit.MICROS);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** A value as a refusal repeats it: quoted when it is a text, and never at full length. */
    static String echo(Object value) {
        if (value instanceof Number || value instanceof Boolean || value instanceof Entry || value instanceof List) {
            return Quoted.cut(write(value));
        }
        var text = value instanceof Enum<?> constant
                ? Spelling.of(constant)
                : value instanceof Instant instant ? WireTime.trimmed(instant) : value.toString();
        return Quoted.text(text);
    }

    /** @param value an entry, a value of one, a row of a table, or a list of these */
    static String write(Object value) {
        var text = new StringWriter();
        try (var generator = JSON.createGenerator(text)) {
            write(value, generator);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(Object value, JsonGenerator generator) throws IOException {
        if (value instanceof Entry entry) {
            generator.writeStartObject();
            for (var property : Shape.of(entry.form()).properties()) {
                if (entry.has(property.name())) {
                    generator.writeFieldName(property.name());
                    write(entry.get(property.name()), generator);
                }
            }
            generator.writeEndObject();
        } else if (value instanceof List<?> list) {
            generator.writeStartArray();
            for (var element : list) {
                write(element, generator);
            }
            generator.writeEndArray();
        } else if (value instanceof Map<?, ?> row) {
            generator.writeStartObject();
            for (var column : row.entrySet()) {
                generator.writeFieldName((String) column.getKey());
                write(column.getValue(), generator);
            }
            generator.writeEndObject();
        } else if (value instanceof Enum<?> constant) {
            generator.writeString(Spelling.of(constant));
        } else if (value instanceof Instant instant) {
            generator.writeString(WireTime.trimmed(instant));
        } else if (value instanceof Number number) {
            generator.writeNumber(number.longValue());
        } else if (value instanceof Boolean flag) {
            generator.writeBoolean(flag);
        } else if (value == null) {
            generator.writeNull();
        } else {
            generator.writeString(value.toString());
        }
    }
}
