package io.understudy.servlet.testing;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** What is to be replied: first the replies of a queue, one for each request, then those of a function. */
final class Playbook {
    private static final Reply NOTHING_SCRIPTED = Reply.json(
            418, "{\"error\":{\"message\":\"nothing scripted\",\"type\":\"test\",\"param\":null,\"code\":null}}");

    private final Queue<Reply> queue = new ConcurrentLinkedQueue<>();
    private volatile Function<MessageHead, Reply> afterwards = head -> NOTHING_SCRIPTED;

    void add(Reply reply) {
        queue.add(reply);
    }

    void afterwards(Function<MessageHead, Reply> replies) {
        afterwards = replies;
    }

    /** The next reply, if it is one that asks for no request. */
    synchronized Optional<Reply> atConnect() {
        Reply next = queue.peek();
        return next != null && next.reading() instanceof Reading.Nothing
                ? Optional.ofNullable(queue.poll())
                : Optional.empty();
    }

    synchronized Reply replyTo(MessageHead request) {
        Reply next = queue.poll();
        return next != null ? next : afterwards.apply(request);
    }
}
