package io.understudy.servlet.config;

/** Which model name an answer carries, {@code responseModel}. */
public enum ResponseModel {
    /** The upstream's own. */
    SERVED,
    /** The one the caller used. */
    REQUESTED
}
