package csp.console.fault;

import csp.shared.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;

/**
 * Something that can be made to go wrong.
 *
 * @param value the effect as the API reads it
 */
public record EffectChoice(String group, String label, String value) {

    static List<EffectChoice> all() {
        var choices = new ArrayList<>(List.of(
                new EffectChoice(
                        "Traffic", "Throttle: 429, retry after 5 s", "{\"type\":\"throttle\",\"retryAfter\":5}"),
                new EffectChoice(
                        "Traffic", "Throttle: 429, retry after 60 s", "{\"type\":\"throttle\",\"retryAfter\":60}"),
                new EffectChoice("Traffic", "Delay of 2 s", "{\"type\":\"delay\",\"by\":\"PT2S\"}"),
                new EffectChoice("Traffic", "Delay of 20 s", "{\"type\":\"delay\",\"by\":\"PT20S\"}"),
                new EffectChoice(
                        "Connection", "Drop it before the effect", "{\"type\":\"dropConnection\",\"when\":\"before\"}"),
                new EffectChoice(
                        "Connection", "Drop it after the effect", "{\"type\":\"dropConnection\",\"when\":\"after\"}"),
                new EffectChoice(
                        "Connection", "Cut the answer after 20 bytes", "{\"type\":\"cutAnswer\",\"bytes\":20}"),
                new EffectChoice(
                        "A line of a transfer",
                        "It was transferred already",
                        "{\"type\":\"lineFailure\",\"name\":\"alreadyTransferred\"}"),
                new EffectChoice(
                        "A line of a transfer",
                        "It is not in sync",
                        "{\"type\":\"lineFailure\",\"name\":\"notSynced\"}")));
        for (var error : ErrorCode.values()) {
            choices.add(new EffectChoice(
                    "Any error",
                    "%d, code %d: %s".formatted(error.status, error.code, error.sentence()),
                    of(error.status, error.code)));
        }
        return choices;
    }

    /** The effect that answers with this error. */
    public static String of(int status, int code) {
        return "{\"type\":\"error\",\"status\":%d,\"code\":%d}".formatted(status, code);
    }
}
