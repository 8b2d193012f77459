/** What is remembered of candidates between requests, and who may be called now. */
@NullMarked
package io.understudy.core.health;

import org.jspecify.annotations.NullMarked;
