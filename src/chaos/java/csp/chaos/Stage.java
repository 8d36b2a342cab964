package csp.chaos;

import csp.testsupport.PackagedService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/** Hands out services and databases to the attacks, and ends all of them. */
final class Stage implements AutoCloseable {

    /** How long a client waits for an answer before it counts as none. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Form form;
    private final Path directory;
    private final Map<Object, Runnable> opened = new LinkedHashMap<>();
    private Service shared;
    private int started;

    Stage(Form form, Path directory) {
        this.form = form;
        this.directory = directory;
    }

    Form form() {
        return form;
    }

    int pick(int inShort, int inLong) {
        return form.pick(inShort, inLong);
    }

    /**
     * A service on the demo world that the attack may not end. In the short form the attacks share it as long as it is in good
     * health, in the long one each gets a new one.
     */
    Service demo() throws IOException, InterruptedException {
        if (form == Form.LONG || shared == null || !shared.isReady()) {
            if (shared != null) {
                shared.close();
            }
            // Long enough for a balancer, and an attack, to see it.
            shared = start(Setup.demo().with("csp.http.shutdown-delay", "1s"));
        }
        return shared;
    }

    /** A service of the attack's own. */
    Service start(Setup setup) throws IOException, InterruptedException {
        return start(setup, newDirectory());
    }

    /** The same on the data of an earlier one. */
    Service start(Setup setup, Path data) throws IOException, InterruptedException {
        var service = Service.start(form == Form.SHORT ? setup.withJvm(PackagedService.STARTS_SOONER) : setup, data);
        opened.put(service, service::close);
        return service;
    }

    /** Several services of one database, all started at the same time. Each keeps its port when it is started again. */
    List<Service> startAtOnce(Setup setup, int count) throws Exception {
        var threads = Executors.newFixedThreadPool(count);
        try {
            List<Callable<Service>> starts = new ArrayList<>();
            for (var number = 0; number < count; number++) {
                var directory = newDirectory();
                var own = setup.withJvm(PackagedService.STARTS_SOONER).with("quarkus.http.port", Service.freePort());
                starts.add(() -> Service.start(own, directory));
            }
            List<Service> services = new ArrayList<>();
            for (var started : threads.invokeAll(starts)) {
                services.add(keep(started.get()));
            }
            return services;
        } finally {
            threads.shutdown();
        }
    }

    /** A PostgreSQL beside the service. */
    OutsideDatabase database() throws IOException, InterruptedException {
        var database = OutsideDatabase.start(newDirectory());
        opened.put(database, database::close);
        return database;
    }

    /** Has {@code thing} closed when the attack is over; what was opened last is closed first. */
    <T extends AutoCloseable> T keep(T thing) {
        opened.put(thing, () -> {
            try {
                thing.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        return thing;
    }

    Path newDirectory() throws IOException {
        return Files.createDirectories(directory.resolve(Integer.toString(++started)));
    }

    /** Ends what an attack has left, but for the shared service. */
    void tidy() {
        for (var left : lastFirst()) {
            if (left != shared || form == Form.LONG) {
                opened.remove(left).run();
            }
        }
    }

    private List<Object> lastFirst() {
        var all = new ArrayList<>(opened.keySet());
        Collections.reverse(all);
        return all;
    }

    @Override
    public void close() {
        lastFirst().forEach(left -> opened.remove(left).run());
    }
}
