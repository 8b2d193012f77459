/** What the parts that are on every request's path cost: time and garbage. */
@NullMarked
package io.understudy.benchmark;

import org.jspecify.annotations.NullMarked;
