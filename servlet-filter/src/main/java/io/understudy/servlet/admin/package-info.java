/** What operators look at: the resources and the page below {@code /understudy/}. */
@NullMarked
package io.understudy.servlet.admin;

import org.jspecify.annotations.NullMarked;
