/**
 * The application behind the filter as somebody who can be called: the rest of the filter chain runs in the container's
 * thread, and its answer is held and judged like a provider's.
 */
@NullMarked
package io.understudy.servlet.chain;

import org.jspecify.annotations.NullMarked;
