package io.understudy.servlet.testing;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * What is to be replied: first the replies of a queue, one for each request, then those of a function. A connection on
 * which requests came before may have replies of its own.
 */
final class Playbook {
    private static final Reply NOTHING_SCRIPTED = Reply.json(
            418, "{\"error\":{\"message\":\"nothing scripted\",\"type\":\"test\",\"param\":null,\"code\":null}}");

    private final Queue<Reply> queue = new ConcurrentLinkedQueue<>();
    private final Queue<Reply> onReuse = new ConcurrentLinkedQueue<>();
    private volatile Function<MessageHead, Reply> afterwards = head -> NOTHING_SCRIPTED;
    private volatile boolean resetting;

    void add(Reply reply) {
        queue.add(reply);
    }

    void addOnReuse(Reply reply) {
        onReuse.add(reply);
    }

    void resetAtConnect() {
        resetting = true;
    }

    void afterwards(Function<MessageHead, Reply> replies) {
        resetting = false;
        afterwards = replies;
    }

    /** Whether connections are reset before anything is read. */
    boolean isResettingAtConnect() {
        return resetting;
    }

    synchronized Reply replyTo(MessageHead request, boolean reused) {
        Reply next = reused && !onReuse.isEmpty() ? onReuse.poll() : queue.poll();
        return next != null ? next : afterwards.apply(request);
    }
}
