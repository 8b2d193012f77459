package io.understudy.servlet.config;

/** Small valid configurations with one piece put in, written with single quotes. */
final class Example {
    /** The smallest valid configuration. */
    static final String MINIMAL = top("");

    private Example() {}

    /** With more top-level keys, each with a comma before it. */
    static String top(String more) {
        return "{'providers': {'a': {'type': 'openai', 'baseUrl': 'https://a.example/v1'}},"
                + " 'models': {'m': [{'provider': 'a'}]}" + more + "}";
    }

    /** With more keys of the provider {@code a}, each with a comma before it. */
    static String provider(String more) {
        return providers("'a': {'type': 'openai', 'baseUrl': 'https://a.example/v1'" + more + "}");
    }

    /** With these providers, of which one has to be called {@code a}. */
    static String providers(String providers) {
        return "{'providers': {" + providers + "}, 'models': {'m': [{'provider': 'a'}]}}";
    }

    /** With these models, the providers being {@code a} and {@code b}. */
    static String models(String models) {
        return "{'providers': {'a': {'type': 'openai', 'baseUrl': 'https://a.example/v1'},"
                + " 'b': {'type': 'azure', 'baseUrl': 'https://b.example/v1'}}, 'models': {" + models + "}}";
    }

    /** With this list of candidates for the model {@code m}. */
    static String candidates(String candidates) {
        return models("'m': [" + candidates + "]");
    }
}
