/** What differs between the APIs: where content begins and ends, how errors are read and written. */
@NullMarked
package io.understudy.servlet.dialect;

import org.jspecify.annotations.NullMarked;
