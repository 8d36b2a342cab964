package csp.platform.database;

import csp.shared.storage.LongWork.Patience;
import java.sql.SQLException;
import java.time.Duration;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/** A migration of a large database may take longer than the statements of a request. Made by Flyway. */
public class MigrationPatience implements Callback {

    private static final Duration LONGEST_STATEMENT = Duration.ofHours(1);

    private Patience usual;

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.BEFORE_EACH_MIGRATE
                || event == Event.AFTER_EACH_MIGRATE
                || event == Event.AFTER_EACH_MIGRATE_ERROR;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public void handle(Event event, Context context) {
        var connection = context.getConnection();
        if (event != Event.BEFORE_EACH_MIGRATE) {
            usual.applyIfAlive(connection);
            return;
        }
        try {
            usual = Patience.of(connection);
            new Patience(LONGEST_STATEMENT).apply(connection);
        } catch (SQLException e) {
            throw new FlywayException("The time-outs of the connection cannot be set", e);
        }
    }

    @Override
    public String getCallbackName() {
        return "patience";
    }
}
