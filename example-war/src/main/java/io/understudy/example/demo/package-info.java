/** The demo: simulated providers below the WAR's own context, which the gateway calls over HTTP like real ones. */
@NullMarked
package io.understudy.example.demo;

import org.jspecify.annotations.NullMarked;
