package csp.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/**
 * Processor time and memory of processes. Where there is a {@code /proc}, the time of children that have ended counts as well,
 * as it must for the processes of PostgreSQL; elsewhere what the JDK tells, and no memory.
 */
class Cpu {

    private static final double TICKS_PER_SECOND = 100; // USER_HZ, the same on every Linux
    private static final int USER = 11; // after the name of the program: utime, stime, cutime, cstime

    private Cpu() {}

    /** Seconds that the process, its children and their children have used. */
    static double secondsOfTree(ProcessHandle process) {
        return seconds(process)
                + process.descendants().mapToDouble(Cpu::seconds).sum();
    }

    /** Seconds that the process itself has used, with those of its children that have ended. */
    static double seconds(ProcessHandle process) {
        try {
            var stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Arrays.stream(fields, USER, USER + 4)
                            .mapToLong(Long::parseLong)
                            .sum()
                    / TICKS_PER_SECOND;
        } catch (IOException e) {
            return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
        }
    }

    /** Resident megabytes of one process, 0 where nothing tells. */
    static long residentMegabytes(ProcessHandle process) {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .findFirst()
                            .orElse(0)
                    / 1024;
        } catch (IOException e) {
            return 0;
        }
    }
}
