/** One caller's request with everything done for it, as one serial event loop. */
@NullMarked
package io.understudy.servlet.exchange;

import org.jspecify.annotations.NullMarked;
