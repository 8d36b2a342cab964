package csp.testsupport;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Starts several calls at the same moment. */
public final class Simultaneously {

    private Simultaneously() {}

    /** What each of {@code calls} returned, in their order. */
    @SafeVarargs
    public static <T> List<T> run(Supplier<T>... calls) {
        var start = new CyclicBarrier(calls.length);
        var results = Stream.of(calls)
                .map(call -> inBackground(() -> {
                    try {
                        start.await();
                    } catch (InterruptedException | BrokenBarrierException e) {
                        throw new IllegalStateException(e);
                    }
                    return call.get();
                }))
                .toList();
        return new ArrayList<>(results.stream().map(CompletableFuture::join).toList());
    }

    /** Starts one call and goes on. */
    public static <T> CompletableFuture<T> inBackground(Supplier<T> call) {
        var result = new CompletableFuture<T>();
        new Thread(() -> {
                    try {
                        result.complete(call.get());
                    } catch (Throwable e) {
                        result.completeExceptionally(e);
                    }
                })
                .start();
        return result;
    }
}
