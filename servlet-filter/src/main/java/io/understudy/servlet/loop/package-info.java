/** One exchange's serial event loop and its timers: everything that happens in an exchange happens there. */
@NullMarked
package io.understudy.servlet.loop;

import org.jspecify.annotations.NullMarked;
