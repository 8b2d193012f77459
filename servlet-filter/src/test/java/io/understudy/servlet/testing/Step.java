package io.understudy.servlet.testing;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** One thing that a {@link ScriptedUpstream} does on a connection while it answers. */
@SuppressWarnings("ArrayRecordComponent") // never compared
sealed interface Step {
    /** Does it. */
    void perform(UpstreamConnection connection) throws IOException;

    /** Writes bytes, in one piece, and flushes them. */
    final class Write implements Step {
        private final byte[] bytes;

        Write(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        int length() {
            return bytes.length;
        }

        Write part(int from, int to) {
            return new Write(Arrays.copyOfRange(bytes, from, to));
        }

        /** The pieces between those offsets that lie inside, when the first byte has the offset {@code start}. */
        List<Step> splitAt(int start, int... offsets) {
            int[] cuts = IntStream.concat(
                            IntStream.of(0, bytes.length),
                            IntStream.of(offsets)
                                    .map(offset -> offset - start)
                                    .filter(cut -> cut > 0 && cut < bytes.length))
                    .sorted()
                    .distinct()
                    .toArray();
            return IntStream.range(1, cuts.length)
                    .<Step>mapToObj(i -> part(cuts[i - 1], cuts[i]))
                    .toList();
        }

        @Override
        public void perform(UpstreamConnection connection) throws IOException {
            connection.write(bytes);
        }
    }

    /** Writes bytes that are made when their turn comes. */
    record WriteThen(Supplier<byte[]> bytes) implements Step {
        @Override
        public void perform(UpstreamConnection connection) throws IOException {
            connection.write(bytes.get());
        }
    }

    /** Writes the same bytes again and again. */
    record WriteOften(byte[] bytes, int times) implements Step {
        @Override
        public void perform(UpstreamConnection connection) throws IOException {
            for (int i = 0; i < times; i++) {
                connection.write(bytes);
            }
        }
    }

    /** Waits until the test opens the gate. */
    record Await(Gate gate) implements Step {
        @Override
        public void perform(UpstreamConnection connection) {
            gate.pass(connection.closed());
        }
    }

    /** Lets time pass. */
    record Gap(Duration time) implements Step {
        @Override
        public void perform(UpstreamConnection connection) {
            connection.idle(time);
        }
    }

    /** Does nothing more until the peer has had enough. */
    record Stall() implements Step {
        @Override
        public void perform(UpstreamConnection connection) {
            connection.closed().join();
        }
    }

    /** Closes the connection in order (FIN). */
    record Close() implements Step {
        @Override
        public void perform(UpstreamConnection connection) throws IOException {
            connection.close();
        }
    }

    /** Breaks the connection off (RST). */
    record Reset() implements Step {
        @Override
        public void perform(UpstreamConnection connection) throws IOException {
            connection.reset();
        }
    }
}
