package io.understudy.servlet.config;

import io.understudy.servlet.config.Surroundings.Opener;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The files that one reading of the configuration looked at: the configuration itself and those of its secrets, also
 * those that were not there. Of their contents only digests are kept.
 */
final class ReadFiles implements Opener {
    private static final String NOTHING = "nothing";

    private final Opener files;
    private final Map<String, FileTrace> traces = new TreeMap<>();
    private final Map<String, MessageDigest> digests = new TreeMap<>();

    ReadFiles(Opener files) {
        this.files = files;
    }

    @Override
    public @Nullable InputStream open(String name) throws IOException {
        // Before its content: what changes while it is read shows afterwards.
        traces.put(name, FileTrace.of(name));
        InputStream content = files.open(name);
        if (content == null) {
            return null;
        }
        MessageDigest digest = sha256();
        digests.put(name, digest);
        return new DigestInputStream(content, digest);
    }

    /** What the files looked like from outside before they were read. */
    Map<String, FileTrace> traces() {
        return Map.copyOf(traces);
    }

    /** What they look like now. */
    Map<String, FileTrace> tracesNow() {
        Map<String, FileTrace> now = new TreeMap<>();
        traces.keySet().forEach(name -> now.put(name, FileTrace.of(name)));
        return now;
    }

    /** What was in them; to be asked once, when all have been read. */
    Map<String, String> contents() {
        Map<String, String> contents = new TreeMap<>();
        traces.keySet().forEach(name -> {
            MessageDigest digest = digests.get(name);
            contents.put(name, digest == null ? NOTHING : HexFormat.of().formatHex(digest.digest()));
        });
        return contents;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing (expected: in every Java platform)", e);
        }
    }
}
