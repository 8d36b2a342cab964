package csp.shared.http;

import static csp.shared.error.ErrorCode.CUSTOMER_ID_INVALID;
import static csp.shared.error.ErrorCode.INVALID_INPUT;

import csp.shared.error.DomainException;
import csp.shared.error.ErrorCode;
import csp.shared.error.Quoted;
import csp.shared.id.Guid;
import java.util.Optional;
import java.util.UUID;

/** The GUIDs in paths and queries, in any letter case (D6). */
public final class PathIds {

    private PathIds() {}

    /** Error 900118 when malformed. */
    public static UUID customer(String id) {
        return Guid.read(id).orElseThrow(() -> new DomainException(CUSTOMER_ID_INVALID, id));
    }

    /** The id of a resource of a customer; one that is malformed names nothing, and so is refused as {@code notFound}. */
    public static UUID resource(String id, ErrorCode notFound) {
        return Guid.read(id).orElseThrow(() -> new DomainException(notFound, id));
    }

    /** The GUID that a parameter of the query names; empty when it is absent or blank (ST9). Error 800002. */
    public static Optional<UUID> parameter(String name, String text) {
        return Optional.ofNullable(text)
                .filter(value -> !value.isBlank())
                .map(value -> Guid.read(value)
                        .orElseThrow(() -> new DomainException(
                                INVALID_INPUT, name + " must be a GUID but is " + Quoted.text(value) + ".")));
    }
}
