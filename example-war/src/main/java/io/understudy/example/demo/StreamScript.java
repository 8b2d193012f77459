package io.understudy.example.demo;

import java.util.List;

/**
 * The events of a streamed answer, complete with their blank lines.
 *
 * @param opening what comes before the first content
 * @param content one event per token
 * @param closing what comes after the last content, with the dialect's end marker
 */
record StreamScript(String opening, List<String> content, String closing) {}
