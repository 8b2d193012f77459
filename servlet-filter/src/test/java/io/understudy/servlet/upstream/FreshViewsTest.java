package io.understudy.servlet.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.util.BufferUtil;
import org.junit.jupiter.api.Test;

class FreshViewsTest {
    private static final int SIZE = 4096;

    private final ArrayByteBufferPool pool = new ArrayByteBufferPool();
    private final FreshViews views = new FreshViews(pool);

    @Test
    void whoever_clears_a_buffer_that_was_given_back_disturbs_nobody() {
        RetainableByteBuffer given = views.acquire(SIZE, false);
        ByteBuffer kept = given.getByteBuffer();
        given.release();
        RetainableByteBuffer mine = views.acquire(SIZE, false);
        assertThat(pool.getHeapByteBufferCount()).as("the memory is the same").isEqualTo(1);
        fill(mine);
        BufferUtil.clear(kept);
        assertThat(mine.getByteBuffer().remaining()).isEqualTo(3);
        mine.release();
    }

    @Test
    void a_buffer_begins_empty_and_is_empty_again_when_cleared() {
        RetainableByteBuffer buffer = views.acquire(SIZE, true);
        assertThat(buffer.isDirect()).isTrue();
        assertThat(buffer.hasRemaining()).isFalse();
        fill(buffer);
        assertThat(buffer.remaining()).isEqualTo(3);
        buffer.clear();
        assertThat(buffer.hasRemaining()).isFalse();
        buffer.release();
    }

    @Test
    void what_is_given_back_is_there_again() {
        RetainableByteBuffer buffer = views.acquire(SIZE, false);
        buffer.retain();
        assertThat(buffer.isRetained()).isTrue();
        assertThat(buffer.release()).isFalse();
        assertThat(pool.getAvailableHeapByteBufferCount()).isZero();
        assertThat(buffer.release()).isTrue();
        assertThat(pool.getAvailableHeapByteBufferCount()).isEqualTo(1);
    }

    private static void fill(RetainableByteBuffer buffer) {
        int before = BufferUtil.flipToFill(buffer.getByteBuffer());
        buffer.getByteBuffer().put(new byte[] {1, 2, 3});
        BufferUtil.flipToFlush(buffer.getByteBuffer(), before);
    }
}
