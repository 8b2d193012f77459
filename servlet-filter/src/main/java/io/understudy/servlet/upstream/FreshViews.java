package io.understudy.servlet.upstream;

import java.nio.ByteBuffer;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.RetainableByteBuffer;

/**
 * A pool whose memory is used again, but never the {@code ByteBuffer} that showed it. Jetty's client clears the buffer of a
 * connection that has failed once more when it has already given it back; by then the memory may hold the answer of
 * another provider, which would lose its bytes. A view of its own for each use leaves nothing there to be cleared. As
 * thread-safe as the pool behind it.
 *
 * @see <a href="https://github.com/jetty/jetty.project/issues/12934">jetty.project#12934</a>
 */
final class FreshViews extends ByteBufferPool.Wrapper {
    FreshViews(ByteBufferPool pool) {
        super(pool);
    }

    @Override
    public RetainableByteBuffer acquire(int size, boolean direct) {
        return new View(super.acquire(size, direct));
    }

    private static final class View extends RetainableByteBuffer.Wrapper {
        private final ByteBuffer view;

        View(RetainableByteBuffer pooled) {
            super(pooled);
            this.view = pooled.getByteBuffer().duplicate();
        }

        @Override
        public ByteBuffer getByteBuffer() {
            return view;
        }

        @Override
        public int remaining() {
            return view.remaining();
        }

        @Override
        public boolean hasRemaining() {
            return view.hasRemaining();
        }

        @Override
        public void clear() {
            // Empty, as pools hand them out.
            view.position(0).limit(0);
        }
    }
}
