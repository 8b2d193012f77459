package io.understudy.core.health;

import io.understudy.core.candidate.Candidate;
import io.understudy.core.failure.Failure;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A health that bounds, too, how many calls a provider has under way. A full provider is {@linkplain
 * Availability.State#HELD held}: it goes behind the others and is never called beyond its bound. When it will have a
 * place again nobody knows; a second is what is said. Thread-safe and lock-free.
 */
public final class BoundedHealth implements Health {
    private static final Duration SOON = Duration.ofSeconds(1);

    private final Health health;
    private final Map<String, Slots> slots;

    private BoundedHealth(Health health, Map<String, Slots> slots) {
        this.health = health;
        this.slots = Map.copyOf(slots);
    }

    /**
     * A health with bounds that nobody takes up yet.
     *
     * @param bounds calls at a time by provider, each at least 1; others have none
     */
    public static BoundedHealth of(Health health, Map<String, Integer> bounds) {
        Map<String, Slots> slots = new HashMap<>();
        bounds.forEach((provider, bound) -> slots.put(provider, Slots.free(checked(bound))));
        return new BoundedHealth(health, slots);
    }

    private static int checked(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("bound: " + bound + " (expected: >= 1)");
        }
        return bound;
    }

    /**
     * The health that takes over when the configuration has changed. Calls that are still under way at the unchanged
     * providers go on taking up their places.
     */
    public BoundedHealth successor(Health newHealth, Map<String, Integer> bounds, Collection<String> unchanged) {
        BoundedHealth fresh = of(newHealth, bounds);
        Map<String, Slots> kept = new HashMap<>(fresh.slots);
        kept.replaceAll((provider, free) -> {
            Slots known = unchanged.contains(provider) ? slots.get(provider) : null;
            return known == null ? free : known.withBound(free.bound());
        });
        return new BoundedHealth(newHealth, kept);
    }

    @Override
    public Availability availability(Candidate candidate) {
        Availability known = health.availability(candidate);
        Slots own = slots.get(candidate.provider());
        if (own == null || !own.areTaken()) {
            return known;
        }
        Duration remaining = known.remaining().compareTo(SOON) > 0 ? known.remaining() : SOON;
        return new Availability(Availability.State.HELD, remaining);
    }

    @Override
    public Condition condition(Candidate candidate) {
        return health.condition(candidate);
    }

    @Override
    public Optional<Admission> admit(Candidate candidate) {
        return within(candidate, () -> health.admit(candidate));
    }

    @Override
    public Optional<Admission> admitAgain(Candidate candidate, Admission previous) {
        Admission inner = previous instanceof Occupied occupied ? occupied.admission : previous;
        return within(candidate, () -> health.admitAgain(candidate, inner));
    }

    @Override
    public Optional<Admission> admitAnyway(Candidate candidate) {
        return within(candidate, () -> health.admitAnyway(candidate));
    }

    @Override
    public boolean grantsRetry(Candidate candidate) {
        return health.grantsRetry(candidate);
    }

    private Optional<Admission> within(Candidate candidate, Supplier<Optional<Admission>> admit) {
        Slots own = slots.get(candidate.provider());
        if (own == null) {
            return admit.get();
        }
        if (!own.take()) {
            return Optional.empty();
        }
        Optional<Admission> admission = admit.get();
        if (admission.isEmpty()) {
            own.giveBack();
        }
        return admission.map(admitted -> new Occupied(admitted, own));
    }

    /** A call that takes up a place until it is judged. */
    private static final class Occupied implements Admission {
        private final Admission admission;
        private final Slots slots;
        private final AtomicBoolean closed = new AtomicBoolean();

        Occupied(Admission admission, Slots slots) {
            this.admission = admission;
            this.slots = slots;
        }

        @Override
        public Verdict close(@Nullable Failure failure) {
            if (closed.compareAndSet(false, true)) {
                slots.giveBack();
            }
            return admission.close(failure);
        }
    }
}
