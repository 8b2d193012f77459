/** An application of somebody else, small, with a JAX-RS resource of its own; it is deployed beside the WAR. */
@NullMarked
package io.understudy.example.servers.foreign;

import org.jspecify.annotations.NullMarked;
