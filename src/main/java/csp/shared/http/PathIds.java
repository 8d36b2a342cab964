package csp.shared.http;

import static csp.shared.error.ErrorCode.CUSTOMER_ID_INVALID;
import static csp.shared.error.ErrorCode.INVALID_INPUT;

import csp.shared.error.DomainException;
import csp.shared.error.ErrorCode;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The GUIDs in paths and other texts, in any letter case (D6). */
public final class PathIds {

    private static final Pattern GUID = Pattern.compile("\\p{XDigit}{8}-(\\p{XDigit}{4}-){3}\\p{XDigit}{12}");

    private PathIds() {}

    /** Error 900118 when malformed. */
    public static UUID customer(String id) {
        return guid(id).orElseThrow(() -> new DomainException(CUSTOMER_ID_INVALID, id));
    }

    /** The id of a resource of a customer; one that is malformed names nothing, and so is refused as {@code notFound}. */
    public static UUID resource(String id, ErrorCode notFound) {
        return guid(id).orElseThrow(() -> new DomainException(notFound, id));
    }

    /** Empty when malformed; {@link UUID#fromString} alone would read much that is no GUID. */
    public static Optional<UUID> guid(String text) {
        return GUID.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }

    /** The GUID that a parameter of the query names; empty when it is absent or blank (ST9). Error 800002. */
    public static Optional<UUID> parameter(String name, String text) {
        return Optional.ofNullable(text)
                .filter(value -> !value.isBlank())
                .map(value -> guid(value)
                        .orElseThrow(() -> new DomainException(
                                INVALID_INPUT, name + " must be a GUID but is " + JsonFields.shown(value) + ".")));
    }
}
