package io.understudy.servlet.chain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.upstream.UpstreamBody;
import io.understudy.servlet.upstream.UpstreamBody.Edit;
import jakarta.servlet.ReadListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class KnownBodyTest {
    private static KnownBody edited() {
        return new KnownBody(UpstreamBody.of(
                "0123456789".getBytes(UTF_8),
                List.of(Edit.insert(0, "<".getBytes(UTF_8)), new Edit(9, 10, new byte[0]))));
    }

    @Property
    void every_way_of_reading_it_gives_the_same_bytes(
            @ForAll @Size(max = 40) List<@IntRange(min = 0, max = 5) Integer> sizes) {
        KnownBody body = edited();
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        for (int size : sizes) {
            if (size == 0) {
                int one = body.read();
                if (one != -1) {
                    read.write(one);
                }
            } else {
                byte[] some = new byte[size];
                int count = body.read(some, 0, size);
                read.write(some, 0, Math.max(count, 0));
            }
        }
        read.writeBytes(rest(body));
        assertThat(read.toString(UTF_8)).isEqualTo("<012345678");
        assertThat(body.isFinished()).isTrue();
        assertThat(body.read()).isEqualTo(-1);
    }

    @Test
    void a_listener_is_served_at_once() {
        KnownBody body = edited();
        List<String> heard = new ArrayList<>();
        body.setReadListener(new ReadListener() {
            @Override
            public void onDataAvailable() throws IOException {
                byte[] some = new byte[4];
                while (body.isReady() && !body.isFinished()) {
                    heard.add(new String(some, 0, body.read(some), UTF_8));
                }
            }

            @Override
            public void onAllDataRead() {
                heard.add("all");
            }

            @Override
            public void onError(Throwable t) {
                heard.add("error");
            }
        });
        assertThat(String.join("", heard)).isEqualTo("<012345678all");
    }

    @Test
    void it_is_as_long_as_it_was_however_much_has_been_read() {
        KnownBody body = edited();
        assertThat(rest(body)).hasSize(10);
        assertThat(body.length()).isEqualTo(10);
        assertThat(body.available()).isZero();
    }

    private static byte[] rest(KnownBody body) {
        try {
            return body.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
