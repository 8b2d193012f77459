package io.understudy.example.servers.foreign;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The JAX-RS application of the foreign WAR; the server finds its resources by itself. */
@ApplicationPath("/api")
public class ForeignApplication extends Application {}
