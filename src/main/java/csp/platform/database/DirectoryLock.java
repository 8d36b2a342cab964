package csp.platform.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** One service per data directory: a lock of the operating system, which ends with its process however that process ends. */
class DirectoryLock implements AutoCloseable {

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Creates the directory when it is missing. Error: another service holds it, or it cannot be written. */
    static DirectoryLock of(Path directory) {
        FileChannel channel = null;
        try {
            if (!Files.exists(directory)) {
                Files.createDirectories(directory);
                keepOthersOut(directory);
            }
            channel = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                throw inUse(directory, channel);
            }
            return new DirectoryLock(channel);
        } catch (OverlappingFileLockException e) {
            throw inUse(directory, channel);
        } catch (IOException e) {
            throw new DatabaseStartException(
                    "The data directory " + directory + " cannot be written; choose another one with csp.data-dir.", e);
        }
    }

    /** The directory holds programs that we run and data of our users. */
    private static void keepOthersOut(Path directory) throws IOException {
        if (Files.getFileStore(directory).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private static DatabaseStartException inUse(Path directory, FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing was locked; there is nothing to give back.
        }
        return new DatabaseStartException(
                "The data directory " + directory
                        + " is in use by another running service; stop that one or choose another directory with csp.data-dir.");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException("The lock of the data directory could not be released", e);
        }
    }
}
