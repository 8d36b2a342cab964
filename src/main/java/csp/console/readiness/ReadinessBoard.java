package csp.console.readiness;

import csp.console.frame.Call;
import csp.console.frame.Tenant;
import java.util.List;

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

    /** A prerequisite. */
    public record Column(String rule, String description) {}
}
