package csp.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** A client of two copies, of which one may be killed: it repeats at the other one what it got no answer to. */
final class KilledCopiesWires implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long BETWEEN_TRIALS = 20;

    private final List<Wire> wires;
    private final Random random;
    private int unanswered;

    KilledCopiesWires(int one, int other, Random random) {
        wires = List.of(new Wire(one, PATIENCE), new Wire(other, PATIENCE));
        this.random = random;
    }

    /**
     * An answer that says something of the request: 503, and that it is still under way at the copy that was killed, do not.
     *
     * @param repeated set to whether it was sent more than once, the first time perhaps with success
     */
    Answer ask(Request request, boolean[] repeated) throws InterruptedException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        var copy = random.nextInt(wires.size());
        while (System.nanoTime() < deadline) {
            try {
                var answer = wires.get(copy).ask(request);
                if (answer.status() != 503
                        && !(answer.status() == 409 && answer.body().contains("\"code\":900104"))) {
                    return answer;
                }
            } catch (IOException e) {
                if (wires.get(copy).hasSent()) {
                    unanswered++;
                    repeated[0] = true;
                }
                copy = 1 - copy;
            }
            Crowd.rest(BETWEEN_TRIALS);
        }
        throw new IllegalStateException("No answer to " + request.method() + " " + request.path());
    }

    /** How often a request had gone out and no answer came. */
    int unanswered() {
        return unanswered;
    }

    @Override
    public void close() {
        wires.forEach(Wire::close);
    }
}
