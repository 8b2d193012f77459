/** The core alone, with clients of others: what docs/reuse.md shows, and its tests. */
@NullMarked
package io.understudy.examples;

import org.jspecify.annotations.NullMarked;
