package io.understudy.core.simulation;

/** An upstream of a simulation. */
@FunctionalInterface
interface SimulatedProvider {
    /** What becomes of a call that begins at this moment. */
    Answer answer(long now);
}
