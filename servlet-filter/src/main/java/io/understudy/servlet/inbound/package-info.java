/** The caller's request: which endpoint it means, its body read once, and the few things in it that matter here. */
@NullMarked
package io.understudy.servlet.inbound;

import org.jspecify.annotations.NullMarked;
