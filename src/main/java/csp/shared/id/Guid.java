package csp.shared.id;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** How GUIDs are read, wherever they were sent (D6). */
public final class Guid {

    private static final Pattern FORM = Pattern.compile("\\p{XDigit}{8}-(\\p{XDigit}{4}-){3}\\p{XDigit}{12}");

    private Guid() {}

    /** In any letter case; empty when malformed. {@link UUID#fromString} alone would read much that is no GUID. */
    public static Optional<UUID> read(String text) {
        return FORM.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }
}
