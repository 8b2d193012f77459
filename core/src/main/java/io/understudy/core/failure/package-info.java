/** What went wrong in an attempt, as a kind, and what each kind leads to. */
@NullMarked
package io.understudy.core.failure;

import org.jspecify.annotations.NullMarked;
