/** Hand-written stand-ins for what unit tests need of the container, the network and the clock. */
@NullMarked
package io.understudy.servlet.fake;

import org.jspecify.annotations.NullMarked;
