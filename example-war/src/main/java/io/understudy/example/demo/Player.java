package io.understudy.example.demo;

import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.glassfish.jersey.server.ChunkedOutput;

/**
 * Plays simulated responses in time. Nobody waits in a thread: two of them write for all. A write does not block them,
 * because a whole answer (some 60 KB) fits into the buffers of a loopback connection; the embeddings of many texts do not,
 * but they are read as fast as they are written.
 */
final class Player implements AutoCloseable {
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(2, Player::thread);

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "understudy-demo");
        thread.setDaemon(true);
        return thread;
    }

    CompletionStage<Response> play(SimulatedResponse simulated) {
        CompletableFuture<Response> response = new CompletableFuture<>();
        Iterator<Part> parts = simulated.parts().iterator();
        Part first = parts.next();
        after(first, () -> {
            if (parts.hasNext()) {
                ChunkedOutput<String> output = new ChunkedOutput<>(String.class);
                response.complete(head(simulated).entity(output).build());
                write(output, first, parts);
            } else {
                response.complete(head(simulated).entity(first.text()).build());
            }
        });
        return response;
    }

    private static Response.ResponseBuilder head(SimulatedResponse simulated) {
        Response.ResponseBuilder head = Response.status(simulated.status());
        simulated.headers().forEach(head::header);
        return head;
    }

    private void write(ChunkedOutput<String> output, Part part, Iterator<Part> rest) {
        try {
            output.write(part.text());
            if (rest.hasNext()) {
                Part next = rest.next();
                after(next, () -> write(output, next, rest));
            } else {
                output.close();
            }
        } catch (IOException e) {
            // The caller has gone; there is nobody to tell and nothing to free.
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for a part; what goes wrong in it is handled in it.
    private void after(Part part, Runnable work) {
        timer.schedule(work, part.pause().toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
