package csp.platform.webhook;

import csp.shared.config.CspConfig;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Finds the address of a host to which notifications may go. A name may lead elsewhere from one moment to the next, so what is
 * connected to is the address that was looked at, not the name again.
 */
@ApplicationScoped
class CallbackHosts {

    /** The resolver of the machine blocks; it may do so here without keeping anybody else waiting. */
    private static final int THREADS = 16;

    private static final int MOST_WAITING = 1_000;
    private static final long SECONDS_AT_REGISTRATION = 5;

    private final boolean allowPrivate;
    private final ThreadPoolExecutor resolver = new ThreadPoolExecutor(
            THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING), CallbackHosts::thread);

    CallbackHosts(CspConfig config) {
        allowPrivate = config.sandbox();
        resolver.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "csp-webhook-names");
        thread.setDaemon(true);
        return thread;
    }

    @PreDestroy
    void stop() {
        resolver.shutdownNow();
    }

    /** The host has no address, or one that notifications may not go to. */
    static final class HostRefusedException extends RuntimeException {
        HostRefusedException(String problem) {
            super(problem, null, false, false);
        }
    }

    /** Fails with a {@link HostRefusedException}, whose message goes on where the name of the URL stands before. */
    CompletableFuture<InetAddress> addressOf(CallbackUrl url) {
        return CompletableFuture.supplyAsync(() -> resolve(url), resolver);
    }

    /** As {@link #addressOf}, for whoever waits. */
    void require(CallbackUrl url) {
        try {
            addressOf(url).orTimeout(SECONDS_AT_REGISTRATION, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof HostRefusedException refused
                    ? refused
                    : new HostRefusedException("must name a host that can be reached");
        }
    }

    private InetAddress resolve(CallbackUrl url) {
        try {
            if (!allowPrivate) {
                url.requireFitForInternet();
            }
            var addresses = InetAddress.getAllByName(url.host());
            if (!allowPrivate && !Stream.of(addresses).allMatch(PublicAddress::is)) {
                throw new HostRefusedException("must name a host on the public internet");
            }
            return addresses[0];
        } catch (IllegalArgumentException e) {
            throw new HostRefusedException(e.getMessage());
        } catch (UnknownHostException e) {
            throw new HostRefusedException("must name a host that can be reached");
        }
    }
}
