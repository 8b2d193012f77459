/**
 * The configuration: finds {@code understudy.json}, reads and checks it as a whole, and hands out one immutable {@link
 * io.understudy.servlet.config.Settings}. What is wrong is said at once and in full, and never with a secret in it.
 */
@NullMarked
package io.understudy.servlet.config;

import org.jspecify.annotations.NullMarked;
