package io.understudy.example.demo;

import java.time.Duration;

/** A piece of a response body and the pause before it. */
record Part(Duration pause, String text) {}
