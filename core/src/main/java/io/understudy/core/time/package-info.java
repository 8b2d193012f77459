/** Time as an argument: a {@link io.understudy.core.time.Ticker} to read and a deadline to keep. */
@NullMarked
package io.understudy.core.time;

import org.jspecify.annotations.NullMarked;
