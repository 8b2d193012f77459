package io.understudy.example.demo;

/**
 * What a simulated provider takes from a request.
 *
 * @param usage whether a stream shall tell the usage
 */
record Call(String model, boolean stream, boolean usage, int promptTokens) {}
