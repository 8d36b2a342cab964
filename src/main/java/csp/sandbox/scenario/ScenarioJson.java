package csp.sandbox.scenario;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;
import static com.fasterxml.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION;
import static com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES;
import static java.time.ZoneOffset.UTC;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import csp.shared.caller.Role;
import csp.shared.error.DomainException;
import csp.shared.error.ErrorCode;
import csp.shared.error.Quoted;
import csp.shared.http.WireTime;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Scenario documents to records and back. Strict: nothing is coerced, and every refusal (code 800002) names the path and the
 * value. The same world gives the same text.
 */
final class ScenarioJson {

    private static final Pattern GUID = Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern DATE_TIME =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2})?");
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant TOO_LATE =
            Instant.parse("9999-12-31T23:59:59.999999999Z").plusNanos(1);

    private static final ObjectMapper MAPPER = JsonMapper.builder(
                    JsonFactory.builder().enable(STRICT_DUPLICATE_DETECTION).build())
            .enable(FAIL_ON_UNKNOWN_PROPERTIES)
            .serializationInclusion(NON_NULL)
            .addModule(module())
            .build();
    // Stored lines may carry keys of later versions.
    private static final ObjectMapper STORED = MAPPER.copy().disable(FAIL_ON_UNKNOWN_PROPERTIES);

    private ScenarioJson() {}

    /** Errors: 400 code 800002 for malformed JSON, unknown properties and wrong types. */
    static Scenario read(byte[] document) {
        try (var parser = MAPPER.createParser(document)) {
            try {
                return read(parser);
            } catch (JsonProcessingException e) {
                // While the parser still stands at the value that is refused.
                throw refusal(explain(e, parser));
            }
        } catch (IOException e) {
            throw refusal("the document is not JSON in UTF-8.");
        }
    }

    private static Scenario read(JsonParser parser) throws IOException {
        if (parser.nextToken() == null) {
            throw refusal("the document is empty, it must be an object.");
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw refusal("the document must be an object, not %s.".formatted(found(parser)));
        }
        var scenario = MAPPER.readValue(parser, Scenario.class);
        if (parser.nextToken() != null) {
            throw refusal("the document must be one object, there is more behind it.");
        }
        return scenario;
    }

    static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static <T> T readStored(String json, Class<T> type) {
        return readStored(json, MAPPER.constructType(type));
    }

    static <T> List<T> readStoredList(String json, Class<T> type) {
        return readStored(json, MAPPER.getTypeFactory().constructCollectionType(List.class, type));
    }

    private static <T> T readStored(String json, JavaType type) {
        try {
            return json == null ? null : STORED.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static DomainException refusal(String sentence) {
        return new DomainException(ErrorCode.INVALID_INPUT, sentence);
    }

    /** A value as a refusal repeats it: quoted when it is a text, and never at full length. */
    static String echo(Object value) {
        var text = value instanceof Enum<?> constant
                ? wireName(constant)
                : value instanceof Instant i
                        ? WireTime.trimmed(i)
                        : value instanceof Record || value instanceof List ? write(value) : String.valueOf(value);
        var cut = Quoted.cut(text);
        return value instanceof Number || value instanceof Boolean || value instanceof Record || value instanceof List
                ? cut
                : "'" + cut + "'";
    }

    static String wireName(Enum<?> constant) {
        return constant instanceof Role role ? role.wireName : ((Named) constant).wireName();
    }

    private static String explain(JsonProcessingException e, JsonParser parser) throws IOException {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return "%s: there is no such property.".formatted(path(unknown));
        }
        if (e instanceof WrongValue wrong) {
            return "%s: %s".formatted(path(wrong), wrong.getOriginalMessage());
        }
        if (e instanceof MismatchedInputException mismatch
                && mismatch.getTargetType() != null
                && parser.currentToken() != null) {
            var expected = List.class.isAssignableFrom(mismatch.getTargetType()) ? "a list" : "an object";
            return "%s: must be %s, not %s.".formatted(path(mismatch), expected, found(parser));
        }
        var at = e.getLocation();
        return at == null
                ? "the document is not JSON."
                : "the document is not JSON, see line %d, column %d.".formatted(at.getLineNr(), at.getColumnNr());
    }

    private static String found(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> echo(parser.getText());
            case START_OBJECT, END_OBJECT, FIELD_NAME -> "an object";
            case START_ARRAY, END_ARRAY -> "a list";
            default -> {
                var text = parser.getText();
                yield Quoted.cut(text);
            }
        };
    }

    private static String path(JsonMappingException e) {
        var path = e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + echoName(step))
                .collect(joining());
        return path.isEmpty() ? "the document" : path.startsWith(".") ? path.substring(1) : path;
    }

    private static String echoName(Reference step) {
        return Quoted.cut(step.getFieldName());
    }

    private static SimpleModule module() {
        var module = new SimpleModule();
        module.addDeserializer(String.class, fromText(text -> text, "a text"));
        module.addDeserializer(
                UUID.class,
                fromText(
                        text -> GUID.matcher(text).matches() ? UUID.fromString(text) : null,
                        "a GUID such as 00000000-0000-4000-8000-000000000001"));
        module.addDeserializer(
                Instant.class,
                fromText(
                        ScenarioJson::instant,
                        "a date or date-time such as 2020-01-31 or 2020-01-31T10:00:00.123456Z"));
        module.addDeserializer(Integer.class, new Strict<>("a whole number up to " + Integer.MAX_VALUE, parser -> {
            return parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                            && parser.getBigIntegerValue().bitLength() < Integer.SIZE
                    ? parser.getIntValue()
                    : null;
        }));
        module.addDeserializer(Long.class, new Strict<>("a whole number up to " + Long.MAX_VALUE, parser -> {
            return parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                            && parser.getBigIntegerValue().bitLength() < Long.SIZE
                    ? parser.getLongValue()
                    : null;
        }));
        module.addDeserializer(
                Boolean.class,
                new Strict<>(
                        "true or false",
                        parser -> parser.currentToken().isBoolean() ? parser.getBooleanValue() : null));
        module.setDeserializerModifier(new BeanDeserializerModifier() {
            @Override
            public JsonDeserializer<?> modifyEnumDeserializer(
                    DeserializationConfig config,
                    JavaType type,
                    BeanDescription bean,
                    JsonDeserializer<?> deserializer) {
                return fromEnum(type.getRawClass());
            }
        });
        module.addSerializer(Instant.class, toText(Instant.class, WireTime::trimmed));
        module.addSerializer(Enum.class, new JsonSerializer<>() {
            @Override
            @SuppressWarnings("rawtypes")
            public void serialize(Enum value, JsonGenerator generator, SerializerProvider provider) throws IOException {
                generator.writeString(wireName(value));
            }
        });
        return module;
    }

    /** Null when the text is no date. What PostgreSQL cannot keep, below a microsecond, is cut off. */
    private static Instant instant(String text) {
        try {
            Instant instant;
            if (DATE.matcher(text).matches()) {
                instant = LocalDate.parse(text).atStartOfDay(UTC).toInstant();
            } else if (!DATE_TIME.matcher(text).matches()) {
                return null;
            } else if (text.endsWith("Z") || text.lastIndexOf('+') > 0 || text.lastIndexOf('-') > 7) {
                instant = OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                        .toInstant();
            } else {
                instant = LocalDateTime.parse(text, DateTimeFormatter.ISO_LOCAL_DATE_TIME)
                        .toInstant(UTC);
            }
            return instant.isBefore(EARLIEST) || !instant.isBefore(TOO_LATE)
                    ? null
                    : instant.truncatedTo(ChronoUnit.MICROS);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static <T> JsonSerializer<T> toText(Class<T> type, Function<T, String> spelling) {
        return new JsonSerializer<>() {
            @Override
            public void serialize(T value, JsonGenerator generator, SerializerProvider provider) throws IOException {
                generator.writeString(spelling.apply(value));
            }

            @Override
            public Class<T> handledType() {
                return type;
            }
        };
    }

    private static <T> JsonDeserializer<T> fromText(Function<String, T> reading, String form) {
        return new Strict<>(
                form,
                parser -> parser.currentToken() == JsonToken.VALUE_STRING ? reading.apply(parser.getText()) : null);
    }

    private static JsonDeserializer<Object> fromEnum(Class<?> type) {
        Map<String, Object> byName = Stream.of(type.getEnumConstants())
                .filter(constant -> constant != Role.SANDBOX_OPERATOR)
                .collect(Collectors.toMap(constant -> wireName((Enum<?>) constant), Function.identity()));
        var names = Stream.of(type.getEnumConstants())
                .filter(byName::containsValue)
                .map(constant -> wireName((Enum<?>) constant))
                .collect(joining(", "));
        return fromText(byName::get, (byName.size() == 1 ? "" : "one of: ") + names);
    }

    private interface Reading<T> {
        /** Null when the parser stands at something else. */
        T from(JsonParser parser) throws IOException;
    }

    private static final class Strict<T> extends JsonDeserializer<T> {
        private final String form;
        private final Reading<T> reading;

        Strict(String form, Reading<T> reading) {
            this.form = form;
            this.reading = reading;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            var value = reading.from(parser);
            if (value == null) {
                throw new WrongValue(parser, "must be %s, not %s.".formatted(form, found(parser)));
            }
            return value;
        }
    }

    private static final class WrongValue extends MismatchedInputException {
        private static final long serialVersionUID = 1;

        WrongValue(JsonParser parser, String message) {
            super(parser, message);
        }
    }
}
