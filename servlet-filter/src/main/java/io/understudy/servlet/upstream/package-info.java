/** The way to a provider: what is sent, with which headers and credentials, and the non-blocking client that sends it. */
@NullMarked
package io.understudy.servlet.upstream;

import org.jspecify.annotations.NullMarked;
