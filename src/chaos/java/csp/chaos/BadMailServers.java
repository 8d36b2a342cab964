package csp.chaos;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** The mail server takes its time, or refuses. */
class BadMailServers implements Attack {

    private static final int HANGING = 6;
    /** Has a partner that may enrol. */
    private static final Path WORLD = Path.of("docs", "road", "world.json");

    @Override
    public String name() {
        return "bad-mail-servers";
    }

    @Override
    public String sentence() {
        return "A mail server refuses an address for good and hangs on others: the refused mail is given up and shown in the mailbox,"
                + " the talks that hang are ended, and other jobs go on.";
    }

    @Override
    public void run(Stage stage, Findings findings) throws Exception {
        try (var mails = new MailServer()) {
            var service = stage.start(Setup.demo()
                    .with("quarkus.mailer.host", "127.0.0.1")
                    .with("quarkus.mailer.port", mails.port())
                    .with("csp.enrolment.approval-business-days", 1));
            var operator = Demo.operator(service);
            var contoso = Demo.token(service, Demo.userSignsIn("admin", "contoso", "contoso-password"));
            invite(service, contoso, "refused@chaos.example");
            var shown = service.becomes(
                    Duration.ofSeconds(20),
                    () -> service.ask(Request.get("/sandbox/mailbox?to=refused@chaos.example")
                                    .as(operator))
                            .filter(box -> box.body().contains("\"refused@chaos.example\""))
                            .isPresent());
            findings.check(
                    "refused for good",
                    (shown ? "shown" : "not shown") + ", tried %d times".formatted(mails.refused.get()),
                    "shown within 20 s, tried at most 2 times",
                    shown && mails.refused.get() <= 2);
            for (var i = 0; i < HANGING; i++) {
                invite(service, contoso, "hangs-" + i + "@chaos.example");
            }
            approve(service, operator, findings);
            if (stage.form() == Form.LONG) {
                var ended = service.becomes(Duration.ofSeconds(60), () -> mails.ended.get() >= HANGING);
                findings.check(
                        "talks that hang",
                        "%d of %d ended".formatted(mails.ended.get(), mails.hung.get()),
                        "each within 60 s",
                        ended);
            }
        }
    }

    private static void invite(Service service, String token, String address) {
        service.prepare(Request.of("POST", "/portal/v1/customerInvitations")
                .as(token)
                .json("{\"kind\":\"reseller\",\"customerEmail\":\"" + address + "\"}"));
    }

    /** An enrolment that the clock makes due. */
    private static void approve(Service service, String operator, Findings findings) throws Exception {
        service.prepare(Request.of("POST", "/sandbox/scenarios").as(operator).json(Files.readString(WORLD)));
        var tailspin = Demo.token(service, Demo.userSignsIn("admin", "tailspin", "tailspin-password"));
        var enrolments = "/portal/v1/enrolments";
        var enrolment = service.prepare(
                        Request.of("POST", enrolments).as(tailspin).json("{}"))
                .text("id");
        service.prepare(
                Request.of("POST", enrolments + "/" + enrolment + "/submit")
                        .as(tailspin)
                        .json(
                                "{\"primaryContact\":{\"firstName\":\"A\",\"lastName\":\"B\",\"email\":\"hangs@chaos.example\"}}"));
        var started = System.nanoTime();
        service.ask(Request.of("POST", "/sandbox/clock/advance").as(operator).json("{\"by\":\"P7D\"}"));
        try (var database = service.database()) {
            var done = service.becomes(
                    Duration.ofSeconds(12),
                    () -> database.number("select count(*) from scheduled_job where task_name = 'enrolment-approval'")
                            == 0);
            findings.check(
                    "another job while six mails hang",
                    done ? Findings.figure((System.nanoTime() - started) / 1e9) + " s" : "not within 12 s",
                    "done within 12 s",
                    done);
        }
    }

    /** Refuses some recipients, and says nothing any more when others are named. */
    private static final class MailServer implements AutoCloseable {

        private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final Crowd talks = new Crowd();
        private final AtomicInteger refused = new AtomicInteger();
        private final AtomicInteger hung = new AtomicInteger();
        private final AtomicInteger ended = new AtomicInteger();

        MailServer() throws IOException {
            talks.join(1, number -> {
                while (!socket.isClosed()) {
                    var client = socket.accept();
                    talks.join(1, talk -> talk(client));
                }
            });
        }

        int port() {
            return socket.getLocalPort();
        }

        private void talk(Socket client) throws IOException {
            try (client;
                    var in = new BufferedReader(
                            new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))) {
                say(client, "220 chaos.example");
                for (var line = in.readLine(); line != null; line = in.readLine()) {
                    var command = line.toUpperCase(Locale.ROOT);
                    if (command.startsWith("RCPT") && command.contains("HANGS")) {
                        hung.incrementAndGet();
                        while (in.read() >= 0) {
                            // Says nothing until the other side has had enough.
                        }
                        ended.incrementAndGet();
                        return;
                    } else if (command.startsWith("RCPT")) {
                        refused.incrementAndGet();
                        say(client, "550 5.1.1 nobody of this name");
                    } else if (command.startsWith("QUIT")) {
                        say(client, "221 bye");
                        return;
                    } else {
                        say(client, "250 ok");
                    }
                }
            }
        }

        private static void say(Socket client, String line) throws IOException {
            client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public void close() throws IOException {
            socket.close();
            talks.close();
        }
    }
}
