package csp.sandbox.journal.api;

import csp.sandbox.journal.JournalStore;
import csp.sandbox.journal.JournalStore.Search;
import csp.shared.http.QueryParameters;
import java.util.Locale;
import java.util.regex.Pattern;

/** What the query of a list of requests asks for. Error 800002 for what cannot be read, naming the parameter. */
final class JournalQuery {

    private static final int USUAL_SIZE = 100;
    /** {@code 409}, or all of a kind: {@code 4xx}. */
    private static final Pattern STATUS = Pattern.compile("([1-5])(\\d\\d|[xX]{2})");

    private static final Pattern SIZE = Pattern.compile("[1-9]\\d{0,2}");

    private JournalQuery() {}

    /** @param query as sent; null when there is none */
    static Search read(String query) {
        var parameters = new QueryParameters(query);
        var status = parameters.get("status").map(JournalQuery::status).orElse(null);
        return new Search(
                JournalParameters.partner(parameters),
                parameters.get("operation").orElse(null),
                status == null ? null : status[0],
                status == null ? null : status[1],
                JournalParameters.since(parameters),
                parameters.get("size").map(JournalQuery::size).orElse(USUAL_SIZE));
    }

    private static Integer[] status(String text) {
        var form = STATUS.matcher(text);
        if (!form.matches()) {
            throw JournalParameters.refusal("status", "a status such as 409, or 4xx for all of a kind,", text);
        }
        var hundreds = Integer.parseInt(form.group(1)) * 100;
        if (form.group(2).toLowerCase(Locale.ROOT).equals("xx")) {
            return new Integer[] {hundreds, hundreds + 99};
        }
        var status = hundreds + Integer.parseInt(form.group(2));
        return new Integer[] {status, status};
    }

    private static int size(String text) {
        if (!SIZE.matcher(text).matches() || Integer.parseInt(text) > JournalStore.LONGEST_PAGE) {
            throw JournalParameters.refusal("size", "a number from 1 to " + JournalStore.LONGEST_PAGE, text);
        }
        return Integer.parseInt(text);
    }
}
