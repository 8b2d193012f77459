/** Who may be asked, and in which order: candidates, the filter over them and the weighted draw. */
@NullMarked
package io.understudy.core.candidate;

import org.jspecify.annotations.NullMarked;
