package csp.shared.storage;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import jakarta.enterprise.context.ApplicationScoped;

/** When one connection of the pool turns out to be broken, its idle neighbours most likely are too: the server went. */
@ApplicationScoped
public class StaleConnections {

    private final AgroalDataSource pool;

    StaleConnections(AgroalDataSource pool) {
        this.pool = pool;
    }

    /** Closes the idle ones, so that the next request opens one to whatever is there now. Those in use end by themselves. */
    public void drop() {
        pool.flush(FlushMode.IDLE);
    }
}
