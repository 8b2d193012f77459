/** How long to pause before a candidate is called again. */
@NullMarked
package io.understudy.core.backoff;

import org.jspecify.annotations.NullMarked;
