package io.understudy.servlet.dialect;

/** What OpenAI's dialects have in common. */
interface OpenAiDialect extends Dialect {
    @Override
    default byte[] errorBody(ApiError error, String requestId) {
        return OpenAiErrors.body(error);
    }

    @Override
    default String requestIdHeader() {
        return OpenAiErrors.REQUEST_ID;
    }
}
