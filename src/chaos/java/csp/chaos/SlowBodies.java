package csp.chaos;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Threads are not what a sender can hold. */
class SlowBodies implements Attack {

    private static final long BYTE_EVERY_MILLIS = 2_000;
    private static final long LOOK_EVERY_MILLIS = 100;

    @Override
    public String name() {
        return "slow-bodies";
    }

    @Override
    public String sentence() {
        return "Senders send a byte every two seconds to a token endpoint and, with a token, to an operation: everybody else is"
                + " answered, and they get 408 and a closed connection.";
    }

    @Override
    public void run(Stage stage, Findings findings) throws Exception {
        var service = stage.demo();
        var token = Demo.contoso(service);
        var heads = List.of(
                head("/contoso.example/oauth2/v2.0/token", "application/x-www-form-urlencoded", ""),
                head("/v1/customers", "application/json", "Authorization: Bearer " + token + "\r\n"));
        var senders = new ArrayList<Sender>();
        try (var others = new Crowd()) {
            for (var i = 0; i < stage.pick(230, 460); i++) {
                senders.add(new Sender(service.port(), heads.get(i % 2)));
            }
            var readiness = others.asking(service.port(), Demo.READINESS, 1, 100);
            var tokens = others.asking(service.port(), Demo.contosoSignsIn(), 1, 200);
            var reads = others.asking(service.port(), Demo.read(token), 2, 100);
            var deadline = System.nanoTime() + stage.pick(15, 20) * 1_000_000_000L;
            for (var look = 0L; System.nanoTime() < deadline && senders.stream().anyMatch(Sender::isOpen); look++) {
                for (var sender : senders) {
                    sender.look();
                    if (look % (BYTE_EVERY_MILLIS / LOOK_EVERY_MILLIS) == 0) {
                        sender.sendByte();
                    }
                }
                Crowd.rest(LOOK_EVERY_MILLIS);
            }
            others.stop();
            findings.answered("readiness meanwhile", readiness, 2_000, 200);
            findings.answered("tokens meanwhile", tokens, 2_000, 200);
            findings.answered("reads meanwhile", reads, 2_000, 200);
            var timedOut =
                    senders.stream().filter(sender -> sender.wasAnswered(408)).count();
            var turnedAway =
                    senders.stream().filter(sender -> sender.wasAnswered(503)).count();
            findings.check(
                    "slow senders",
                    "of %d: %d × 408, %d × 503, %d still connected"
                            .formatted(
                                    senders.size(),
                                    timedOut,
                                    turnedAway,
                                    senders.stream().filter(Sender::isOpen).count()),
                    "each 408, or 503 when there are too many; none connected",
                    timedOut > 0
                            && timedOut + turnedAway == senders.size()
                            && senders.stream().noneMatch(Sender::isOpen));
        } finally {
            senders.forEach(Sender::close);
        }
    }

    private static String head(String path, String type, String more) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type + "\r\nContent-Length: 1000\r\n"
                + more + "\r\n";
    }

    private static final class Sender {

        private final SocketChannel channel;
        private final StringBuilder answer = new StringBuilder();
        private boolean open = true;

        Sender(int port, String head) throws IOException {
            channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.write(ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
            channel.configureBlocking(false);
        }

        void look() {
            try {
                var buffer = ByteBuffer.allocate(2048);
                for (var n = channel.read(buffer); open && n != 0; n = channel.read(buffer)) {
                    answer.append(new String(buffer.array(), 0, buffer.position(), StandardCharsets.US_ASCII));
                    buffer.clear();
                    open = n > 0;
                }
            } catch (IOException e) {
                open = false;
            }
        }

        void sendByte() {
            try {
                if (open && answer.isEmpty()) {
                    channel.write(ByteBuffer.wrap(new byte[] {'x'}));
                }
            } catch (IOException e) {
                look();
            }
        }

        boolean isOpen() {
            return open;
        }

        boolean wasAnswered(int status) {
            return answer.indexOf("HTTP/1.1 " + status) == 0;
        }

        void close() {
            try {
                channel.close();
            } catch (IOException e) {
                // It is gone either way.
            }
        }
    }
}
