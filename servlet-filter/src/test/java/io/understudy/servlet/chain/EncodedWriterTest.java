package io.understudy.servlet.chain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class EncodedWriterTest {
    @Property
    void a_text_in_any_pieces_is_the_text_before_anything_is_flushed(
            @ForAll String text, @ForAll @IntRange(min = 1, max = 7) int size) {
        Out out = new Out();
        PrintWriter writer = new PrintWriter(new EncodedWriter(out, UTF_8));
        String valid = new String(text.getBytes(UTF_8), UTF_8);
        for (int at = 0; at < valid.length(); at += size) {
            writer.write(valid, at, Math.min(size, valid.length() - at));
        }
        assertThat(out.toString(UTF_8)).isEqualTo(valid);
        assertThat(out.flushes).isZero();
    }

    @Test
    void what_is_flushed_is_flushed() {
        Out out = new Out();
        PrintWriter writer = new PrintWriter(new EncodedWriter(out, UTF_8));
        writer.print("Hi");
        writer.flush();
        assertThat(out.flushes).isEqualTo(1);
        assertThat(writer.checkError()).isFalse();
    }

    private static final class Out extends ByteArrayOutputStream {
        private int flushes;

        @Override
        public void flush() {
            flushes++;
        }
    }
}
