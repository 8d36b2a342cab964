package csp.console.frame;

import io.quarkus.qute.TemplateExtension;
import java.util.Optional;
import java.util.UUID;

/** Ids of paths and forms. */
public final class Ids {

    private Ids() {}

    /** Empty for what is none. */
    public static Optional<UUID> read(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException | NullPointerException e) {
            return Optional.empty();
        }
    }

    /** What tells it apart, for a reader: its end. Templates know it as a property of texts. */
    @TemplateExtension
    static String brief(String id) {
        return id.length() <= 12 ? id : "…" + id.substring(id.length() - 8);
    }
}
