package io.understudy.servlet.chain;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.Charset;

/** A writer that keeps nothing back: each text is in the stream when writing it returns, but not flushed there. */
final class EncodedWriter extends Writer {
    private final OutputStream out;
    private final Writer encoder;

    EncodedWriter(OutputStream out, Charset charset) {
        this.out = out;
        this.encoder = new OutputStreamWriter(new Unflushed(out), charset);
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
        encoder.write(text, offset, length);
        encoder.flush();
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private static final class Unflushed extends FilterOutputStream {
        Unflushed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void flush() {
            // Whoever writes decides when.
        }
    }
}
