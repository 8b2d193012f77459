/**
 * Requests and streams in the shapes that agents and SDKs really send and get: composed by hand where the shape matters,
 * filled from a seeded generator where only the size does.
 */
@NullMarked
package io.understudy.servlet.corpus;

import org.jspecify.annotations.NullMarked;
