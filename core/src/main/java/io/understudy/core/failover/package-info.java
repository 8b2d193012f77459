/** The failover decision as a state machine without I/O, asked by every driver. */
@NullMarked
package io.understudy.core.failover;

import org.jspecify.annotations.NullMarked;
