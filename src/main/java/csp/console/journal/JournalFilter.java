package csp.console.journal;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;

/** What of the journal is looked at; empty for everything. */
public record JournalFilter(String partner, String operation, String status) {

    static JournalFilter of(String partner, String operation, String status) {
        return new JournalFilter(text(partner), text(operation), text(status));
    }

    private static String text(String given) {
        return given == null ? "" : given.strip();
    }

    /** As a query, with its question mark; empty for everything. */
    public String query() {
        var parts = new ArrayList<String>();
        add(parts, "partner", partner);
        add(parts, "operation", operation);
        add(parts, "status", status);
        return parts.isEmpty() ? "" : "?" + String.join("&", parts);
    }

    private static void add(ArrayList<String> parts, String name, String value) {
        if (!value.isEmpty()) {
            parts.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }

    public boolean isEmpty() {
        return query().isEmpty();
    }
}
