/**
 * Asynchronous processing for requests that do not support it: a container, or a filter in front, without asynchronous
 * support. The container's thread stays and does all the work, blocking where it must.
 */
@NullMarked
package io.understudy.servlet.synchronous;

import org.jspecify.annotations.NullMarked;
