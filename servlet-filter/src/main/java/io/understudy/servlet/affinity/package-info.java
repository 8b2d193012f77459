/** Who keeps what a request refers to: state that one provider has and no other. */
@NullMarked
package io.understudy.servlet.affinity;

import org.jspecify.annotations.NullMarked;
