package csp.chaos;

/** What a service does when it is left in peace, for comparison: machines differ. */
final class Quiet {

    private Quiet() {}

    static Samples reads(Service service, String token, long millis) throws InterruptedException {
        try (var crowd = new Crowd()) {
            var samples = crowd.asking(service.port(), Demo.read(token), 1, 20);
            Crowd.rest(millis);
            crowd.stop();
            return samples;
        }
    }
}
