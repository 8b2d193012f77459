/** The way back: events cut out of the stream, held until the commit point, and written to the caller at the caller's pace. */
@NullMarked
package io.understudy.servlet.relay;

import org.jspecify.annotations.NullMarked;
