/** Placeholder. */
@NullMarked
package io.understudy.servlet;

import org.jspecify.annotations.NullMarked;
