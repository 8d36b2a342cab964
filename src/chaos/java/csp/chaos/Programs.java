package csp.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs that an attack wants and no build needs: those of Debian's packages, where they are installed. */
final class Programs {

    private static final Path POSTGRES_VERSIONS = Path.of("/usr/lib/postgresql");

    private Programs() {}

    /** Where the program is, if this machine has it. */
    static Optional<Path> find(String name) {
        return Stream.concat(
                        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":")),
                        Stream.of("/usr/sbin", "/usr/bin", "/usr/local/bin"))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Path get(String name) {
        return find(name).orElseThrow(() -> new IllegalStateException("No program " + name));
    }

    /** The programs of a PostgreSQL server with those for its copies, of the newest version there is. */
    static Optional<Path> postgres() {
        if (!Files.isDirectory(POSTGRES_VERSIONS)) {
            return Optional.empty();
        }
        try (var versions = Files.list(POSTGRES_VERSIONS)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Stream.of("postgres", "pg_basebackup", "pg_rewind")
                            .allMatch(name -> Files.isExecutable(bin.resolve(name))))
                    .max(Comparator.comparingInt(bin ->
                            Integer.parseInt(bin.getParent().getFileName().toString())));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is missing of what an attack needs; empty when nothing is. */
    static String missing(String... names) {
        var missing = Stream.of(names)
                .filter(name -> (name.equals("postgres") ? postgres() : find(name)).isEmpty())
                .toList();
        return missing.isEmpty()
                ? ""
                : "this machine has no " + String.join(", ", missing)
                        + " (Debian: apt-get install haproxy pgbouncer patroni etcd-server postgresql)";
    }

    /** A command as somebody else than root, where root is who runs the attacks: some programs insist on it. */
    static List<String> withoutRoot(List<String> command) {
        return System.getProperty("user.name").equals("root")
                ? Stream.concat(Stream.of("unshare", "--user"), command.stream())
                        .toList()
                : command;
    }
}
