package csp.shared.http;

import io.quarkus.runtime.BlockingOperationControl;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.util.function.Supplier;

/** Where the database may be waited for, which no event loop does. */
public final class WorkerThread {

    private WorkerThread() {}

    /** Done on this thread when it is one, and otherwise on one that is. */
    public static <T> Uni<T> call(Supplier<T> work) {
        var call = Uni.createFrom().item(work);
        return BlockingOperationControl.isBlockingAllowed()
                ? call
                : call.runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }
}
