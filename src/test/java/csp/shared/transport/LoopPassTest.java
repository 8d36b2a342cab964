package csp.shared.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** How many requests an event loop let in of those that it found at once. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LoopPassTest {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void counts_until_the_loop_has_been_through_and_then_begins_anew() throws Exception {
        var counts = new CompletableFuture<List<Integer>>();
        var loop = vertx.getOrCreateContext();
        loop.runOnContext(inPass -> {
            var before = LoopPass.current().letIn();
            LoopPass.current().letInOneMore();
            LoopPass.current().letInOneMore();
            var within = LoopPass.current().letIn();
            loop.runOnContext(later ->
                    counts.complete(List.of(before, within, LoopPass.current().letIn())));
        });
        assertEquals(List.of(0, 2, 0), counts.get(20, TimeUnit.SECONDS));
    }

    @Test
    void each_loop_counts_its_own() throws Exception {
        var count = new CompletableFuture<Integer>();
        var loop = vertx.getOrCreateContext();
        var other = vertx.getOrCreateContext();
        loop.runOnContext(inPass -> {
            LoopPass.current().letInOneMore();
            other.runOnContext(elsewhere -> count.complete(LoopPass.current().letIn()));
        });
        assertEquals(0, count.get(20, TimeUnit.SECONDS));
    }
}
