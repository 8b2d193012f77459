/** The WAR: the gateway's filter, or the demo when there is nothing to configure it with. */
@NullMarked
package io.understudy.example;

import org.jspecify.annotations.NullMarked;
