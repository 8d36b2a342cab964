package csp.shared.transport;

import io.netty.util.concurrent.FastThreadLocal;
import io.vertx.core.Vertx;

/**
 * One pass of an event loop over the connections on which something has come, and how many requests of it were let in. A pass with many
 * requests is one that began late: all of them have waited since, and those behind them will.
 */
final class LoopPass {

    private static final FastThreadLocal<LoopPass> OF_THIS_LOOP = new FastThreadLocal<>() {

        @Override
        protected LoopPass initialValue() {
            return new LoopPass();
        }
    };

    private int letIn;

    private LoopPass() {}

    /** The one in which this is called, on an event loop. */
    static LoopPass current() {
        return OF_THIS_LOOP.get();
    }

    int letIn() {
        return letIn;
    }

    void letInOneMore() {
        if (letIn++ == 0) {
            Vertx.currentContext()
                    .runOnContext(after -> letIn = 0); // an event loop does such tasks after the connections
        }
    }
}
