package csp.console.readiness;

import csp.console.frame.Call;
import csp.console.frame.Tenant;
import java.util.List;
import java.util.Locale;

/**
 * The customers of a partner and what each lacks.
 *
 * @param provider null when there is none to choose
 * @param columns of the prerequisites
 * @param refusal what the API answered instead; null when it told
 */
public record ReadinessBoard(
        Tenant partner,
        Tenant provider,
        List<Tenant> providers,
        List<Column> columns,
        List<BoardRow> rows,
        Call refusal) {

    /** A prerequisite, by its name in words. */
    public record Column(String name, String rule, String description) {

        /** @param name in the spelling of the API, such as {@code partnerAgreement} */
        static Column of(String name, String rule, String description) {
            var words = name.replaceAll("(?=\\p{Lu})", " ").toLowerCase(Locale.ROOT);
            return new Column(words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1), rule, description);
        }
    }
}
