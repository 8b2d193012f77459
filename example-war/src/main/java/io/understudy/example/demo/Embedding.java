package io.understudy.example.demo;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/** A text's direction in space: a vector of length 1 that depends on nothing but the text. */
record Embedding(List<Float> values) {
    /** As many as {@code text-embedding-3-small} has. */
    static final int DIMENSIONS = 1536;

    Embedding {
        values = List.copyOf(values);
    }

    /** The first dimensions of a text's embedding. */
    static Embedding of(String text, int dimensions) {
        double[] direction =
                new Random(text.hashCode()).doubles(dimensions, -1, 1).toArray();
        double length =
                Math.sqrt(Arrays.stream(direction).map(part -> part * part).sum());
        return new Embedding(Arrays.stream(direction)
                .mapToObj(part -> (float) (part / length))
                .toList());
    }

    /** The vector as 32-bit floats, the lowest byte first. */
    String base64() {
        ByteBuffer bytes = ByteBuffer.allocate(values.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        values.forEach(bytes::putFloat);
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
