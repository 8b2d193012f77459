/**
 * Instruments of the tests: an LLM provider and a caller on raw sockets, which do exactly what a test tells them, faults
 * included, the dialects' wire texts, and a servlet container around the filter. Nothing here sleeps or guesses.
 */
@NullMarked
package io.understudy.servlet.testing;

import org.jspecify.annotations.NullMarked;
