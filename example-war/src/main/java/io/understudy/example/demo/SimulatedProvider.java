package io.understudy.example.demo;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A provider without a model: it says what a library holds, at its pace, and fails as its decks have it. The same seed
 * and the same calls in the same order give the same responses. Thread-safe.
 */
final class SimulatedProvider {
    private static final Duration PROMPTLY = Duration.ofMillis(20);
    private static final String RETRY_AFTER = "5";

    private final String name;
    private final Random random;
    private final Library library = Library.bundled();
    private final InstantSource clock;
    private final Pace pace;
    private final String fingerprint;
    private final Deck plain;
    private final Deck streamed;

    private SimulatedProvider(
            String name, long seed, InstantSource clock, Pace pace, List<Turn> plain, List<Turn> streamed) {
        this.name = name;
        this.random = new Random(seed + name.hashCode());
        this.clock = clock;
        this.pace = pace;
        this.fingerprint = "fp_" + letters(10);
        this.plain = new Deck(new Random(seed), plain);
        this.streamed = new Deck(new Random(seed + 1), streamed);
    }

    static SimulatedProvider healthy(long seed, InstantSource clock) {
        List<Turn> always = List.of(Turn.ANSWER);
        return new SimulatedProvider("healthy", seed, clock, Pace.millis(300, 10, 30), always, always);
    }

    static SimulatedProvider slow(long seed, InstantSource clock) {
        List<Turn> always = List.of(Turn.ANSWER);
        return new SimulatedProvider("slow", seed, clock, Pace.millis(2500, 40, 80), always, always);
    }

    /** Fails five times in eight. */
    static SimulatedProvider flaky(long seed, InstantSource clock) {
        List<Turn> plain = List.of(
                Turn.ANSWER,
                Turn.ANSWER,
                Turn.ANSWER,
                Turn.RATE_LIMITED,
                Turn.OVERLOADED,
                Turn.OVERLOADED,
                Turn.ERROR_IN_ANSWER,
                Turn.BREAK_BEFORE_CONTENT);
        List<Turn> streamed = List.of(
                Turn.ANSWER,
                Turn.ANSWER,
                Turn.ANSWER,
                Turn.RATE_LIMITED,
                Turn.OVERLOADED,
                Turn.ERROR_IN_ANSWER,
                Turn.BREAK_BEFORE_CONTENT,
                Turn.BREAK_AFTER_CONTENT);
        return new SimulatedProvider("flaky", seed, clock, Pace.millis(200, 10, 40), plain, streamed);
    }

    /** The last part of its base URL. */
    String name() {
        return name;
    }

    /** Plays the next turn. */
    synchronized SimulatedResponse respond(WireFormat wire, byte[] body) {
        Call call;
        try {
            call = wire.read(body);
        } catch (IllegalArgumentException e) {
            return SimulatedResponse.json(400, PROMPTLY, wire.errors().badRequest(String.valueOf(e.getMessage())));
        }
        return call.stream() && wire instanceof SpokenFormat spoken
                ? stream(spoken, call, streamed.deal())
                : plain(wire, call, plain.deal());
    }

    private SimulatedResponse plain(WireFormat wire, Call call, Turn turn) {
        return switch (turn) {
            case RATE_LIMITED, OVERLOADED -> refusal(wire, call, turn);
            case ERROR_IN_ANSWER ->
                SimulatedResponse.json(200, PROMPTLY, wire.errors().error(turn, call));
            case ANSWER -> {
                Answer answer = answer();
                yield SimulatedResponse.json(200, timeFor(wire, answer), wire.answer(call, answer));
            }
            case BREAK_BEFORE_CONTENT, BREAK_AFTER_CONTENT -> {
                String whole = wire.answer(call, answer());
                yield SimulatedResponse.json(200, pace.firstToken(), whole.substring(0, whole.length() / 2));
            }
        };
    }

    private SimulatedResponse stream(SpokenFormat wire, Call call, Turn turn) {
        return switch (turn) {
            case RATE_LIMITED, OVERLOADED -> refusal(wire, call, turn);
            case ERROR_IN_ANSWER -> SimulatedResponse.stream(List.of(new Part(PROMPTLY, wire.errorEvent(turn, call))));
            case ANSWER -> {
                StreamScript script = wire.stream(call, answer());
                List<Part> parts = parts(script, script.content().size());
                parts.add(new Part(Duration.ZERO, script.closing()));
                yield SimulatedResponse.stream(parts);
            }
            case BREAK_BEFORE_CONTENT -> SimulatedResponse.stream(parts(wire.stream(call, answer()), 0));
            case BREAK_AFTER_CONTENT -> {
                StreamScript script = wire.stream(call, answer());
                yield SimulatedResponse.stream(parts(script, script.content().size() / 3));
            }
        };
    }

    private static SimulatedResponse refusal(WireFormat wire, Call call, Turn turn) {
        String body = wire.errors().error(turn, call);
        return turn == Turn.RATE_LIMITED
                ? new SimulatedResponse(
                        429,
                        Map.of("Content-Type", "application/json", "Retry-After", RETRY_AFTER),
                        List.of(new Part(PROMPTLY, body)))
                : SimulatedResponse.json(wire.errors().overloaded(), PROMPTLY, body);
    }

    /** The opening and the first tokens of a stream. */
    private List<Part> parts(StreamScript script, int tokens) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part(pace.firstToken(), script.opening()));
        for (String event : script.content().subList(0, tokens)) {
            parts.add(new Part(pace.nextPause(random), event));
        }
        return parts;
    }

    private Answer answer() {
        return new Answer(letters(29), fingerprint, clock.instant().getEpochSecond(), library.tokens(random));
    }

    private Duration timeFor(WireFormat wire, Answer answer) {
        return wire instanceof SpokenFormat ? timeToSay(answer) : pace.firstToken();
    }

    private Duration timeToSay(Answer answer) {
        Duration time = pace.firstToken();
        for (int i = 0; i < answer.tokens().size(); i++) {
            time = time.plus(pace.nextPause(random));
        }
        return time;
    }

    private String letters(int length) {
        return random.ints(length, 0, 36).mapToObj(i -> Integer.toString(i, 36)).reduce("", String::concat);
    }
}
