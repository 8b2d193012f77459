package io.understudy.servlet.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * What a file looks like from outside. It differs when the file was written, replaced, or is another one behind a
 * symbolic link somewhere in its path, as Kubernetes swaps mounted ConfigMaps and Secrets.
 *
 * @param real the path without symbolic links
 * @param key what the file system tells files apart by, null if it does not
 */
record FileTrace(Path real, FileTime modified, long size, @Nullable Object key) {
    private static final FileTrace NONE = new FileTrace(Path.of(""), FileTime.fromMillis(0), -1, null);

    /** The trace of what is there now; always the same one if nothing is. */
    static FileTrace of(String name) {
        try {
            Path real = Path.of(name).toRealPath();
            BasicFileAttributes seen = Files.readAttributes(real, BasicFileAttributes.class);
            return new FileTrace(real, seen.lastModifiedTime(), seen.size(), seen.fileKey());
        } catch (IOException | InvalidPathException nothingThere) {
            return NONE;
        }
    }
}
