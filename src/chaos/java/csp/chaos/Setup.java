package csp.chaos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a service is started.
 *
 * @param settings its -D options
 * @param jvm options of its JVM
 * @param deafConsole whether its standard output is a pipe that nobody reads
 * @param diskMegabytes the size of a file system of its own for its data; 0 for none
 * @param isAfterOthers whether it gets what processor time others on this machine leave
 */
record Setup(
        Map<String, String> settings, List<String> jvm, boolean deafConsole, int diskMegabytes, boolean isAfterOthers) {

    /** The demo world on an embedded PostgreSQL, in the memory that the image is given at least, with the image's own option. */
    static Setup demo() {
        return new Setup(Map.of(), List.of("-Xmx512m", "-XX:+ExitOnOutOfMemoryError"), false, 0, false);
    }

    Setup with(String setting, Object value) {
        var all = new HashMap<>(settings);
        all.put(setting, value.toString());
        return new Setup(all, jvm, deafConsole, diskMegabytes, isAfterOthers);
    }

    Setup with(Map<String, String> more) {
        var all = new HashMap<>(settings);
        all.putAll(more);
        return new Setup(all, jvm, deafConsole, diskMegabytes, isAfterOthers);
    }

    Setup withJvm(List<String> more) {
        var all = new ArrayList<>(jvm);
        all.addAll(more);
        return new Setup(settings, all, deafConsole, diskMegabytes, isAfterOthers);
    }

    Setup withDeafConsole() {
        return new Setup(settings, jvm, true, diskMegabytes, isAfterOthers);
    }

    Setup withDisk(int megabytes) {
        return new Setup(settings, jvm, deafConsole, megabytes, isAfterOthers);
    }

    /** Those who attack get the processor time that they want, as if they had machines of their own. */
    Setup behindOthers() {
        return new Setup(settings, jvm, deafConsole, diskMegabytes, true);
    }
}
