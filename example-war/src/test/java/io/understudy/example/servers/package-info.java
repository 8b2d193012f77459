/**
 * The gate: the built WAR, deployed unmodified into real application servers, one after the other, and checked from
 * outside. Run by {@code mvn verify -Pservers}; {@code -Dservers=tomcat11,wildfly} picks.
 */
@NullMarked
package io.understudy.example.servers;

import org.jspecify.annotations.NullMarked;
