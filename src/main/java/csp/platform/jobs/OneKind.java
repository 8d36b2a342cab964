package csp.platform.jobs;

import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import java.util.regex.Pattern;

/** Has a scheduler look at due jobs of one kind only, whatever else the table holds. */
class OneKind extends PostgreSqlJdbcCustomization {

    /** Nothing that would end a text in SQL: the library offers no parameter here. */
    private static final Pattern KIND = Pattern.compile("[a-z0-9-]+");

    private final String kind;

    /** @throws IllegalArgumentException for a kind that is not written as {@link JobHandler#kind} wants it */
    OneKind(String kind) {
        super(false, false);
        if (!KIND.matcher(kind).matches()) {
            throw new IllegalArgumentException("Not the name of a kind of job: " + kind);
        }
        this.kind = kind;
    }

    @Override
    public String createSelectDueQuery(String table, int limit, String condition, boolean byPriority) {
        return super.createSelectDueQuery(table, limit, condition + " and task_name = '" + kind + "' ", byPriority);
    }
}
