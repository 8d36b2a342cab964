package csp.sandbox.scenario;

import static com.fasterxml.jackson.core.JsonParser.Feature.AUTO_CLOSE_SOURCE;
import static com.fasterxml.jackson.core.JsonParser.Feature.STRICT_DUPLICATE_DETECTION;
import static java.time.ZoneOffset.UTC;
import static java.util.Comparator.comparing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import csp.sandbox.scenario.Shape.Property;
import csp.shared.error.DomainException;
import csp.shared.error.ErrorCode;
import csp.shared.error.Quoted;
import csp.shared.http.WireTime;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Scenarios from JSON and back. Documents are read strictly: nothing is coerced, and every refusal (code 800002) names the path and
 * the value. The same world gives the same text.
 */
final class ScenarioJson {

    /** What is read as a time, in refusals. */
    static final String TIME = "a date or date-time such as 2020-01-31 or 2020-01-31T10:00:00.123456Z";

    private static final int LONGEST_TEXT = 1 << 20;

    private static final JsonMapper JSON = new JsonMapper();
    /** Whoever gave the document may have to read it to its end. */
    private static final JsonMapper DOCUMENTS = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(LONGEST_TEXT)
                            .build())
                    .build())
            .enable(STRICT_DUPLICATE_DETECTION)
            .disable(AUTO_CLOSE_SOURCE)
            .build();

    /** Of what is read of a document: what is made of it until it is loaded takes several times as much. */
    private static final long DOCUMENT_MEMORY = Runtime.getRuntime().maxMemory() / 8;

    private static final int OBJECT_BYTES = 64;

    private final JsonParser parser;
    /** Whether the service itself wrote it: in the names of the database, perhaps with properties of later versions. */
    private final boolean isStored;
    /** What the document may still take, roughly, in bytes. */
    private long left = DOCUMENT_MEMORY;

    private ScenarioJson(JsonParser parser, boolean isStored) {
        this.parser = parser;
        this.isStored = isStored;
    }

    /** A document of the form {@link Scenario}. Errors: 400 code 800002. */
    static Entry read(byte[] document) {
        return read(new ByteArrayInputStream(document));
    }

    /** As {@link #read(byte[])}, of a document on its way. */
    static Entry read(InputStream document) {
        try (var parser = DOCUMENTS.createParser(document)) {
            if (parser.nextToken() == null) {
                throw refusal("the document is empty, it must be an object.");
            }
            var scenario = new ScenarioJson(parser, false).entry(At.DOCUMENT, Shape.of(Scenario.class));
            if (parser.nextToken() != null) {
                throw refusal("the document must be one object, there is more behind it.");
            }
            return scenario;
        } catch (StreamConstraintsException e) {
            throw refusal("the document has a name, a text or a number that is too long, or is nested too deep.");
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
            return new ScenarioJson(parser, true).entry(At.DOCUMENT, Shape.of(form));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Entry entry(At at, Shape shape) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw wrong(at, "an object");
        }
        take(OBJECT_BYTES + 8L * shape.properties().size());
        var entry = new Entry(shape);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            var isKnown = shape.has(name);
            if (!isKnown && !isStored) {
                throw refusal("%s: there is no such property.", at.of(Quoted.cut(name)));
            }
            parser.nextToken();
            if (!isKnown) {
                parser.skipChildren();
            } else if (parser.currentToken() != JsonToken.VALUE_NULL) {
                var property = shape.property(name);
                var here = at.of(name);
                entry.set(name, property.isList() ? list(here, property) : value(here, property));
            }
        }
        for (var property : shape.properties()) {
            if (property.isRequired() && !isStored && !entry.has(property.name())) {
                throw refusal("%s: is required.", at.of(property.name()));
            }
        }
        return entry;
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
        if (property.constants() != null) {
            list.sort(comparing(List.copyOf(property.constants().keySet())::indexOf));
        }
        return list;
    }

    private Object value(At at, Property property) throws IOException {
        var type = property.type();
        if (type.isRecord()) {
            return entry(at, Shape.of(type));
        } else if (type == Boolean.class) {
            if (!parser.currentToken().isBoolean()) {
                throw wrong(at, "true or false");
            }
            return parser.getBooleanValue();
        } else if (Number.class.isAssignableFrom(type) || type == int.class) {
            return number(at, property);
        } else if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw wrong(at, property.textForm());
        }
        var text = parser.getText();
        take(OBJECT_BYTES + text.length());
        if (type == String.class) {
            if (!isStored) {
                property.rule().check(at, text);
            }
            return property.rule().canonical(text);
        }
        var canonical = isStored ? property.canonicalOfStored(text) : property.canonical(text);
        if (canonical == null) {
            throw wrong(at, property.textForm());
        }
        return canonical;
    }

    private void take(long bytes) {
        left -= bytes;
        if (left < 0 && !isStored) {
            throw refusal(
                    "the document has more than %d MiB of values, which is what this service has memory for.",
                    DOCUMENT_MEMORY >> 20);
        }
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

    /** As an export spells it; null when the text is no date. What PostgreSQL cannot keep, below a microsecond, is cut off. */
    static String time(String text) {
        var isWithoutSeconds = text.length() > 16 ? text.charAt(16) != ':' : text.length() > 10;
        return WireTime.read(text)
                .filter(time -> !isWithoutSeconds)
                .map(time -> time.atOffset(UTC))
                .filter(time -> time.getYear() >= 1 && time.getYear() <= 9999)
                .map(time -> WireTime.trimmed(time.toInstant().truncatedTo(ChronoUnit.MICROS)))
                .orElse(null);
    }

    /** A value as a refusal repeats it: quoted when it is a text, and never at full length. */
    static String echo(Object value) {
        return value instanceof String text ? Quoted.text(text) : Quoted.cut(write(value));
    }

    /** @param value an entry, a value of one, a row of a table, or a list of these */
    static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
