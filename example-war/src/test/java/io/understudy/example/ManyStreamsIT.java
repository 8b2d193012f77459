package io.understudy.example;

import static io.understudy.example.Scene.FIRST;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.testing.Frames;
import io.understudy.servlet.testing.Gate;
import io.understudy.servlet.testing.Reply;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A stream costs no thread while it lasts. */
class ManyStreamsIT {
    private static final int STREAMS = 500;
    private static final int SECONDS = 10;

    /** What the pools may grow by under the burst at the start; a thread for each stream would be hundreds. */
    private static final long SLACK = 32;

    @Test
    void five_hundred_streams_of_ten_seconds_finish_and_threads_stay_few() {
        Frames frames = FIRST.streamed(
                IntStream.range(0, SECONDS).mapToObj(second -> second + " ").toArray(String[]::new));
        Gate allThere = new Gate();
        try (Stage stage = Stage.open(1, "\"streaming\": { \"heartbeat\": \"100s\" }")) {
            Scene scene = stage.next();
            scene.first().then(Reply.stream(frames.all())).always(slowly(frames, allThere));
            assertThat(stage.caller()
                            .chatLater(FIRST.streamedRequest(scene.model(), "Count"))
                            .join()
                            .body())
                    .isEqualTo(frames.text());
            long before = PlatformThreads.of(stage.process());
            List<CompletableFuture<HttpResponse<String>>> answers = Stream.generate(
                            () -> stage.caller().chatLater(FIRST.streamedRequest(scene.model(), "Count")))
                    .limit(STREAMS)
                    .toList();
            Peak peak = peak(stage, scene, answers, allThere);
            assertThat(answers).allSatisfy(answer -> {
                assertThat(answer.join().statusCode()).isEqualTo(200);
                assertThat(answer.join().body()).isEqualTo(frames.text());
            });
            assertThat(scene.first().requests()).hasSize(STREAMS + 1);
            assertThat(peak.streams()).isGreaterThanOrEqualTo(STREAMS);
            assertThat(peak.threads()).isLessThan(before + SLACK);
        }
    }

    /** The answers' streams: when all are there, one event each second. */
    private static Reply slowly(Frames frames, Gate allThere) {
        Reply opened = Reply.stream().events(frames.opening()).await(allThere);
        return frames.content().stream()
                .reduce(
                        opened,
                        (reply, event) -> reply.after(Duration.ofSeconds(1)).event(event),
                        (one, two) -> two)
                .events(frames.ending())
                .end();
    }

    /** Counts threads and streams again and again until the streams are done. */
    private static Peak peak(
            Stage stage, Scene scene, List<CompletableFuture<HttpResponse<String>>> answers, Gate allThere) {
        CompletableFuture<?> done = CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new));
        Peak peak = new Peak(0, 0);
        while (!done.isDone()) {
            if (scene.first().requests().size() > STREAMS) {
                allThere.open();
            }
            peak = peak.and(PlatformThreads.of(stage.process()), scene.first().openConnections());
            CompletableFuture.anyOf(done, new CompletableFuture<>().completeOnTimeout(null, 500, MILLISECONDS))
                    .join();
        }
        return peak;
    }

    /**
     * The most there were at a time.
     *
     * @param threads of the gateway
     * @param streams at the provider
     */
    private record Peak(long threads, int streams) {
        Peak and(long otherThreads, int otherStreams) {
            return new Peak(Math.max(threads, otherThreads), Math.max(streams, otherStreams));
        }
    }
}
