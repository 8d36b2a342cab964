package csp.console.frame;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A request that the console made to the public API, and what it was answered.
 *
 * @param body null when there was none
 * @param json of the answer; missing when that is no JSON
 * @param curl the same request as a line for a shell
 * @param signIn the line that gets the token which {@code curl} needs
 */
public record Call(
        String method,
        String path,
        String body,
        int status,
        String text,
        JsonNode json,
        String correlationId,
        String who,
        String curl,
        String signIn) {

    public boolean succeeded() {
        return status >= 200 && status < 300;
    }

    public boolean isRefused() {
        return !succeeded();
    }

    /** The number that callers branch on; null without one. */
    public Integer code() {
        return json.path("code").isNumber() ? json.path("code").intValue() : null;
    }

    /** One sentence: what the API said of a refusal, or that it succeeded. */
    public String sentence() {
        if (succeeded()) {
            return "Done.";
        }
        var description =
                json.path("description").asText(json.path("error_description").asText(""));
        return description.isEmpty() ? "The API answered " + status + "." : description;
    }

    /** The entries of a list, whether it is the answer or its {@code items}. */
    public List<JsonNode> items() {
        var list = json.isArray() ? json : json.path("items");
        var items = new ArrayList<JsonNode>();
        list.forEach(items::add);
        return items;
    }

    /** The answer for a reader. */
    public String prettyAnswer() {
        return json instanceof MissingNode ? text : json.toPrettyString();
    }
}
