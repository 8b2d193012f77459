package io.understudy.example.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A WAR and where it is to be found.
 *
 * @param war the file
 * @param context the context path: {@code ""} for the root, else {@code /name}
 * @param readyPath a path below the context
 * @param readyStatus what a POST of <code>{}</code> to {@code readyPath} answers as soon as the WAR serves, not before
 */
record Deployment(Path war, String context, String readyPath, int readyStatus) {
    /** The file name from which every server derives this context path. */
    String fileName() {
        return fileName(context);
    }

    static String fileName(String context) {
        return context.isEmpty() ? "ROOT.war" : context.substring(1) + ".war";
    }

    /** Puts the WAR into a directory under the name that says its context path. */
    Path copyInto(Path directory) throws IOException {
        Files.createDirectories(directory);
        return Files.copy(war, directory.resolve(fileName()));
    }
}
