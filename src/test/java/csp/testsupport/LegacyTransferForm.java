package csp.testsupport;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What a legacy transfer always has on the wire. The document describes both flavours in one schema, because no generator can read a
 * choice of two, and so cannot say it of one of them.
 */
final class LegacyTransferForm {

    private static final Pattern PATH = Pattern.compile("/v1/customers/[^/]+/transfers(/[^/]+)?");
    private static final Pattern UPPER_GUID = Pattern.compile("[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}");
    private static final List<String> OF_TRANSFER = List.of("lineItems", "attributes");
    private static final List<String> OF_LINE =
            List.of("subscriptionId", "offerId", "billingCycle", "friendlyName", "quantity", "addonItems");
    private static final String OF_NEW_COMMERCE = "transferType";

    private LegacyTransferForm() {}

    /** What is wrong with the transfers in an answer to this path; empty when nothing is, or none is a legacy one. */
    static Optional<String> complaint(String path, int status, JsonNode answer) {
        if (status >= 300 || !PATH.matcher(path).matches()) {
            return Optional.empty();
        }
        return (answer.isArray() ? children(answer) : Stream.of(answer))
                .filter(transfer -> transfer.isObject() && !transfer.has(OF_NEW_COMMERCE))
                .flatMap(LegacyTransferForm::complaints)
                .findFirst();
    }

    private static Stream<String> complaints(JsonNode transfer) {
        var lines = children(transfer.path("lineItems")).toList();
        return Stream.concat(
                missing("", transfer, OF_TRANSFER),
                lines.stream().flatMap(line -> complaintsOfLine("/lineItems/" + lines.indexOf(line), line)));
    }

    private static Stream<String> complaintsOfLine(String place, JsonNode line) {
        var id = line.path("subscriptionId").asText();
        return Stream.concat(
                missing(place, line, OF_LINE),
                UPPER_GUID.matcher(id).matches()
                        ? Stream.of()
                        : Stream.of(place + "/subscriptionId of a legacy transfer is in upper case, not " + id));
    }

    private static Stream<String> missing(String place, JsonNode object, List<String> names) {
        return names.stream()
                .filter(name -> !object.has(name))
                .map(name -> place + "/" + name + " is missing of a legacy transfer");
    }

    private static Stream<JsonNode> children(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false);
    }
}
