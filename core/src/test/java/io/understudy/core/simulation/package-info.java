/** Hours of traffic in virtual time: what failover does to callers and to a provider in trouble, as figures. */
@NullMarked
package io.understudy.core.simulation;

import org.jspecify.annotations.NullMarked;
