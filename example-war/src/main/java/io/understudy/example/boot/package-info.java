/**
 * {@code java -jar understudy.war}: unpacks the WAR and serves it on an embedded Jetty. These classes lie at the root of
 * the WAR, not in the web application; all but {@code Launcher} and {@code Drain} need nothing but the JDK.
 */
@NullMarked
package io.understudy.example.boot;

import org.jspecify.annotations.NullMarked;
