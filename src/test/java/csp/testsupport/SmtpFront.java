package csp.testsupport;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What a mail server has before it: hands connections through, or plays a server that is slow or has no such mailbox. */
final class SmtpFront {

    private static final int MILLISECONDS_PER_LINE = 100;

    private enum Mood {
        THROUGH,
        SLOW,
        NO_SUCH_MAILBOX
    }

    private final ServerSocket listening;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        var thread = new Thread(work, "smtp-front");
        thread.setDaemon(true);
        return thread;
    });
    private final int behind;
    private final AtomicInteger slowTalks = new AtomicInteger();
    private final AtomicInteger slowTalksAtATime = new AtomicInteger();
    private final Set<Socket> lasting = ConcurrentHashMap.newKeySet();
    private volatile Mood mood = Mood.THROUGH;

    SmtpFront(int behind) {
        this.behind = behind;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    void handThrough() {
        become(Mood.THROUGH);
    }

    /** Greets with one line after another and never comes to the end of it, to whoever connects from now on. */
    void beSlow() {
        slowTalks.set(0);
        become(Mood.SLOW);
    }

    /** How many talks a slow server has seen, those that were ended by the other side too. */
    int slowTalks() {
        return slowTalks.get();
    }

    /** How many of them go on. */
    int slowTalksAtATime() {
        return slowTalksAtATime.get();
    }

    /** Answers 550 to every recipient. */
    void knowNobody() {
        become(Mood.NO_SUCH_MAILBOX);
    }

    /** Connections of another mood end, but for slow talks: those are the other side's to end. */
    private void become(Mood next) {
        if (mood != next) {
            mood = next;
            lasting.forEach(SmtpFront::close);
        }
    }

    void stop() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                var socket = listening.accept();
                threads.execute(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var now = mood;
            if (now != Mood.SLOW) {
                lasting.add(socket);
            }
            switch (now) {
                case THROUGH -> handThrough(socket);
                case SLOW -> greetForEver(socket);
                case NO_SUCH_MAILBOX -> knowNobody(socket);
            }
        } catch (IOException ended) {
            // By the other side.
        } finally {
            lasting.remove(socket);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void handThrough(Socket socket) throws IOException {
        try (var server = new Socket("127.0.0.1", behind)) {
            threads.execute(() -> copy(server, socket));
            copy(socket, server);
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException ended) {
            // By one of both sides.
        }
    }

    private void greetForEver(Socket socket) throws IOException {
        slowTalks.incrementAndGet();
        slowTalksAtATime.incrementAndGet();
        try {
            while (!listening.isClosed()) {
                say(socket, "220-wait");
                TimeUnit.MILLISECONDS.sleep(MILLISECONDS_PER_LINE);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            slowTalksAtATime.decrementAndGet();
        }
    }

    private static void knowNobody(Socket socket) throws IOException {
        say(socket, "220 front");
        var commands = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        for (var command = commands.readLine(); command != null; command = commands.readLine()) {
            say(socket, command.startsWith("RCPT") ? "550 5.1.1 No such mailbox" : "250 fine");
        }
    }

    private static void say(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
}
