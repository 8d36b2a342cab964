package csp.sandbox.fault.api;

import static java.util.stream.Collectors.joining;

import csp.sandbox.fault.FaultEffect;
import csp.sandbox.fault.FaultEffect.CutAnswer;
import csp.sandbox.fault.FaultEffect.Delay;
import csp.sandbox.fault.FaultEffect.DropConnection;
import csp.sandbox.fault.FaultEffect.LineFailure;
import csp.sandbox.fault.FaultEffect.Reason;
import csp.sandbox.fault.FaultEffect.Refusal;
import csp.sandbox.fault.FaultEffect.Throttle;
import csp.sandbox.fault.FaultEffect.When;
import csp.sandbox.fault.Faults;
import csp.shared.error.Quoted;
import csp.shared.http.JsonFields;
import csp.shared.http.RequestBody;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Stream;

/** The body that asks for a fault. */
final class FaultBody {

    private static final int LONGEST_WORD = 100;
    private static final int LONGEST_TEXT = 1_000;
    private static final int MOST_TIMES = 1_000_000;
    private static final int SECONDS_OF_A_DAY = 86_400;
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(10);
    private static final int LONGEST_SEED_BITS = 63;

    private FaultBody() {}

    /** Error 800002, naming the field. */
    static Faults.Wanted read(JsonFields fields) {
        return new Faults.Wanted(
                fields.requiredText("operation", LONGEST_WORD),
                fields.guid("partner").orElse(null),
                fields.guid("customer").orElse(null),
                fields.guid("subscription").orElse(null),
                fields.says("times") ? within(fields, "times", 1, MOST_TIMES) : null,
                fields.fraction("probability").orElse(null),
                fields.wholeNumber("seed").map(seed -> seed(fields, seed)).orElse(null),
                effect(fields.object("effect").orElseThrow(() -> fields.missing("effect"))));
    }

    private static Long seed(JsonFields fields, BigInteger seed) {
        if (seed.bitLength() > LONGEST_SEED_BITS) {
            throw fields.refusal("seed", "must be a whole number of at most 64 bits but is " + seed);
        }
        return seed.longValue();
    }

    private static FaultEffect effect(JsonFields effect) {
        var type = effect.requiredText("type", LONGEST_WORD);
        return switch (type) {
            case "throttle" -> new Throttle(within(effect, "retryAfter", 1, SECONDS_OF_A_DAY));
            case "delay" -> new Delay(delay(effect));
            case "error" -> new Refusal(required(effect, "status"), required(effect, "code"));
            case "lineFailure" -> lineFailure(effect);
            case "dropConnection" ->
                new DropConnection(choice(effect, "when", Stream.of(When.values()), when -> when.wireName));
            case "cutAnswer" -> new CutAnswer(within(effect, "bytes", 0, RequestBody.LIMIT));
            default ->
                throw effect.refusal(
                        "type",
                        "must be throttle, delay, error, lineFailure, dropConnection or cutAnswer but is "
                                + Quoted.text(type));
        };
    }

    private static LineFailure lineFailure(JsonFields effect) {
        var text = effect.text("text", LONGEST_TEXT);
        if (text.isPresent() == effect.says("name")) {
            throw effect.refusal("text", "is wanted, or a name, and not both");
        }
        return text.map(said -> new LineFailure(said, null))
                .orElseGet(() -> new LineFailure(
                        null, choice(effect, "name", Stream.of(Reason.values()), reason -> reason.wireName)));
    }

    private static Duration delay(JsonFields effect) {
        var by = effect.requiredText("by", LONGEST_WORD);
        try {
            var delay = Duration.parse(by);
            if (!delay.isNegative() && delay.compareTo(LONGEST_DELAY) <= 0) {
                return delay;
            }
        } catch (DateTimeException noDuration) {
            // refused below
        }
        throw effect.refusal(
                "by", "must be an ISO 8601 duration of up to ten minutes such as 'PT2S' but is " + Quoted.text(by));
    }

    private static int required(JsonFields fields, String name) {
        return fields.integer(name).orElseThrow(() -> fields.missing(name));
    }

    private static int within(JsonFields fields, String name, int least, int most) {
        var number = required(fields, name);
        if (number < least || number > most) {
            throw fields.refusal(name, "must be from %d to %d but is %d".formatted(least, most, number));
        }
        return number;
    }

    private static <E extends Enum<E>> E choice(
            JsonFields fields, String name, Stream<E> known, Function<E, String> wireName) {
        var word = fields.requiredText(name, LONGEST_WORD);
        var all = known.toList();
        return all.stream()
                .filter(one -> wireName.apply(one).equals(word))
                .findFirst()
                .orElseThrow(() -> fields.refusal(
                        name,
                        "must be %s but is %s"
                                .formatted(all.stream().map(wireName).collect(joining(" or ")), Quoted.text(word))));
    }
}
